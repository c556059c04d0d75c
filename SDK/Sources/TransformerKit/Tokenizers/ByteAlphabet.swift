/// The characters that stand for bytes in a byte-level vocabulary.
///
/// Printable bytes of Latin-1 stand for themselves; the other 68 are given the characters from U+0100 on, in order
/// (Radford et al., "Language Models are Unsupervised Multitask Learners", 2019, `bytes_to_unicode` of their code).
enum ByteAlphabet {
    /// The character of each byte.
    static let characters: [Unicode.Scalar] = {
        var next: UInt32 = 0x100
        return (UInt8.min...UInt8.max).map { byte in
            switch byte {
            case 0x21...0x7E, 0xA1...0xAC, 0xAE...0xFF: return Unicode.Scalar(byte)
            default:
                defer { next += 1 }
                return Unicode.Scalar(next) ?? Unicode.Scalar(byte)
            }
        }
    }()

    /// The byte of each character, by its value.
    private static let bytes: [UInt8?] = {
        var bytes = [UInt8?](repeating: nil, count: 0x100 + 68)
        for (byte, character) in characters.enumerated() { bytes[Int(character.value)] = UInt8(byte) }
        return bytes
    }()

    /// The bytes that a vocabulary entry stands for; an entry with any other character stands for its own UTF-8.
    static func bytes(of piece: ArraySlice<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        for character in String(decoding: piece, as: UTF8.self).unicodeScalars {
            guard Int(character.value) < bytes.count, let byte = bytes[Int(character.value)] else {
                return Array(piece)
            }
            result.append(byte)
        }
        return result
    }

    /// The entry, in UTF-8, that stands for these bytes.
    static func piece(of bytes: Span<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        for index in bytes.indices {
            result.append(contentsOf: UTF8.encode(characters[Int(bytes[index])]) ?? .init())
        }
        return result
    }
}
