public import SondeSDK

extension LanguageModel {
    /// Gives every parameter a gradient of zeros, or takes it away.
    public func trainWeights(_ isOn: Bool) throws {
        for parameter in parameters.all {
            if isOn { parameter.train(pool: workspace.pool) } else { parameter.freeze() }
        }
    }

    /// Calls `body` with each parameter, by name.
    public func withWeights(_ body: (TrainableWeight) throws -> Void) throws {
        for parameter in parameters.all {
            let count = parameter.rows * parameter.width
            try body(
                TrainableWeight(
                    name: parameter.name,
                    shape: parameter.rows == 1 ? [parameter.width] : [parameter.rows, parameter.width],
                    values: MutableVectorView(base: parameter.address, count: count),
                    gradient: parameter.gradient.map { MutableVectorView(base: $0.address, count: count) }))
        }
    }

    /// Drops what was computed from weights that have been changed since.
    public func weightsChanged() throws { family.weightsChanged() }
}
