import CKernels

extension Tape {
    /// `input × weightᵀ + bias`, `[rows × out]`, for a weight stored `[out × in]` as in checkpoints.
    ///
    /// - Parameters:
    ///   - input: `[rows × in]`.
    ///   - weight: `[out × in]`.
    ///   - bias: A vector of `out`, if the layer has one.
    ///   - residual: A value `[rows × out]` to add, which costs less here than in an operation of its own.
    public func linear(
        _ input: Value, weight: Parameter, bias: Parameter? = nil, adding residual: Value? = nil
    ) -> Value {
        bias?.requireVector(weight.rows)
        let output = workspace.tensor(rows: input.rows, width: weight.rows)
        begin(output, residual: residual?.tensor, bias: bias)
        workspace.product(
            input.tensor.block, transposed: weight, into: output.block,
            accumulating: residual != nil || bias != nil)
        let kept = weight.isTrained ? input.tensor : nil
        let (inputSlot, residualSlot) = (input.gradient, residual?.gradient)
        let others = residual ?? input
        return value(output, of: input, others, using: [weight, bias]) { [workspace] gradient in
            if let inputSlot {
                let (sum, isNew) = inputSlot.accumulator(
                    rows: gradient.rows, width: weight.width, in: workspace)
                workspace.product(gradient.block, weight, into: sum.block, accumulating: !isNew)
            }
            if let sum = weight.gradient, let kept {
                workspace.product(gradient.block.transposed, kept.block, into: sum.block, accumulating: true)
            }
            if let sum = bias?.gradient {
                kernels.add_column_sums(gradient.rows, gradient.width, gradient.address, sum.address)
            }
            residualSlot?.add(gradient, in: workspace)
        }
    }

    /// Writes what the product is added to: residual plus bias, or either; nothing if there is neither.
    private func begin(_ output: Tensor, residual: Tensor?, bias: Parameter?) {
        let width = output.width
        precondition(
            residual.map { $0.rows == output.rows && $0.width == width } ?? true,
            "a residual of another shape than the output")
        workspace.forEachPiece(rows: output.rows, width: width) { rows in
            let target = output.rowAddress(rows.lowerBound)
            switch (residual?.rowAddress(rows.lowerBound), bias?.address) {
            case (let source?, let bias?): kernels.add_bias(rows.count, width, bias, source, target)
            case (let source?, nil): target.update(from: source, count: rows.count * width)
            case (nil, let bias?): kernels.fill_rows(rows.count, width, bias, target)
            case (nil, nil): break
            }
        }
    }
}
