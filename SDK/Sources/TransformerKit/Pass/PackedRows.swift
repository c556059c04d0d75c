import SondeSDK

/// What every row of a packed batch is: its token, its part, its position, and the row of the pass that it belongs to.
struct PackedRows {
    /// What a packed row is a part of.
    enum Part: Hashable {
        case prompt
        case text
        case candidate
    }

    /// Stands for the owner of a packed row that all rows of the pass share.
    static let everyRow = UInt32.max

    /// The token of each packed row; -1 for rows of the prompt.
    private(set) var tokens: [Int32] = []
    /// For each packed row its row of the prompt; -1 for tokens.
    private(set) var promptRows: [Int32] = []
    /// What each packed row is a part of.
    private(set) var parts: [Part] = []
    /// The position of each packed row in its sequence.
    private(set) var positions: [UInt32] = []
    /// The row of the pass that each packed row belongs to, or ``everyRow``.
    private(set) var owners: [UInt32] = []
    /// For each row of the pass the packed row whose logits score a candidate's first token.
    var answers: [Int] = []

    /// How many packed rows there are.
    var count: Int { tokens.count }

    /// Adds consecutive tokens.
    /// - Parameter owner: their row of the pass; `nil` where all share them.
    mutating func append(_ ids: [Int32], _ part: Part, owner: Int?, from position: Int) {
        append(ids, promptRows: Array(repeating: -1, count: ids.count), part, owner: owner, from: position)
    }

    /// Adds consecutive rows of the prompt.
    /// - Parameter owner: their row of the pass; `nil` where all share them.
    mutating func append(promptRows rows: Range<Int>, owner: Int?, from position: Int) {
        append(
            Array(repeating: -1, count: rows.count), promptRows: rows.map(Int32.init), .prompt, owner: owner,
            from: position)
    }

    private mutating func append(
        _ ids: [Int32], promptRows: [Int32], _ part: Part, owner: Int?, from position: Int
    ) {
        tokens.append(contentsOf: ids)
        self.promptRows.append(contentsOf: promptRows)
        parts.append(contentsOf: repeatElement(part, count: ids.count))
        positions.append(contentsOf: ids.indices.map { UInt32(position + $0) })
        owners.append(contentsOf: repeatElement(owner.map(UInt32.init) ?? Self.everyRow, count: ids.count))
    }

    /// The packed rows at some positions, ascending.
    func rows(at requested: Positions, withCandidates: Bool) -> [Int] {
        switch requested {
        case .answer: Set(answers).sorted()
        case .prompt: parts.indices.filter { parts[$0] == .prompt }
        case .text: parts.indices.filter { parts[$0] == .text }
        case .all: withCandidates ? Array(parts.indices) : parts.indices.filter { parts[$0] != .candidate }
        }
    }

    /// The key of each packed row's row of the pass, for noise that is shared by all its positions.
    func keys(from rowKeys: [UInt64]) -> [UInt64] {
        owners.map { $0 == Self.everyRow ? .max : rowKeys[Int($0)] }
    }

    /// A key of its own for each packed row, for dropout.
    func positionKeys(from rowKeys: [UInt64]) -> [UInt64] {
        zip(keys(from: rowKeys), positions).map { mixed($0 ^ mixed(UInt64($1))) }
    }

    /// What enters the model: rows of the prompt and embeddings of tokens, in the order of the batch.
    func embeddings(prompt: Value?, table: Parameter, on tape: Tape) -> Value {
        let embedded = tape.embed(tokens.filter { $0 >= 0 }, table: table)
        guard let prompt, promptRows.contains(where: { $0 >= 0 }) else { return embedded }
        let both = tape.concatenate(prompt, embedded)
        var nextToken = prompt.rows
        let order = promptRows.map { row in
            if row >= 0 { return Int(row) }
            defer { nextToken += 1 }
            return nextToken
        }
        return order == Array(0..<both.rows) ? both : tape.select(order, of: both)
    }
}
