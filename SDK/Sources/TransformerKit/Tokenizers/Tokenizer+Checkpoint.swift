public import SondeSDK

extension Tokenizer {
    /// The tokenizer of a checkpoint's folder.
    /// - Throws: ``SondeError`` naming the file and the component that is not understood.
    public convenience init(checkpoint directory: String) throws(SondeError) {
        do throws(TokenizerError) {
            try self.init(file: directory + "/tokenizer.json")
        } catch {
            throw SondeError(error.isInputOutput ? .inputOutput : .invalidData, "\(error)")
        }
    }
}
