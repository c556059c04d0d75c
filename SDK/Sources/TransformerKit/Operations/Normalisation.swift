import CKernels

extension Tape {
    /// Layer normalisation of every row, with a weight and, usually, a bias (Ba, Kiros and Hinton 2016).
    ///
    /// - Parameters:
    ///   - input: `[rows × width]`.
    ///   - weight: A vector of `width`.
    ///   - bias: A vector of `width`.
    ///   - epsilon: Added to the variance.
    public func layerNorm(_ input: Value, weight: Parameter, bias: Parameter?, epsilon: Float) -> Value {
        weight.requireVector(input.width)
        bias?.requireVector(input.width)
        let (x, width) = (input.tensor, input.width)
        let output = workspace.tensor(rows: x.rows, width: width)
        let (mean, reciprocal) = (
            workspace.tensor(rows: x.rows, width: 1), workspace.tensor(rows: x.rows, width: 1)
        )
        workspace.forEachPiece(rows: x.rows, width: width) { rows in
            let first = rows.lowerBound
            kernels.layer_norm(
                rows.count, width, epsilon, x.rowAddress(first), weight.address, bias?.address,
                output.rowAddress(first), mean.rowAddress(first), reciprocal.rowAddress(first))
        }
        let slot = input.gradient
        return value(output, of: input, using: [weight, bias]) { [workspace] gradient in
            if let slot {
                let sum = slot.clearedAccumulator(rows: x.rows, width: width, in: workspace)
                workspace.forEachPiece(rows: x.rows, width: width) { rows in
                    let first = rows.lowerBound
                    kernels.layer_norm_backward(
                        rows.count, width, x.rowAddress(first), weight.address, mean.rowAddress(first),
                        reciprocal.rowAddress(first), gradient.rowAddress(first), sum.rowAddress(first))
                }
            }
            if let sum = weight.gradient {
                kernels.layer_norm_weight_backward(
                    x.rows, width, x.address, mean.address, reciprocal.address, gradient.address, sum.address)
            }
            if let sum = bias?.gradient {
                kernels.add_column_sums(x.rows, width, gradient.address, sum.address)
            }
        }
    }

    /// Normalisation of every row by its root mean square (Zhang and Sennrich 2019), as in T5.
    ///
    /// - Parameters:
    ///   - input: `[rows × width]`.
    ///   - weight: A vector of `width`.
    ///   - epsilon: Added to the mean of the squares.
    public func rmsNorm(_ input: Value, weight: Parameter, epsilon: Float) -> Value {
        weight.requireVector(input.width)
        let (x, width) = (input.tensor, input.width)
        let output = workspace.tensor(rows: x.rows, width: width)
        let reciprocal = workspace.tensor(rows: x.rows, width: 1)
        workspace.forEachPiece(rows: x.rows, width: width) { rows in
            let first = rows.lowerBound
            kernels.rms_norm(
                rows.count, width, epsilon, x.rowAddress(first), weight.address, output.rowAddress(first),
                reciprocal.rowAddress(first))
        }
        let slot = input.gradient
        return value(output, of: input, using: [weight]) { [workspace] gradient in
            if let slot {
                let sum = slot.clearedAccumulator(rows: x.rows, width: width, in: workspace)
                workspace.forEachPiece(rows: x.rows, width: width) { rows in
                    let first = rows.lowerBound
                    kernels.rms_norm_backward(
                        rows.count, width, x.rowAddress(first), weight.address, reciprocal.rowAddress(first),
                        gradient.rowAddress(first), sum.rowAddress(first))
                }
            }
            if let sum = weight.gradient {
                kernels.rms_norm_weight_backward(
                    x.rows, width, x.address, reciprocal.address, gradient.address, sum.address)
            }
        }
    }
}
