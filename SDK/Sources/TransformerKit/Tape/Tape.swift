/// Records a computation on activations, so that gradients can be carried back through it.
///
/// A model says its forward pass in the operations that extend this type (Operations/, Attention/). A layer of BLOOM:
///
///     let normalised = tape.layerNorm(hidden, weight: layer.inputNorm, bias: layer.inputNormBias, epsilon: 1e-5)
///     let projected = tape.linear(normalised, weight: layer.queryKeyValue, bias: layer.queryKeyValueBias)
///     let heads = Projections(interleavedByHead: projected, headWidth: 64)
///     let context = tape.attention(heads, shape: shape, forest: forest, layer: index)
///     let attended = tape.linear(context, weight: layer.dense, bias: layer.denseBias, adding: hidden)
///     let input = tape.layerNorm(attended, weight: layer.outputNorm, bias: layer.outputNormBias, epsilon: 1e-5)
///     let inner = tape.geluTanh(tape.linear(input, weight: layer.expand, bias: layer.expandBias))
///     hidden = tape.linear(inner, weight: layer.contract, bias: layer.contractBias, adding: attended)
///
/// Only operations with an input that leads back to a ``variable(_:)``, or with a trained parameter, are recorded; what
/// they need to go back is kept until then. Everything else goes back to the pool as soon as its value is dropped.
/// The gradient is that of one scalar, of which the caller states the derivatives to start from (``backward(from:)``).
public final class Tape {
    /// Memory and threads.
    public let workspace: Workspace
    /// Whether operations can be carried back; a tape that does not record keeps nothing.
    public let isRecording: Bool

    private var steps: [() -> Void] = []

    /// Makes an empty tape.
    public init(workspace: Workspace, isRecording: Bool) {
        self.workspace = workspace
        self.isRecording = isRecording
    }

    /// A value without a gradient.
    public func constant(_ tensor: Tensor) -> Value { Value(tensor: tensor, gradient: nil) }

    /// A value whose gradient is wanted, if the tape records.
    public func variable(_ tensor: Tensor) -> Value {
        Value(tensor: tensor, gradient: isRecording ? Gradient() : nil)
    }

    /// Carries derivatives of the loss back through all recorded operations, last first, and forgets these.
    ///
    /// - Parameter seeds: Values and the derivatives of the loss with respect to their entries, of the same shape.
    public func backward(from seeds: [(value: Value, derivatives: Tensor)]) {
        for (value, derivatives) in seeds {
            precondition(
                value.rows == derivatives.rows && value.width == derivatives.width,
                "derivatives of another shape than their value")
            let copy = workspace.tensor(rows: derivatives.rows, width: derivatives.width)
            copy.copy(from: derivatives)
            value.gradient?.add(copy, in: workspace)
        }
        while let step = steps.popLast() { step() }
    }

    /// The gradient with respect to a variable, after ``backward(from:)``; zeros if the loss does not depend on it.
    public func gradient(of variable: Value) -> Tensor {
        precondition(variable.requiresGradient, "the gradient of a value that does not require one")
        return variable.gradient?.tensor ?? workspace.zeros(rows: variable.rows, width: variable.width)
    }

    /// The value of an operation, recorded if a gradient has to pass through it.
    ///
    /// - Parameters:
    ///   - tensor: The output.
    ///   - inputs: The activations that the operation read.
    ///   - parameters: The weights that it read.
    ///   - backward: Called with the gradient with respect to the output, which it may overwrite or hand on.
    func value(
        _ tensor: Tensor, of inputs: Value..., using parameters: [Parameter?] = [],
        backward: @escaping (Tensor) -> Void
    ) -> Value {
        let isNeeded =
            inputs.contains { $0.requiresGradient } || parameters.contains { $0?.isTrained == true }
        guard isRecording && isNeeded else { return constant(tensor) }
        let gradient = Gradient()
        steps.append {
            if let sum = gradient.take() { backward(sum) }
        }
        return Value(tensor: tensor, gradient: gradient)
    }
}
