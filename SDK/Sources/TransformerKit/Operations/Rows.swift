import CKernels

extension Tape {
    /// Rows of an embedding table, one for each id: `[ids × width]`; zeros for a negative id.
    public func embed(_ ids: [Int32], table: Parameter) -> Value {
        let output = workspace.tensor(rows: ids.count, width: table.width)
        for (row, id) in ids.enumerated() {
            guard id >= 0 else {
                output.rowAddress(row).update(repeating: 0, count: table.width)
                continue
            }
            precondition(Int(id) < table.rows, "token \(id) outside of '\(table.name)'")
            table.copyRow(Int(id), to: output.rowAddress(row))
        }
        return value(output, using: [table]) { gradient in
            guard let sum = table.gradient else { return }
            for (row, id) in ids.enumerated() where id >= 0 {
                let target = sum.rowAddress(Int(id))
                kernels.add(table.width, target, gradient.rowAddress(row), target)
            }
        }
    }

    /// The given rows of a value in the given order, each as often as it is named: `[rows × width]`.
    public func select(_ rows: [Int], of input: Value) -> Value {
        let output = workspace.tensor(rows: rows.count, width: input.width)
        for (row, source) in rows.enumerated() {
            precondition((0..<input.rows).contains(source), "row \(source) outside of the value")
            output.rowAddress(row).update(from: input.tensor.rowAddress(source), count: input.width)
        }
        let (inputRows, slot) = (input.rows, input.gradient)
        return value(output, of: input) { [workspace] gradient in
            guard let slot else { return }
            let sum = slot.clearedAccumulator(rows: inputRows, width: gradient.width, in: workspace)
            for (row, source) in rows.enumerated() {
                let target = sum.rowAddress(source)
                kernels.add(gradient.width, target, gradient.rowAddress(row), target)
            }
        }
    }

    /// The rows of `first` followed by those of `second`.
    public func concatenate(_ first: Value, _ second: Value) -> Value {
        precondition(
            first.width == second.width, "rows of \(first.width) and \(second.width) columns in one value")
        let output = workspace.tensor(rows: first.rows + second.rows, width: first.width)
        output.address.update(from: first.tensor.address, count: first.tensor.count)
        output.rowAddress(first.rows).update(from: second.tensor.address, count: second.tensor.count)
        let parts = [(first.gradient, 0, first.rows), (second.gradient, first.rows, second.rows)]
        return value(output, of: first, second) { [workspace] gradient in
            for case (let slot?, let start, let rows) in parts {
                let part = workspace.tensor(rows: rows, width: gradient.width)
                part.address.update(from: gradient.rowAddress(start), count: part.count)
                slot.add(part, in: workspace)
            }
        }
    }
}
