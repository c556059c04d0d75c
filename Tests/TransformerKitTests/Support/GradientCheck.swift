import Testing
import TransformerKit

/// Compares gradients of the tape with differences of its own forward pass.
///
/// The loss is a fixed random combination of the output's entries. A derivative is approximated by the five-point rule,
/// whose error at a step of 0.03 is below that of float32.
struct GradientCheck {
    var inputs: [Sample]
    var parameters: [Parameter] = []
    var workspace = makeWorkspace()
    var build: (Tape, [Value]) -> Value

    /// Checks all inputs and parameters; differences are relative to the largest derivative, where that is above 1.
    func run(tolerance: Double = 1e-3, _ location: SourceLocation = #_sourceLocation) {
        for parameter in parameters { parameter.train(pool: workspace.pool) }
        let tape = Tape(workspace: workspace, isRecording: true)
        let variables = inputs.map { tape.variable($0.tensor(workspace.pool)) }
        let output = build(tape, variables)
        let weights = Sample.random(output.rows, output.width, seed: 99)
        tape.backward(from: [(output, weights.tensor(workspace.pool))])

        for (index, variable) in variables.enumerated() {
            let computed = tape.gradient(of: variable).values
            let expected = inputs[index].values.indices.map { entry in
                derivative { shift in
                    var shifted = inputs
                    shifted[index].values[entry] += shift
                    return loss(of: shifted, weights)
                }
            }
            expect(computed, expected, tolerance, "input \(index)", location)
        }
        for parameter in parameters {
            let computed = parameter.gradient?.values ?? []
            let expected = (0..<parameter.rows * parameter.width).map { entry in
                derivative { shift in
                    var original: Float = 0
                    parameter.update { values in
                        original = values[entry]
                        values[entry] += shift
                    }
                    defer { parameter.update { $0[entry] = original } }
                    return loss(of: inputs, weights)
                }
            }
            expect(computed, expected, tolerance, parameter.name, location)
        }
    }

    private func loss(of inputs: [Sample], _ weights: Sample) -> Double {
        let tape = Tape(workspace: workspace, isRecording: false)
        let output = build(tape, inputs.map { tape.constant($0.tensor(workspace.pool)) })
        return zip(output.tensor.values, weights.values).reduce(0) { $0 + Double($1.0) * Double($1.1) }
    }

    private func derivative(_ loss: (Float) -> Double) -> Double {
        let step: Float = 0.03125
        return (8 * (loss(step) - loss(-step)) - (loss(2 * step) - loss(-2 * step))) / (12 * Double(step))
    }

    private func expect(
        _ computed: [Float], _ expected: [Double], _ tolerance: Double, _ what: String,
        _ location: SourceLocation
    ) {
        let size = max(1, expected.map(abs).max() ?? 0)
        let difference = largestDifference(computed, expected) / size
        #expect(difference < tolerance, "the gradient of \(what)", sourceLocation: location)
    }
}
