import SondeSDK

/// A batch of rows as a masked model computes it: each row on its own, its tokens all seeing each other.
struct MaskedBatch {
    /// Who sees whom.
    private(set) var forest = Forest()
    /// What every packed row is.
    private(set) var rows = PackedRows()
    /// The position of every packed row, or -1 where it has no position embedding.
    private(set) var positions: [Int32] = []
    /// Log-probabilities to compute.
    private(set) var predictions: [ScoredToken] = []
    /// For each candidate the index of its token in ``predictions``; empty for one that is not needed.
    private(set) var candidatePredictions: [[Int]]
    /// Where the parts of each row stand.
    private(set) var layouts: [RowLayout] = []

    /// Lays a batch out.
    /// - Parameters:
    ///   - batch: texts, of which each has one mask in the layout `cloze`, and candidates of one token.
    ///   - promptRows: rows of the prompt; 0 without one.
    ///   - mask: the mask's id.
    ///   - begin: the id of the token that a text begins with, if there is one.
    ///   - needs: whether a candidate (by its index in `batch.candidates`, and its row) is to be scored.
    init(
        _ batch: Rows, promptRows: Int, layout: MaskedLayout, mask: Int32, begin: Int32?,
        needs: (_ candidate: Int, _ row: Int) -> Bool
    ) {
        candidatePredictions = Array(repeating: [], count: batch.candidates.count)
        for row in 0..<batch.count {
            let text = Array(batch.texts[row])
            let start = rows.count
            switch layout {
            case .cloze: appendCloze(text, promptRows, mask: mask, begin: begin, row: row)
            case .leadingMask: appendLeadingMask(text, max(promptRows, 1), mask: mask, row: row)
            }
            forest.append(rows: rows.count - start)
            for candidate in batch.candidateRange(of: row) where needs(candidate, row) {
                guard let token = batch.candidates[candidate].first, let answer = rows.answers.last else {
                    continue
                }
                candidatePredictions[candidate] = [predictions.count]
                predictions.append(ScoredToken(row: answer, token: token))
            }
        }
    }

    private mutating func appendCloze(
        _ text: [Int32], _ promptRows: Int, mask: Int32, begin: Int32?, row: Int
    ) {
        let start = rows.count
        let head = text.prefix(text.first == begin ? 1 : 0)
        rows.append(Array(head), .text, owner: row, from: 0)
        rows.append(promptRows: 0..<promptRows, owner: row, from: head.count)
        rows.append(Array(text[head.count...]), .text, owner: row, from: head.count + promptRows)
        let length = text.count + promptRows
        positions += (0..<length).map(Int32.init)
        let place = text.firstIndex(of: mask) ?? head.count
        let answer = place < head.count ? place : place + promptRows
        rows.answers.append(start + answer)
        let prompt = head.count..<head.count + promptRows
        layouts.append(RowLayout(prompt: prompt, text: prompt.upperBound..<length, answer: answer))
    }

    private mutating func appendLeadingMask(_ text: [Int32], _ slots: Int, mask: Int32, row: Int) {
        rows.answers.append(rows.count)
        rows.append([mask], .prompt, owner: row, from: 0)
        rows.append(promptRows: 1..<slots, owner: row, from: 1)
        rows.append(text, .text, owner: row, from: slots)
        positions += Array(repeating: -1, count: slots) + text.indices.map { Int32(slots + $0) }
        layouts.append(RowLayout(prompt: 0..<slots, text: slots..<slots + text.count, answer: 0))
    }
}
