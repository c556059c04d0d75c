/// Finds the parts into which GPT-2's expression divides a text; every character is in a match.
enum GPT2Scanner {
    private static let contractions = ["'s", "'t", "'re", "'ve", "'m", "'ll", "'d"].map { Array($0.utf8) }

    /// The end of the part that begins at a place.
    static func endOfPart(at start: Int, in text: ArraySlice<UInt8>) -> Int {
        let rest = text[start...]
        if rest.first == UInt8(ascii: "'"), let found = contractions.first(where: rest.starts) {
            return start + found.count
        }
        let begin = rest.first == UInt8(ascii: " ") ? start + 1 : start
        if let kind = text.scalar(at: begin).map({ ScalarKind($0.scalar) }), kind != .space {
            return endOfRun(of: kind, at: begin, in: text)
        }
        let end = endOfRun(of: .space, at: start, in: text)
        // `\s+(?!\S)` leaves the last of several spaces to what follows them.
        guard end < text.endIndex, let last = text.placeOfScalar(before: end), last > start else {
            return end
        }
        return last
    }

    private static func endOfRun(of kind: ScalarKind, at begin: Int, in text: ArraySlice<UInt8>) -> Int {
        var end = begin
        while let next = text.scalar(at: end), ScalarKind(next.scalar) == kind { end = next.end }
        return end
    }
}
