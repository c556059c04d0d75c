public import SondeSDK

extension Rows {
    /// Some rows, in the order of `indices`.
    public func subset(_ indices: some Sequence<Int>) -> Rows {
        var rows = Rows()
        for index in indices { rows.append(index, of: self) }
        return rows
    }

    /// Tokens of a row's text and candidates.
    public func tokenCount(of row: Int) -> Int {
        candidateRange(of: row).reduce(texts.count(of: row)) { $0 + candidates.count(of: $1) }
    }

    /// How many tokens a model may say to answer: those of the longest candidate, and one that shows whether it goes on.
    var answerLimit: Int { 1 + ((0..<candidates.count).map(candidates.count(of:)).max() ?? 0) }

    /// Tokens of all rows.
    public var tokenCount: Int { texts.values.count + candidates.values.count }

    /// Consecutive ranges that cover all rows, each of at most `tokensPerPass` tokens, or of one longer row.
    func batches(tokensPerPass: Int) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        var first = 0
        var tokens = 0
        for row in 0..<count {
            let length = tokenCount(of: row)
            if row > first, tokens + length > tokensPerPass {
                ranges.append(first..<row)
                (first, tokens) = (row, 0)
            }
            tokens += length
        }
        if first < count { ranges.append(first..<count) }
        return ranges
    }
}
