import SondeJSON

/// Turns text into tokens and back, as the `tokenizers` library does with the same `tokenizer.json`.
///
/// Byte-level byte-pair encoding with the components that BLOOM and GPT-2 use; a file with any other component is
/// refused by its name. A text is taken whole: settings of a file for truncation and padding do not apply.
///
///     let tokenizer = try Tokenizer(file: "bloom/tokenizer.json")
///     let ids = tokenizer.encode(" good", addingSpecialTokens: false)
///     tokenizer.decode(ids)                 // " good"
public final class Tokenizer: Sendable {
    private let added: AddedVocabulary
    /// The searches for added tokens, in their order: first those in the text as it is, then those in normalised text.
    private let searches: [AddedTokenSearch]
    private let preTokenizer: PreTokenizer
    private let model: BytePairModel
    private let template: SpecialTokenTemplate

    /// Reads a `tokenizer.json`.
    ///
    /// - Throws: ``TokenizerError`` that names the file and the field.
    public init(file: String) throws(TokenizerError) {
        let root = try TokenizerField(file: file)
        if let normaliser = try root.optional("normalizer") {
            throw try normaliser.unsupportedType("null")
        }
        let decoder = try root.required("decoder")
        guard try decoder.type == "ByteLevel" else {
            throw try decoder.unsupportedType("ByteLevel")
        }
        model = try BytePairModel(root.required("model"))
        preTokenizer = try PreTokenizer(root.required("pre_tokenizer"))
        template = try root.optional("post_processor").map(SpecialTokenTemplate.init) ?? .none
        let added = try AddedVocabulary(root.optional("added_tokens"), addedTo: model.vocabulary)
        self.added = added
        searches = [false, true].map { isNormalised in
            AddedTokenSearch(added.tokens.filter { $0.isNormalised == isNormalised })
        }
    }

    /// The largest id and one more; not every id below need be a token's.
    public var tokenCount: Int { max(model.vocabulary.endOfIDs, added.endOfIDs) }

    /// The ids of special tokens, in ascending order.
    public var specialTokens: [Int32] { added.special.sorted() }

    /// The tokens of a text.
    ///
    /// Added tokens that stand in the text, special ones too, become one token each.
    ///
    /// - Parameter addingSpecialTokens: Whether the tokens that the file puts around a text are put around it; BLOOM's
    ///   file has none.
    public func encode(_ text: String, addingSpecialTokens: Bool) -> [Int32] {
        var segments = [TextSegment.text(ArraySlice(text.utf8))]
        for search in searches {
            segments = segments.flatMap { segment in
                guard case .text(let text) = segment else { return [segment] }
                return search.segments(of: text)
            }
        }
        var ids = addingSpecialTokens ? template.before : []
        var merger = BytePairMerger()
        for segment in segments {
            switch segment {
            case .token(let id): ids.append(id)
            case .text(let text):
                for part in preTokenizer.parts(of: text) { model.encode(part, with: &merger, into: &ids) }
            }
        }
        return addingSpecialTokens ? ids + template.after : ids
    }

    /// The text of tokens; bytes that are no UTF-8 become U+FFFD, and ids that the tokenizer lacks become nothing.
    ///
    /// - Parameter skippingSpecialTokens: Whether special tokens leave no trace in the text.
    public func decode(_ ids: [Int32], skippingSpecialTokens: Bool = true) -> String {
        var bytes: [UInt8] = []
        for id in ids where !(skippingSpecialTokens && added.special.contains(id)) {
            if let piece = piece(of: id) { bytes += ByteAlphabet.bytes(of: piece) }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The text of one token alone, or nil for an id that the tokenizer lacks.
    ///
    /// A token that holds only a part of a character's bytes shows U+FFFD for it, and one with the character of value
    /// zero, which C strings and JSON cannot hold everywhere, shows `␀`.
    public func text(ofToken id: Int32) -> String? {
        guard let piece = piece(of: id) else { return nil }
        let bytes = ByteAlphabet.bytes(of: piece).flatMap { $0 == 0 ? Array("␀".utf8) : [$0] }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The entry of the vocabulary, in which characters may stand for bytes (`Ġ` for a space), or nil for an id that
    /// the tokenizer lacks.
    public func piece(of id: Int32) -> String? { added.content(of: id) ?? model.vocabulary.piece(of: id) }

    /// The id of an entry of the vocabulary or of an added token, or nil if there is none.
    public func id(of piece: String) -> Int32? { model.vocabulary.id(of: piece) ?? added.id(of: piece) }
}
