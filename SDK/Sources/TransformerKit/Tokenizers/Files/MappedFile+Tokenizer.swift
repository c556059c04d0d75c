import Safetensors

extension MappedFile {
    /// Hands out the bytes of a file of a tokenizer.
    static func withBytes<Result>(
        ofTokenizer file: String, _ body: (UnsafeRawBufferPointer) throws(TokenizerError) -> Result
    ) throws(TokenizerError) -> Result {
        let mapped: MappedFile
        do {
            mapped = try MappedFile(file)
        } catch {
            guard case .system(let words) = error.reason else {
                throw TokenizerError(file: file, .system("\(error.reason)"))
            }
            throw TokenizerError(file: file, .system(words))
        }
        defer { withExtendedLifetime(mapped) {} }
        return try body(mapped.bytes)
    }
}
