import Foundation

/// How many bytes files have.
enum FileSize {
    /// One file; 0 if there is none, and for folders.
    static func bytes(ofFile path: String) -> Int {
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: path),
            attributes[.type] as? FileAttributeType == .typeRegular
        else { return 0 }
        return (attributes[.size] as? NSNumber)?.intValue ?? 0
    }

    /// All files in a folder and below.
    static func bytes(inFolder path: String) -> Int {
        let names = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
        return names.reduce(0) { $0 + bytes(ofFile: path + "/" + $1) }
    }
}
