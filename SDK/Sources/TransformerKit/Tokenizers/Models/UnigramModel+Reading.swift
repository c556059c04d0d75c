import SondeJSON

extension UnigramModel {
    /// Reads the component `model`.
    init(_ field: TokenizerField) throws(TokenizerError) {
        if try field.boolean("byte_fallback", absent: false) {
            throw try field.required("byte_fallback").unsupported("false")
        }
        let pieces = try Self.pieces(field.required("vocab"))
        let unknown = try field.required("unk_id")
        guard try pieces.indices.contains(Int(unknown.id)) else {
            throw unknown.failure(.inconsistent("is \(try unknown.id), which 'model.vocab' lacks"))
        }
        self.init(pieces, unknown: try unknown.id)
    }

    private static func pieces(_ field: TokenizerField) throws(TokenizerError) -> [(
        text: [UInt8], score: Double
    )] {
        var pieces: [(text: [UInt8], score: Double)] = []
        try field.forEachElement { index, entry throws(TokenizerError) in
            guard entry.count == 2, let score = entry.element(1).doubleValue,
                let text = entry.element(0).withUTF8({ text in text.withUnsafeBufferPointer { Array($0) } })
            else { throw field.wrongKind(at: index, entry.value, "a piece and its score") }
            pieces.append((text, score))
        }
        return pieces
    }
}
