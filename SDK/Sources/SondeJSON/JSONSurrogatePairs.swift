/// Writes characters for escaped surrogate pairs, which json-c 0.16 reads wrongly for some characters.
///
/// json-c takes a character beyond U+FFFF for half of a pair where the lower 16 bits look like one (U+2D800 to U+2DFFF,
/// among them ideographs, and the same in other planes) and reads U+FFFD.
enum JSONSurrogatePairs {
    /// The same text without such escapes; its grammar has to be checked.
    static func replaced(in bytes: [UInt8]) -> [UInt8] {
        guard bytes.contains(backslash) else { return bytes }
        var replaced: [UInt8] = []
        replaced.reserveCapacity(bytes.count + 1)
        var position = 0
        while let escape = bytes[position...].firstIndex(of: backslash) {
            replaced += bytes[position..<escape]
            if let character = pair(at: escape, in: bytes) {
                replaced += character.utf8
                position = escape + 12
            } else {
                // Copied with what it escapes: the second of two backslashes begins no escape.
                position = min(escape + 2, bytes.count)
                replaced += bytes[escape..<position]
            }
        }
        replaced += bytes[position...]
        return replaced
    }

    private static let backslash = UInt8(ascii: "\\")

    /// The character of a pair of escapes such as `\ud83d\ude00`.
    private static func pair(at position: Int, in bytes: [UInt8]) -> String? {
        guard position + 12 <= bytes.count,
            let high = codeUnit(of: bytes[position..<(position + 6)]), UTF16.isLeadSurrogate(high),
            let low = codeUnit(of: bytes[(position + 6)..<(position + 12)])
        else { return nil }
        return String(decoding: [high, low], as: UTF16.self)
    }

    private static func codeUnit(of escape: ArraySlice<UInt8>) -> UInt16? {
        guard escape.starts(with: [backslash, UInt8(ascii: "u")]) else { return nil }
        return UInt16(String(decoding: escape.dropFirst(2), as: UTF8.self), radix: 16)
    }
}
