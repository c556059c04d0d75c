import SondeSDK

extension ScoreRequest {
    /// The rows as token ids, texts and candidates encoded apart.
    /// - Throws: ``HostError`` that names a row which the model cannot score.
    func encodedRows(by model: any Model) throws -> Rows {
        let texts = try model.encode(rows.map(\.text), as: .text)
        let candidates = try model.encode(rows.flatMap(\.candidates), as: .candidate)
        let limit = try model.card.maximumLength ?? .max
        var encoded = Rows()
        var next = 0
        for (index, row) in rows.enumerated() {
            let own = (next..<next + row.candidates.count).map { candidates[$0] }
            next += row.candidates.count
            try check(row, text: texts[index], candidates: own, limit: limit)
            encoded.append(
                text: texts[index], candidates: own, label: row.label, key: UInt64(index),
                line: UInt64(row.line))
        }
        return encoded
    }

    private func check(
        _ row: ScoreRow, text: ArraySlice<Int32>, candidates: [ArraySlice<Int32>], limit: Int
    ) throws {
        let place = "\(file):\(row.line): row '\(row.id)'"
        if text.isEmpty && prompt == nil {
            throw HostError.data(
                "\(place) has an empty text, and a first token has nothing before it; give a text or a --prompt."
            )
        }
        if let empty = candidates.firstIndex(where: \.isEmpty) {
            throw HostError.data("\(place): candidate \(empty) has no tokens.")
        }
        let length = (prompt?.rows ?? 0) + text.count + (candidates.map(\.count).max() ?? 0)
        if length > limit {
            throw HostError.data(
                "\(place) takes \(length) positions, and the model has \(limit); shorten its text.")
        }
    }
}
