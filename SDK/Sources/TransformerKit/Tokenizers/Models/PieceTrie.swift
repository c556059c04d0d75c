/// Pieces of text in a tree of their bytes, to find all with which a text begins.
struct PieceTrie {
    /// The node that a byte leads to from another; the root is node 0.
    private var children = PairTable<Int32>(filler: 0)
    /// The id of the piece that ends at every node, or -1.
    private var ids: [Int32] = [-1]

    /// Adds a piece; of equal ones the last counts.
    mutating func insert(_ piece: [UInt8], id: Int32) {
        guard !piece.isEmpty else { return }
        var node: Int32 = 0
        for byte in piece {
            if let child = children[node, Int32(byte)] {
                node = child
            } else {
                children.set(node, Int32(byte), to: Int32(ids.count))
                node = Int32(ids.count)
                ids.append(-1)
            }
        }
        ids[Int(node)] = id
    }

    /// Hands out the pieces that stand at a place of a text, the shortest first, each with its end.
    func forEachPiece(at start: Int, in text: ArraySlice<UInt8>, _ body: (Int32, Int) -> Void) {
        var node: Int32 = 0
        var place = start
        while place < text.endIndex, let child = children[node, Int32(text[place])] {
            node = child
            place += 1
            if ids[Int(node)] >= 0 { body(ids[Int(node)], place) }
        }
    }
}
