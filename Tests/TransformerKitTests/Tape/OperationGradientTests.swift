import SondeSDK
import Testing
import TransformerKit

@Suite("Gradients of the tape's operations agree with differences", .serialized)
struct OperationGradientTests {
    static let rowCounts = [0, 1, 2, 7]

    @Test("linear, with and without bias and residual, frozen and trained", arguments: rowCounts)
    func linear(rows: Int) {
        let x = Sample.random(rows, 3, seed: 1)
        let residual = Sample.random(rows, 4, seed: 2)
        let weight = Sample.random(4, 3, seed: 3).parameter("weight")
        let bias = Sample.random(1, 4, seed: 4).parameter("bias")
        GradientCheck(inputs: [x]) { $0.linear($1[0], weight: weight) }.run()
        GradientCheck(inputs: [x, residual]) { $0.linear($1[0], weight: weight, adding: $1[1]) }.run()
        GradientCheck(inputs: [x, residual], parameters: [weight, bias]) {
            $0.linear($1[0], weight: weight, bias: bias, adding: $1[1])
        }.run()
        GradientCheck(inputs: [], parameters: [weight, bias]) { tape, _ in
            tape.linear(tape.constant(x.tensor(tape.workspace.pool)), weight: weight, bias: bias)
        }.run()
    }

    @Test("layer norm and root-mean-square norm", arguments: rowCounts)
    func normalisation(rows: Int) {
        let x = Sample.random(rows, 5, seed: 1, gap: 0.3)
        let weight = Sample.random(1, 5, seed: 2).parameter("weight")
        let bias = Sample.random(1, 5, seed: 3).parameter("bias")
        GradientCheck(inputs: [x], parameters: [weight, bias]) {
            $0.layerNorm($1[0], weight: weight, bias: bias, epsilon: 0.1)
        }.run()
        GradientCheck(inputs: [x], parameters: [weight]) { $0.rmsNorm($1[0], weight: weight, epsilon: 0.1) }
            .run()
    }

    @Test("activations", arguments: rowCounts)
    func activations(rows: Int) {
        let x = Sample.random(rows, 5, seed: 1, gap: 0.2)
        GradientCheck(inputs: [x]) { $0.geluTanh($1[0]) }.run()
        GradientCheck(inputs: [x]) { $0.geluErf($1[0]) }.run()
        GradientCheck(inputs: [x]) { $0.relu($1[0]) }.run()
    }

    @Test("sum, product and multiple, also of a value with itself", arguments: rowCounts)
    func arithmetic(rows: Int) {
        let (a, b) = (Sample.random(rows, 3, seed: 1), Sample.random(rows, 3, seed: 2))
        GradientCheck(inputs: [a, b]) { $0.add($1[0], $1[1]) }.run()
        GradientCheck(inputs: [a, b]) { $0.multiply($1[0], $1[1]) }.run()
        GradientCheck(inputs: [a]) { $0.scale($1[0], by: -1.5) }.run()
        GradientCheck(inputs: [a]) { $0.add($1[0], $0.multiply($1[0], $1[0])) }.run()
        GradientCheck(inputs: [a, b]) { tape, values in
            tape.add(tape.add(values[0], values[1]), tape.scale(tape.add(values[0], values[1]), by: 2))
        }.run()
    }

    @Test("rows: selection with repetition, concatenation, embedding", arguments: rowCounts)
    func rows(rows: Int) {
        let (a, b) = (Sample.random(rows, 3, seed: 1), Sample.random(2, 3, seed: 2))
        let selection = rows == 0 ? [] : [rows - 1, 0, 0, rows / 2]
        GradientCheck(inputs: [a]) { $0.select(selection, of: $1[0]) }.run()
        GradientCheck(inputs: [a, b]) { $0.concatenate($1[0], $1[1]) }.run()
        let table = Sample.random(4, 3, seed: 3).parameter("table")
        let ids = (0..<rows).map { Int32($0 * 3 % 4) }
        GradientCheck(inputs: [], parameters: [table]) { tape, _ in tape.embed(ids, table: table) }.run()
    }

    @Test("dropout passes gradients where it passes activations", arguments: rowCounts)
    func dropout(rows: Int) {
        let dropout = Dropout(rate: 0.5, stream: 3, rowKeys: (0..<rows).map { UInt64($0) })
        GradientCheck(inputs: [Sample.random(rows, 6, seed: 1)]) { $0.dropout($1[0], dropout, site: 4) }.run()
    }

    @Test("edits stop gradients at what they replace, and noise does not", arguments: rowCounts)
    func edits(rows: Int) {
        let x = Sample.random(rows, 4, seed: 1)
        let edited = Array(0..<rows / 2 + rows % 2)
        let replacements: [NeuronEdit.Replacement] = [
            .zero, .constant(0.3), .perNeuron([1, 2]),
            .noise(deviation: 0.5, stream: 7, layer: 2, rowKeys: (0..<rows).map { UInt64($0) }),
        ]
        for replacement in replacements {
            let edit = NeuronEdit(neurons: [3, 1], rows: edited, replacement: replacement)
            GradientCheck(inputs: [x]) { $0.edit($1[0], edit).value }.run()
        }
    }

    @Test("the right values come out of rows and linear operations")
    func values() {
        let workspace = makeWorkspace()
        let tape = Tape(workspace: workspace, isRecording: false)
        let x = tape.constant(Tensor(rows: 2, width: 2, values: [1, 2, 3, 4], pool: workspace.pool))
        let weight = Parameter(name: "w", rows: 3, width: 2, values: [1, 0, 0, 1, 1, 1])
        let bias = Parameter(name: "b", rows: 1, width: 3, values: [10, 20, 30])
        let output = tape.linear(x, weight: weight, bias: bias)
        #expect(output.tensor.values == [11, 22, 33, 13, 24, 37])
        #expect(tape.linear(x, weight: weight, bias: bias, adding: output).tensor.row(1) == [26, 48, 74])
        #expect(tape.embed([2, 0], table: weight).tensor.values == [1, 1, 1, 0])
        #expect(tape.select([1, 1, 0], of: x).tensor.values == [3, 4, 3, 4, 1, 2])
        #expect(tape.concatenate(x, tape.select([0], of: x)).tensor.values == [1, 2, 3, 4, 1, 2])
        #expect(x.tensor[1, 0] == 3)
    }
}
