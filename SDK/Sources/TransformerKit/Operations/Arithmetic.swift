import CKernels

extension Tape {
    /// The sum of two values of the same shape.
    public func add(_ a: Value, _ b: Value) -> Value {
        requireSameShape(a, b)
        let output = workspace.tensor(rows: a.rows, width: a.width)
        workspace.forEachPiece(count: output.count) { offset, length in
            kernels.add(length, a.tensor.address + offset, b.tensor.address + offset, output.address + offset)
        }
        let (first, second) = (a.gradient, b.gradient)
        return value(output, of: a, b) { [workspace] gradient in
            if let first, let second {
                let copy = workspace.tensor(rows: gradient.rows, width: gradient.width)
                copy.copy(from: gradient)
                first.add(copy, in: workspace)
                second.add(gradient, in: workspace)
            } else {
                (first ?? second)?.add(gradient, in: workspace)
            }
        }
    }

    /// The entrywise product of two values of the same shape, as in gated layers.
    public func multiply(_ a: Value, _ b: Value) -> Value {
        requireSameShape(a, b)
        let output = workspace.tensor(rows: a.rows, width: a.width)
        workspace.forEachPiece(count: output.count) { offset, length in
            kernels.multiply(
                length, a.tensor.address + offset, b.tensor.address + offset, output.address + offset)
        }
        let factors = [(a.gradient, b.tensor), (b.gradient, a.tensor)]
        return value(output, of: a, b) { [workspace] gradient in
            for case (let slot?, let other) in factors {
                let sum = slot.clearedAccumulator(rows: gradient.rows, width: gradient.width, in: workspace)
                workspace.forEachPiece(count: gradient.count) { offset, length in
                    kernels.multiply_add(
                        length, gradient.address + offset, other.address + offset, sum.address + offset)
                }
            }
        }
    }

    /// Every entry times `factor`.
    public func scale(_ input: Value, by factor: Float) -> Value {
        let output = workspace.tensor(rows: input.rows, width: input.width)
        workspace.forEachPiece(count: output.count) { offset, length in
            kernels.scale(length, factor, input.tensor.address + offset, output.address + offset)
        }
        let slot = input.gradient
        return value(output, of: input) { [workspace] gradient in
            workspace.forEachPiece(count: gradient.count) { offset, length in
                kernels.scale(length, factor, gradient.address + offset, gradient.address + offset)
            }
            slot?.add(gradient, in: workspace)
        }
    }

    private func requireSameShape(_ a: Value, _ b: Value) {
        precondition(
            a.rows == b.rows && a.width == b.width,
            "values of \(a.rows) × \(a.width) and \(b.rows) × \(b.width) entry by entry")
    }
}
