/// The characters that stand for bytes in the pieces of a byte-level vocabulary.
///
/// Printable characters of Latin-1 stand for themselves; the other bytes, in order, are the characters from U+0100 on
/// (`bytes_to_unicode` of GPT-2's published encoder), so that a piece never holds a space or a control character.
enum ByteAlphabet {
    /// The character of every byte.
    static let characters: [Unicode.Scalar] = {
        var nextSubstitute: UInt32 = 0x100
        return (UInt8.min...UInt8.max).map { byte in
            if isPrintable(byte) { return Unicode.Scalar(byte) }
            defer { nextSubstitute += 1 }
            return Unicode.Scalar(nextSubstitute) ?? Unicode.Scalar(byte)
        }
    }()

    private static let bytes: [Unicode.Scalar: UInt8] = Dictionary(
        uniqueKeysWithValues: zip(characters, UInt8.min...UInt8.max))

    private static func isPrintable(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x21...0x7E, 0xA1...0xAC, 0xAE...0xFF: true
        default: false
        }
    }

    /// The piece that spells these bytes.
    static func piece(of bytes: some Sequence<UInt8>) -> String {
        var piece = ""
        for byte in bytes { piece.unicodeScalars.append(characters[Int(byte)]) }
        return piece
    }

    /// The bytes that a piece spells; a piece with any other character, such as an added token with a space, stands for
    /// itself.
    static func bytes(of piece: String) -> [UInt8] {
        var spelt: [UInt8] = []
        for character in piece.unicodeScalars {
            guard let byte = bytes[character] else { return Array(piece.utf8) }
            spelt.append(byte)
        }
        return spelt
    }
}
