import SondeSDK

/// The parameters of a model by name.
public struct ParameterSet {
    private let parameters: [String: Parameter]

    init(_ parameters: [String: Parameter]) {
        self.parameters = parameters
    }

    /// A parameter that the model asked for.
    /// - Throws: ``SondeError`` for a name that was not among the expected tensors.
    public subscript(name: String) -> Parameter {
        get throws {
            guard let parameter = parameters[name] else {
                throw SondeError(.internal, "The parameter '\(name)' was never asked for.")
            }
            return parameter
        }
    }

    /// A parameter that a checkpoint may lack.
    public func optional(_ name: String) -> Parameter? { parameters[name] }

    /// All parameters by ascending name.
    var all: [Parameter] { parameters.values.sorted { $0.name < $1.name } }

    /// How many values all parameters have.
    public var valueCount: Int { parameters.values.reduce(0) { $0 + $1.rows * $1.width } }
}
