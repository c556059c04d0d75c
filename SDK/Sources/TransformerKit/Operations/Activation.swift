import CKernels

/// A loop over entries: output from input.
private typealias ForwardLoop =
    @convention(c) (Int, UnsafePointer<Float>, UnsafeMutablePointer<Float>) -> Void
/// A loop over entries: gradient of the input from the input and the gradient of the output.
private typealias BackwardLoop =
    @convention(c) (
        Int, UnsafePointer<Float>, UnsafePointer<Float>, UnsafeMutablePointer<Float>
    ) -> Void

extension Tape {
    /// The Gaussian error linear unit in its tanh form (Hendrycks and Gimpel 2016), as in BLOOM.
    public func geluTanh(_ input: Value) -> Value {
        entrywise(input, kernels.gelu_tanh, backward: kernels.gelu_tanh_backward)
    }

    /// The Gaussian error linear unit in its exact form, as in RoBERTa.
    public func geluErf(_ input: Value) -> Value {
        entrywise(input, kernels.gelu_erf, backward: kernels.gelu_erf_backward)
    }

    /// The positive part, as in T5.
    public func relu(_ input: Value) -> Value {
        entrywise(input, kernels.relu, backward: kernels.relu_backward)
    }

    /// Applies a function to every entry; keeps the input for the way back, and not the output.
    private func entrywise(_ input: Value, _ forward: ForwardLoop, backward: @escaping BackwardLoop) -> Value
    {
        let x = input.tensor
        let output = workspace.tensor(rows: x.rows, width: x.width)
        workspace.forEachPiece(count: x.count) { offset, length in
            forward(length, x.address + offset, output.address + offset)
        }
        let slot = input.gradient
        return value(output, of: input) { [workspace] gradient in
            workspace.forEachPiece(count: x.count) { offset, length in
                let target = gradient.address + offset
                backward(length, x.address + offset, target, target)
            }
            slot?.add(gradient, in: workspace)
        }
    }
}
