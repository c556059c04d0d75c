/// Turns text into tokens and back, as the `tokenizers` library does with the same files.
///
/// A text goes through the components in the order of the folders beside this file: added tokens are found, the rest is
/// normalised, divided by the pre-tokenizer, and cut into pieces by the model; the post-processor puts special tokens
/// around it, and a decoder leads back. A file with a component that is not here is refused by its name. A text is taken
/// whole: settings of a file for truncation and padding do not apply.
///
///     let tokenizer = try Tokenizer(file: "bloom/tokenizer.json")
///     let ids = tokenizer.encode(" good", addingSpecialTokens: false)
///     tokenizer.decode(ids)                 // " good"
public final class Tokenizer: Sendable {
    /// What a tokenizer is made of.
    struct Components {
        var added: AddedVocabulary
        var normaliser: Normaliser?
        var preTokenizer: PreTokenizer
        var model: TokenModel
        var template: SpecialTokenTemplate
        /// Without one, tokens are joined by spaces.
        var decoder: TokenDecoder?
    }

    private let components: Components
    /// Finds added tokens in the text as it is.
    private let rawSearch: AddedTokenSearch
    /// Finds added tokens in normalised text.
    private let normalisedSearch: AddedTokenSearch

    init(_ components: Components) {
        self.components = components
        rawSearch = AddedTokenSearch(components.added.tokens.filter { !$0.isNormalised })
        normalisedSearch = AddedTokenSearch(
            components.added.tokens.filter(\.isNormalised), normaliser: components.normaliser)
    }

    /// The largest id and one more; not every id below need be a token's.
    public var tokenCount: Int { max(components.model.vocabulary.endOfIDs, components.added.endOfIDs) }

    /// The ids of special tokens, in ascending order.
    public var specialTokens: [Int32] { components.added.special.sorted() }

    /// The tokens of a text.
    ///
    /// Added tokens that stand in the text, special ones too, become one token each.
    ///
    /// - Parameter addingSpecialTokens: Whether the tokens that the file puts around a text are put around it; BLOOM's
    ///   file has none.
    public func encode(_ text: String, addingSpecialTokens: Bool) -> [Int32] {
        var ids = addingSpecialTokens ? components.template.before : []
        var merger = BytePairMerger()
        let whole = TextPart(wholeText: text)
        for segment in rawSearch.segments(of: whole) {
            switch segment {
            case .token(let id): ids.append(id)
            case .text(let part): encode(part, with: &merger, into: &ids)
            }
        }
        return addingSpecialTokens ? ids + components.template.after : ids
    }

    private func encode(_ part: TextPart, with merger: inout BytePairMerger, into ids: inout [Int32]) {
        let normalised = components.normaliser?.normalised(part) ?? part
        for segment in normalisedSearch.segments(of: normalised) {
            switch segment {
            case .token(let id): ids.append(id)
            case .text(let part):
                components.model.encode(components.preTokenizer.parts(of: part), with: &merger, into: &ids)
            }
        }
    }

    /// The text of tokens; bytes that are no UTF-8 become U+FFFD, and ids that the tokenizer lacks become nothing.
    ///
    /// - Parameter skippingSpecialTokens: Whether special tokens leave no trace in the text.
    public func decode(_ ids: [Int32], skippingSpecialTokens: Bool = true) -> String {
        let pieces = ids.compactMap { id in
            skippingSpecialTokens && components.added.special.contains(id) ? nil : piece(of: id)
        }
        guard let decoder = components.decoder else { return pieces.joined(separator: " ") }
        return decoder.texts(of: pieces, isBeginning: true).joined()
    }

    /// The text of one token as it stands within a text, or nil for an id that the tokenizer lacks.
    ///
    /// A token that holds only a part of a character's bytes shows U+FFFD for it, and one with the character of value
    /// zero, which C strings and JSON cannot hold everywhere, shows `␀`.
    public func text(ofToken id: Int32) -> String? {
        guard let piece = piece(of: id) else { return nil }
        let text = components.decoder?.texts(of: [piece], isBeginning: false).joined() ?? piece
        return String(String.UnicodeScalarView(text.unicodeScalars.map { $0 == "\0" ? "␀" : $0 }))
    }

    /// The entry of the vocabulary, in which characters may stand for bytes (`Ġ`) or spaces (`▁`), or nil for an id that
    /// the tokenizer lacks.
    public func piece(of id: Int32) -> String? {
        components.added.content(of: id) ?? components.model.vocabulary.piece(of: id)
    }

    /// The id of an entry of the vocabulary or of an added token, or nil if there is none.
    public func id(of piece: String) -> Int32? {
        components.model.vocabulary.id(of: piece) ?? components.added.id(of: piece)
    }
}
