import Foundation

extension ContentDigest {
    /// The digest of a file's content, or of all files in a folder with their names.
    /// - Throws: ``HostError`` that names what is missing or cannot be read.
    init(ofFileOrFolder path: String) throws {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw HostError.data("there is no file or folder \(path)")
        }
        if isFolder.boolValue {
            try self.init(ofFolder: path) { _ in true }
        } else {
            try self.init(ofFile: path)
        }
    }

    /// The digest of those files in a folder and below that are wanted, with their names.
    init(ofFolder path: String, where isWanted: (String) -> Bool) throws {
        let names = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
        var text = ""
        for name in names.sorted() where isWanted(name) {
            var isFolder: ObjCBool = false
            let file = path + "/" + name
            guard FileManager.default.fileExists(atPath: file, isDirectory: &isFolder), !isFolder.boolValue
            else { continue }
            text += "\(name)\n\(try ContentDigest(ofFile: file))\n"
        }
        self.init(of: text)
    }
}
