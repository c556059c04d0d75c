import SondeSDK

/// A split's name and the file that it is read from.
public struct SplitFile: Sendable {
    /// `train`, `validation`, `test` or another.
    public let name: String
    /// The file.
    public let path: String

    /// A split in a file.
    public init(name: String, path: String) {
        self.name = name
        self.path = path
    }
}

/// Finds the files of a dataset in the folder that users have.
public struct SplitFiles: Sendable {
    /// A split and the names that its file may have, the first that is there counts.
    public struct Candidates: Sendable {
        let split: String
        let names: [String]

        /// A split whose file has one of these names.
        public init(_ split: String, _ names: [String]) {
            self.split = split
            self.names = names
        }
    }

    private let candidates: [Candidates]
    private let usualFolder: String

    /// - Parameters:
    ///   - candidates: in the order of the splits.
    ///   - usualFolder: what the folder is called where the dataset is downloaded, for messages.
    public init(_ candidates: [Candidates], usualFolder: String) {
        self.candidates = candidates
        self.usualFolder = usualFolder
    }

    /// The splits that there are; a dataset may have only some.
    /// - Throws: ``SondeError`` if there is none, with what to do.
    public func found(in folder: String) throws -> [SplitFile] {
        guard SourceFile.isFolder(folder) else {
            throw SondeError.notFound("\(folder) is no folder; give the one that holds \(listed).")
        }
        let files = candidates.compactMap { candidate in
            candidate.names.map { folder + "/" + $0 }.first(where: SourceFile.exists).map {
                SplitFile(name: candidate.split, path: $0)
            }
        }
        if files.isEmpty { throw nothing(in: folder) }
        return files
    }

    private func nothing(in folder: String) -> SondeError {
        let names = SourceFile.names(in: folder)
        if let parquet = names.first(where: ParquetFile.isName) {
            return ParquetFile.refusal(of: folder + "/" + parquet)
        }
        if names.contains(usualFolder) {
            return .notFound("\(folder) holds none of \(listed); give \(folder)/\(usualFolder).")
        }
        return .notFound("\(folder) holds none of \(listed).")
    }

    private var listed: String { candidates.flatMap(\.names).joined(separator: ", ") }
}
