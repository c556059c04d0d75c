/// Writes a character for spaces and divides before it, as SentencePiece does.
struct Metaspace {
    /// Where the character is put in front.
    private enum PrependScheme: String, CaseIterable {
        case always, never
        /// Before the part that begins with the first character of the whole text.
        case first
    }

    /// What stands for a space.
    let mark: Unicode.Scalar
    private let scheme: PrependScheme
    private let isSplitting: Bool
    private let splitter: Splitter

    private static let space = Pattern(" ")

    /// Writes a mark for spaces and before every text, and divides before each.
    init(mark: Unicode.Scalar) {
        self.mark = mark
        scheme = .always
        isSplitting = true
        splitter = .before(mark)
    }

    /// Reads a component `Metaspace`, of a pre-tokenizer or a decoder.
    init(_ field: TokenizerField) throws(TokenizerError) {
        let replacement = try field.required("replacement")
        guard let mark = try replacement.string.unicodeScalars.first,
            try replacement.string.unicodeScalars.count == 1
        else { throw replacement.unsupported("one character") }
        self.mark = mark
        scheme = try Self.scheme(of: field)
        isSplitting = try field.boolean("split", absent: true)
        splitter = .before(mark)
    }

    private static func scheme(of field: TokenizerField) throws(TokenizerError) -> PrependScheme {
        // Files from before the schemes say with a boolean whether there is a prefix.
        let hasPrefix = try field.boolean("add_prefix_space", absent: true)
        guard let name = try field.optional("prepend_scheme") else { return hasPrefix ? .always : .never }
        guard let scheme = PrependScheme(rawValue: try name.string) else {
            throw name.unsupported(PrependScheme.allCases.map(\.rawValue).joined(separator: ", "))
        }
        guard hasPrefix || scheme == .never else {
            throw field.failure(.inconsistent("has no prefix space and the scheme \(scheme.rawValue)"))
        }
        return scheme
    }

    /// Whether the first token of a text begins with a mark that stands for no space of the text.
    var addsMark: Bool { scheme != .never }

    /// The parts of a text.
    func parts(of text: TextPart) -> [TextPart] {
        let marked = withPrefix(text.replacing(Self.space, by: String(mark)))
        return isSplitting ? splitter.parts(of: marked) : [marked]
    }

    private func withPrefix(_ text: TextPart) -> TextPart {
        if text.bytes.scalar(at: text.bytes.startIndex)?.scalar == mark { return text }
        return switch scheme {
        case .always: text.prefixed(with: String(mark))
        case .first: text.isHead ? text.prefixed(with: String(mark)) : text
        case .never: text
        }
    }
}
