extension Tokenizer {
    /// Reads a `tokenizer.json`.
    ///
    /// - Throws: ``TokenizerError`` that names the file and the field.
    public convenience init(file: String) throws(TokenizerError) {
        let root = try TokenizerField(file: file)
        let preTokenizer = try root.optional("pre_tokenizer").map(PreTokenizer.init) ?? PreTokenizer.none
        let model = try TokenModel(root.required("model"), takesBytes: preTokenizer.leavesBytes)
        self.init(
            Components(
                added: try AddedVocabulary(root.optional("added_tokens"), addedTo: model.vocabulary),
                normaliser: try root.optional("normalizer").map(Normaliser.init), preTokenizer: preTokenizer,
                model: model,
                template: try root.optional("post_processor").map(SpecialTokenTemplate.init)
                    ?? SpecialTokenTemplate.none,
                decoder: try root.optional("decoder").map(TokenDecoder.init)))
    }
}
