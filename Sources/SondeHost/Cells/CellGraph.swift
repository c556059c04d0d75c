/// The cells of a study with what they need of each other; every cell stands after those that it reads.
struct CellGraph {
    /// A cell, and whether there is anything left to do.
    struct Node: Sendable {
        let cell: Cell
        /// The cell in the store that has its results: its own name, or that of a cell of another build that is accepted.
        let name: String
        var isFinished: Bool
        /// Indices of the cells that it reads.
        let inputs: [Int]
    }

    private(set) var nodes: [Node] = []
    private var indices: [CellSlot: Int] = [:]
    private let naming: CellNaming
    private let store: Store
    /// Finished cells by their content keys; empty unless other builds are accepted.
    private let accepted: [String: String]

    /// No cells yet.
    /// - Parameter acceptsBuilds: whether results of other builds are taken for finished.
    init(naming: CellNaming, store: Store, acceptsBuilds: Bool) throws {
        self.naming = naming
        self.store = store
        accepted =
            acceptsBuilds
            ? Dictionary(
                try store.records().map { ($0.contentKey, $0.name) },
                uniquingKeysWith: { latest, _ in latest })
            : [:]
    }

    /// Adds a cell.
    /// - Parameters:
    ///   - slot: its place, which must be free.
    ///   - inputs: the places of cells that are there already.
    mutating func add(
        _ work: CellWork, title: String, at slot: CellSlot, reading inputs: [(CellInput.Role, CellSlot)] = []
    ) throws {
        precondition(indices[slot] == nil)
        let read = try inputs.map { role, slot in
            guard let index = indices[slot] else {
                throw HostError(.internal, "The cell '\(title)' reads \(role), which there is not.")
            }
            return (role: role, index: index)
        }
        let cell = try naming.cell(
            work, title: title,
            inputs: read.map { role, index in
                (CellInput(role: role, cell: nodes[index].name), nodes[index].cell.record.contentKey)
            })
        let isThere = try store.has(cell)
        let other = isThere ? nil : accepted[cell.record.contentKey]
        indices[slot] = nodes.count
        nodes.append(
            Node(
                cell: cell, name: other ?? cell.name, isFinished: isThere || other != nil,
                inputs: read.map(\.index)))
    }

    /// Where a slot's cell is in ``nodes``.
    func index(of slot: CellSlot) -> Int? { indices[slot] }

    /// A slot's cell.
    subscript(slot: CellSlot) -> Node? { indices[slot].map { nodes[$0] } }

    /// Takes note that a cell is finished.
    mutating func finish(_ index: Int) { nodes[index].isFinished = true }
}
