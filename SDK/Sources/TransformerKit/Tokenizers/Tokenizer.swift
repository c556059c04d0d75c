import Synchronization

/// A byte-level byte-pair tokenizer, read from the `tokenizer.json` of a checkpoint.
///
///     let tokenizer = try Tokenizer(directory: "models/bloom-mini")
///     let ids = tokenizer.encode("The film was good.")
///     tokenizer.decode(ids)                                  // The film was good.
///
/// It gives the ids that Hugging Face's `tokenizers` gives, to the last one. Truncation and padding that a file asks for
/// are left to the caller. May be used from several threads; they take turns.
public final class Tokenizer: Sendable {
    private let vocabulary: Vocabulary
    private let tokens: [AddedToken]
    private let exactFinder: AddedTokenFinder
    private let normalizedFinder: AddedTokenFinder
    private let preTokenizer: PreTokenizer
    private let template: TokenTemplate
    private let specialIds: Set<Int32>
    private let encoder: Mutex<BytePairEncoder>

    /// Reads `tokenizer.json` in a folder.
    /// - Throws: ``SondeError`` that names the file, the field and, for a tokenizer of another kind, the component.
    public convenience init(directory: String) throws { try self.init(file: directory + "/tokenizer.json") }

    /// Reads a tokenizer file.
    /// - Throws: ``SondeError`` that names the file, the field and, for a tokenizer of another kind, the component.
    public init(file: String) throws {
        let description = try TokenizerFile(file)
        tokens = description.addedTokens
        vocabulary = description.vocabulary
        preTokenizer = description.preTokenizer
        template = description.template
        exactFinder = AddedTokenFinder(tokens.filter { !$0.isNormalized })
        normalizedFinder = AddedTokenFinder(tokens.filter(\.isNormalized))
        specialIds = Set(tokens.filter(\.isSpecial).map(\.id))
        encoder = Mutex(
            BytePairEncoder(
                vocabulary: description.vocabulary, merges: description.merges, unknown: description.unknown,
                ignoresMerges: description.ignoresMerges))
    }

    /// One more than the largest id; some ids below it may have no token.
    public var tokenCount: Int { vocabulary.idLimit }

    /// The special tokens and their ids.
    public var specialTokens: [String: Int32] {
        Dictionary(tokens.filter(\.isSpecial).map { ($0.content, $0.id) }) { first, _ in first }
    }

    /// The ids of a text.
    ///
    /// - Parameter addingSpecialTokens: whether the tokens that the file's template puts around a text are added;
    ///   special tokens that stand in the text are recognised either way.
    public func encode(_ text: String, addingSpecialTokens: Bool = false) -> [Int32] {
        let bytes = Array(text.utf8)
        var ids = addingSpecialTokens ? template.before : []
        encoder.withLock { encoder in
            for stretch in stretches(of: bytes.span) {
                if let id = stretch.id {
                    ids.append(id)
                } else {
                    encode(bytes.span.extracting(stretch.range), with: &encoder, into: &ids)
                }
            }
        }
        return addingSpecialTokens ? ids + template.after : ids
    }

    private func encode(_ text: Span<UInt8>, with encoder: inout BytePairEncoder, into ids: inout [Int32]) {
        let words = preTokenizer.words(of: text)
        var start = 0
        for end in words.ends {
            encoder.encode(words.bytes.span.extracting(start..<end), into: &ids)
            start = end
        }
    }

    /// Added tokens and what is between them: first those that are looked for in the text as it is, then the others.
    private func stretches(of text: Span<UInt8>) -> [AddedTokenFinder.Stretch] {
        var exact: [AddedTokenFinder.Stretch] = []
        exactFinder.appendStretches(of: text.indices, in: text, to: &exact)
        var stretches: [AddedTokenFinder.Stretch] = []
        for stretch in exact {
            if stretch.id == nil {
                normalizedFinder.appendStretches(of: stretch.range, in: text, to: &stretches)
            } else {
                stretches.append(stretch)
            }
        }
        return stretches
    }

    /// The text of ids; bytes that are no UTF-8 become U+FFFD, and ids without a token nothing.
    ///
    /// - Parameter skippingSpecialTokens: whether special tokens are left out.
    public func decode(_ ids: [Int32], skippingSpecialTokens: Bool = false) -> String {
        var bytes: [UInt8] = []
        for id in ids where !(skippingSpecialTokens && specialIds.contains(id)) {
            if let piece = vocabulary.piece(of: id) {
                bytes.append(contentsOf: ByteAlphabet.bytes(of: piece))
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The entry of an id as the vocabulary writes it, such as `Ġgood`, or nil for an id that has none.
    public func piece(of id: Int32) -> String? {
        vocabulary.piece(of: id).map { String(decoding: $0, as: UTF8.self) }
    }

    /// One token as text, such as ` good`, or nil for an id that has none; parts of a character become U+FFFD.
    public func text(ofToken id: Int32) -> String? { vocabulary.piece(of: id) == nil ? nil : decode([id]) }

    /// The id of an entry as the vocabulary writes it, or nil if there is none.
    public func id(ofPiece piece: String) -> Int32? {
        let bytes = Array(piece.utf8)
        return vocabulary.id(of: bytes.span)
    }
}

/// The special tokens that are put around a text.
struct TokenTemplate {
    var before: [Int32] = []
    var after: [Int32] = []
}
