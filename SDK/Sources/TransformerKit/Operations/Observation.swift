extension Tape {
    /// Hands copies of some rows of a value to `report`, as `[rows × width]`; the computation goes on unchanged.
    public func observe<Failure: Error>(
        _ rows: [Int], of value: Value, _ report: (Tensor) throws(Failure) -> Void
    ) throws(Failure) {
        let copy = workspace.tensor(rows: rows.count, width: value.width)
        for (row, source) in rows.enumerated() {
            precondition((0..<value.rows).contains(source), "row \(source) outside of the value")
            copy.rowAddress(row).update(from: value.tensor.rowAddress(source), count: value.width)
        }
        try report(copy)
    }
}
