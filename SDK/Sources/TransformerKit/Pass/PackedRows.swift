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
        tokens.append(contentsOf: ids)
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
}
