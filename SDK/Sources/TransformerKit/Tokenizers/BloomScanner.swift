/// Finds the parts into which BLOOM's expression divides a text.
enum BloomScanner {
    /// The end of the part that begins at a place.
    static func endOfPart(at start: Int, in text: ArraySlice<UInt8>) -> Int {
        if let begin = beginOfWord(at: start, in: text) { return endOfWord(at: begin, in: text) }
        var end = start
        repeat {
            end = text.scalar(at: end)?.end ?? text.endIndex
        } while end < text.endIndex && beginOfWord(at: end, in: text) == nil
        return end
    }

    /// Where the word of a match at a place begins: there, or after one space; nil where nothing matches.
    private static func beginOfWord(at place: Int, in text: ArraySlice<UInt8>) -> Int? {
        guard text[place] == UInt8(ascii: " ") else { return isInWord(at: place, in: text) ? place : nil }
        return isInWord(at: place + 1, in: text) ? place + 1 : nil
    }

    private static func isInWord(at place: Int, in text: ArraySlice<UInt8>) -> Bool {
        text.scalar(at: place).map { isInWord($0.scalar) } ?? false
    }

    private static func endOfWord(at begin: Int, in text: ArraySlice<UInt8>) -> Int {
        var end = begin
        while let next = text.scalar(at: end), isInWord(next.scalar) { end = next.end }
        return end
    }

    private static func isInWord(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9": true
        case "(", ")", "|", ".", ",", "!", "?", "…", "。", "，", "、", "।", "۔", "،": false
        default: !scalar.properties.isWhitespace
        }
    }
}
