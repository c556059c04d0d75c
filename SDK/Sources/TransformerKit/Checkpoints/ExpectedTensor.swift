/// A tensor that a model needs.
public struct ExpectedTensor: Hashable {
    /// Its name in the checkpoint, without the prefix that some checkpoints give to all names.
    public var name: String
    /// Its shape; a vector becomes a parameter of one row.
    public var shape: [Int]
    /// Whether the model can do without it.
    public var isOptional: Bool
    /// Whether it never has the prefix.
    public var standsOutsidePrefix: Bool

    /// A tensor by name and shape.
    public init(_ name: String, _ shape: [Int], isOptional: Bool = false, standsOutsidePrefix: Bool = false) {
        self.name = name
        self.shape = shape
        self.isOptional = isOptional
        self.standsOutsidePrefix = standsOutsidePrefix
    }

    /// The rows of the parameter: 1 for a vector.
    var rows: Int { shape.dropLast().reduce(1, *) }
    /// The columns of the parameter.
    var width: Int { shape.last ?? 1 }
}

/// All tensors that a model needs, and what else its checkpoints may hold.
public struct ExpectedTensors {
    /// The tensors.
    public var tensors: [ExpectedTensor]
    /// The prefix that names may have, such as `transformer.`.
    public var prefix: String
    /// Endings of names that the model has no use for.
    public var ignoredSuffixes: [String]

    /// Expectations of a checkpoint.
    public init(_ tensors: [ExpectedTensor], prefix: String, ignoredSuffixes: [String] = []) {
        self.tensors = tensors
        self.prefix = prefix
        self.ignoredSuffixes = ignoredSuffixes
    }
}
