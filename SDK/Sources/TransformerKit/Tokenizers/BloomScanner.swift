/// Cuts a text as BLOOM's tokenizer does.
///
/// Its expression ` ?[^(\s|[.,!?…。，、।۔،])]+` nests a class within a class. Oniguruma, which runs it, reads that as
/// ` ?[^()|\s.,!?…。，、।۔،]+`: the parentheses and the bar are members of the class.
enum BloomScanner {
    /// The end of a match, or of what lies before the next match.
    static func endOfPiece(in bytes: Span<UInt8>, from start: Int, to end: Int) -> Int {
        if let runStart = startOfRun(in: bytes, at: start, to: end) {
            return bytes.endOfRun(from: runStart, to: end, where: isInRun)
        }
        var place = start
        while place < end, startOfRun(in: bytes, at: place, to: end) == nil {
            place += bytes.scalar(at: place).length
        }
        return place
    }

    /// Where the run begins if a match begins here: here, or after a space.
    private static func startOfRun(in bytes: Span<UInt8>, at place: Int, to end: Int) -> Int? {
        let runStart = bytes[place] == UInt8(ascii: " ") ? place + 1 : place
        return runStart < end && isInRun(bytes.scalar(at: runStart).scalar) ? runStart : nil
    }

    private static func isInRun(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "(", ")", "|", ".", ",", "!", "?", " ", "\t"..."\r": false
        case "\u{E}"..."\u{7F}": true
        case "…", "。", "，", "、", "।", "۔", "،": false
        default: !scalar.properties.isWhitespace
        }
    }
}
