import SondeJSON
import SondeSDK

/// Which files there are and where their labels stand.
struct DatasetOptions {
    static let declarations: [OptionDeclaration] = [
        .optional("train", .path, "File of the split 'train'"),
        .optional("validation", .path, "File of the split 'validation'"),
        .optional("test", .path, "File of the split 'test'"),
        OptionDeclaration("splits", .map(of: .path), default: [:], "Files of further splits by name"),
        OptionDeclaration(
            "label", .string, default: "label", "Field that holds the label; of a nested one 'outer.inner'"),
        .required(
            "labels", .anything,
            "Names of the labels in the order of their indices, or a map from the value in the file to the name"
        ),
    ]

    /// A split's name and the file that it is read from.
    struct SplitFile {
        let name: String
        let path: String
    }

    let files: [SplitFile]
    let labelField: String
    let labels: LabelMap

    /// Reads checked options.
    /// - Throws: ``SondeError`` if no file is given, a split is named twice, or the labels cannot be understood.
    init(_ options: Options) throws {
        var files: [SplitFile] = []
        for name in ["train", "validation", "test"] {
            if let path = options[name]?.stringValue { files.append(SplitFile(name: name, path: path)) }
        }
        for (name, path) in options["splits"]?.objectValue ?? [:] {
            guard !files.contains(where: { $0.name == name }) else {
                throw SondeError.invalidArgument(
                    "The split '\(name)' is named twice, as an option of its own and under 'splits'; keep one."
                )
            }
            files.append(SplitFile(name: name, path: path.stringValue ?? ""))
        }
        guard !files.isEmpty else {
            throw SondeError.invalidArgument(
                "The dataset has no file: give 'train', 'validation', 'test' or others under 'splits'.")
        }
        self.files = files
        labelField = try options.string("label")
        labels = try LabelMap(options["labels"] ?? .null)
    }
}
