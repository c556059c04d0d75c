import FoundationEssentials
public import SondeSDK

extension Tokenizer {
    /// The tokenizer of a checkpoint's folder: its `tokenizer.json`, or else `vocab.json` with `merges.txt`, or else
    /// `spiece.model`.
    /// - Throws: ``SondeError`` naming the file and the component that is not understood.
    public convenience init(checkpoint directory: String) throws(SondeError) {
        func path(_ name: String) -> String { directory + "/" + name }
        func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }
        do throws(TokenizerError) {
            if !exists("tokenizer.json"), exists("merges.txt") {
                try self.init(vocabulary: path("vocab.json"), merges: path("merges.txt"))
            } else if !exists("tokenizer.json"), exists("spiece.model") {
                try self.init(sentencePiece: path("spiece.model"))
            } else {
                try self.init(file: path("tokenizer.json"))
            }
        } catch {
            throw SondeError(error.isInputOutput ? .inputOutput : .invalidData, "\(error)")
        }
    }
}
