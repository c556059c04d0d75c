/// Cuts a text as GPT-2's tokenizer does: `'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`.
enum GPT2Scanner {
    private enum Kind {
        case letter, number, space, other
    }

    private static let contractions = ["'s", "'t", "'re", "'ve", "'m", "'ll", "'d"].map { Array($0.utf8) }

    /// The end of a match; something always matches.
    static func endOfPiece(in bytes: Span<UInt8>, from start: Int, to end: Int) -> Int {
        if let contraction = endOfContraction(in: bytes, from: start, to: end) { return contraction }
        let runStart = bytes[start] == UInt8(ascii: " ") && start + 1 < end ? start + 1 : start
        let kind = kind(of: bytes.scalar(at: runStart).scalar)
        if kind != .space { return bytes.endOfRun(from: runStart, to: end) { Self.kind(of: $0) == kind } }
        return endOfSpace(in: bytes, from: start, to: end)
    }

    private static func endOfContraction(in bytes: Span<UInt8>, from start: Int, to end: Int) -> Int? {
        guard bytes[start] == UInt8(ascii: "'") else { return nil }
        let match = contractions.first { word in
            start + word.count <= end && word.indices.allSatisfy { bytes[start + $0] == word[$0] }
        }
        return match.map { start + $0.count }
    }

    /// A run of space leaves its last character to the word after it, unless it is the only one.
    private static func endOfSpace(in bytes: Span<UInt8>, from start: Int, to end: Int) -> Int {
        let runEnd = bytes.endOfRun(from: start, to: end) { Self.kind(of: $0) == .space }
        guard runEnd < end else { return runEnd }
        let last = runEnd - bytes.scalar(before: runEnd).length
        return last > start ? last : runEnd
    }

    private static func kind(of scalar: Unicode.Scalar) -> Kind {
        switch scalar {
        case "a"..."z", "A"..."Z": return .letter
        case "0"..."9": return .number
        default: break
        }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter:
            return .letter
        case .decimalNumber, .letterNumber, .otherNumber: return .number
        default: return scalar.properties.isWhitespace ? .space : .other
        }
    }
}
