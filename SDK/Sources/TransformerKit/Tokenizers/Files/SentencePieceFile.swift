import Safetensors

/// What a model file of SentencePiece holds, as far as a unigram tokenizer needs it.
///
/// The numbers of fields are those of `sentencepiece_model.proto`, https://github.com/google/sentencepiece.
struct SentencePieceFile {
    /// The pieces with the logarithms of their probabilities, by id.
    private(set) var pieces: [(text: [UInt8], score: Double)] = []
    /// The id of what is no piece.
    private(set) var unknown: Int32 = 0
    /// What is put for characters before anything else.
    private(set) var characterMap: CharacterMap?

    private let file: String

    /// Reads a file.
    init(_ file: String) throws(TokenizerError) {
        self.file = file
        let bytes = try MappedFile.withBytes(ofTokenizer: file) { Array($0) }
        for field in try fields(of: bytes[...]) {
            switch (field.number, field.value) {
            case (1, .bytes(let piece)): try readPiece(piece)
            case (2, .bytes(let training)): try readTraining(training)
            case (3, .bytes(let normaliser)): try readNormaliser(normaliser)
            default: break
            }
        }
        guard pieces.indices.contains(Int(unknown)) else { throw malformed }
    }

    private var malformed: TokenizerError {
        TokenizerError(file: file, .inconsistent("is no model of SentencePiece, or not all of it"))
    }

    private func fields(of bytes: ArraySlice<UInt8>) throws(TokenizerError) -> [(
        number: Int, value: ProtobufMessage.Value
    )] {
        do {
            return try ProtobufMessage(bytes).fields()
        } catch {
            throw malformed
        }
    }

    private mutating func readPiece(_ bytes: ArraySlice<UInt8>) throws(TokenizerError) {
        var piece: (text: [UInt8], score: Double) = ([], 0)
        for field in try fields(of: bytes) {
            switch (field.number, field.value) {
            case (1, .bytes(let text)): piece.text = Array(text)
            case (2, .fixed32(let bits)): piece.score = Double(Float(bitPattern: bits))
            case (3, .integer(4)): throw unsupported("pieces[\(pieces.count)].type", "USER_DEFINED", "NORMAL")
            case (3, .integer(6)): throw unsupported("pieces[\(pieces.count)].type", "BYTE", "NORMAL")
            default: break
            }
        }
        pieces.append(piece)
    }

    private mutating func readTraining(_ bytes: ArraySlice<UInt8>) throws(TokenizerError) {
        for field in try fields(of: bytes) {
            switch (field.number, field.value) {
            case (3, .integer(let type)) where type != 1:
                let names: [UInt64: String] = [2: "BPE", 3: "WORD", 4: "CHAR"]
                throw unsupported("trainer_spec.model_type", names[type] ?? "\(type)", "UNIGRAM")
            case (24, .integer(1)):
                throw unsupported("trainer_spec.treat_whitespace_as_suffix", "true", "false")
            case (35, .integer(1)): throw unsupported("trainer_spec.byte_fallback", "true", "false")
            case (40, .integer(let id)): unknown = Int32(clamping: id)
            default: break
            }
        }
    }

    private mutating func readNormaliser(_ bytes: ArraySlice<UInt8>) throws(TokenizerError) {
        let names = [3: "add_dummy_prefix", 4: "remove_extra_whitespaces", 5: "escape_whitespaces"]
        for field in try fields(of: bytes) {
            switch (field.number, field.value) {
            case (2, .bytes(let map)) where !map.isEmpty:
                characterMap = CharacterMap(map)
                if characterMap == nil { throw malformed }
            case (let number, .integer(0)):
                if let name = names[number] { throw unsupported("normalizer_spec.\(name)", "false", "true") }
            default: break
            }
        }
    }

    private func unsupported(_ field: String, _ what: String, _ supported: String) -> TokenizerError {
        TokenizerError(file: file, field: field, .unsupported(what, supported: supported))
    }
}
