import CKernels

/// A matrix in a computation, `[rows × width]`, and whether a gradient leads back through it.
///
/// A row is a token of the packed batch, or one selected from it.
public struct Value {
    /// The entries.
    public let tensor: Tensor
    /// Where the gradient of the loss with respect to the entries adds up; nil where none is wanted.
    let gradient: Gradient?

    /// The number of rows.
    public var rows: Int { tensor.rows }
    /// The number of columns.
    public var width: Int { tensor.width }
    /// Whether a backward pass computes the gradient with respect to this value.
    public var requiresGradient: Bool { gradient != nil }
}

/// The gradient of the loss with respect to one value, while the backward pass adds it up.
///
/// It is apart from the value, so that an operation can be recorded without keeping its output alive.
final class Gradient {
    private(set) var tensor: Tensor?

    /// The finished sum, which is then forgotten; nil if nothing was added.
    func take() -> Tensor? {
        defer { tensor = nil }
        return tensor
    }

    /// Adds `part`, which nobody else may use afterwards: the first part becomes the sum.
    func add(_ part: Tensor, in workspace: Workspace) {
        guard let sum = tensor else {
            tensor = part
            return
        }
        workspace.forEachPiece(count: part.count) { offset, length in
            kernels.add(length, sum.address + offset, part.address + offset, sum.address + offset)
        }
    }

    /// The memory of the sum, to be written where it is new (its content is unspecified) and added to where it is not.
    func accumulator(rows: Int, width: Int, in workspace: Workspace) -> (sum: Tensor, isNew: Bool) {
        if let tensor { return (tensor, false) }
        let new = workspace.tensor(rows: rows, width: width)
        tensor = new
        return (new, true)
    }

    /// The memory of the sum, zero where nothing was added yet.
    func clearedAccumulator(rows: Int, width: Int, in workspace: Workspace) -> Tensor {
        let (sum, isNew) = accumulator(rows: rows, width: width, in: workspace)
        if isNew { sum.fill(0) }
        return sum
    }
}
