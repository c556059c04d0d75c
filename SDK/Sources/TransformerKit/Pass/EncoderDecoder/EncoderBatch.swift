import SondeSDK

/// The encoder's side of a batch: each row on its own, the prompt before the text, all tokens seeing each other.
struct EncoderBatch {
    /// Who sees whom.
    private(set) var forest = Forest()
    /// What every packed row is.
    private(set) var rows = PackedRows()
    /// The packed rows of each row of the pass.
    private(set) var ranges: [Range<Int>] = []
    /// Where the parts of each row stand; the answer is the decoder's first position.
    private(set) var layouts: [RowLayout] = []

    /// Lays the texts of a batch out.
    /// - Parameter promptRows: rows of the prompt; 0 without one.
    init(_ batch: Rows, promptRows: Int) {
        for row in 0..<batch.count {
            let start = rows.count
            let text = Array(batch.texts[row])
            rows.append(promptRows: 0..<promptRows, owner: row, from: 0)
            rows.append(text, .text, owner: row, from: promptRows)
            forest.append(rows: promptRows + text.count)
            ranges.append(start..<rows.count)
            layouts.append(
                RowLayout(prompt: 0..<promptRows, text: promptRows..<promptRows + text.count, answer: 0))
        }
    }

    /// What the rows of a decoder see of the encoder: those of a row of the pass all of its text.
    /// - Parameters:
    ///   - decoder: the decoder's packed rows; those of a row of the pass are consecutive.
    ///   - memories: one for each row of the pass, gets the keys and values of its text.
    func crossForest(to decoder: PackedRows, savingTo memories: [KeyValueCache]? = nil) -> Forest {
        var counts = [Int](repeating: 0, count: ranges.count)
        for owner in decoder.owners { counts[Int(owner)] += 1 }
        var forest = Forest()
        for (row, range) in ranges.enumerated() {
            let text = forest.append(keys: range, savingTo: memories?[row])
            forest.append(onlySeeing: counts[row], under: text)
        }
        return forest
    }
}
