import SondeSDK
import Testing
import TransformerKit

@Suite("Dropout, edits and observation")
struct RandomnessTests {
    private let workspace = makeWorkspace()
    private var tape: Tape { Tape(workspace: workspace, isRecording: false) }

    private func ones(_ rows: Int, _ width: Int) -> Value {
        let values = [Float](repeating: 1, count: rows * width)
        return tape.constant(Tensor(rows: rows, width: width, values: values, pool: workspace.pool))
    }

    @Test("dropout of a row depends on its key and not on its place")
    func dropoutByKey() {
        let keys: [UInt64] = [11, 22, 33]
        let first = tape.dropout(ones(3, 50), Dropout(rate: 0.4, stream: 5, rowKeys: keys), site: 1)
        let second = tape.dropout(
            ones(3, 50), Dropout(rate: 0.4, stream: 5, rowKeys: keys.reversed()), site: 1)
        #expect(first.tensor.row(0) == second.tensor.row(2))
        #expect(first.tensor.row(0) != first.tensor.row(1))
        let elsewhere = tape.dropout(ones(3, 50), Dropout(rate: 0.4, stream: 5, rowKeys: keys), site: 2)
        let later = tape.dropout(ones(3, 50), Dropout(rate: 0.4, stream: 6, rowKeys: keys), site: 1)
        #expect(first.tensor.row(0) != elsewhere.tensor.row(0))
        #expect(first.tensor.row(0) != later.tensor.row(0))
    }

    @Test("a rate of zero changes nothing")
    func noDropout() {
        let x = ones(2, 3)
        #expect(
            tape.dropout(x, Dropout(rate: 0, stream: 1, rowKeys: []), site: 0).tensor.values
                == x.tensor.values)
    }

    @Test("an edit's receipt says what was visited, what changed and by how much")
    func receipts() {
        let x = tape.constant(Tensor(rows: 2, width: 3, values: [1, 0, -2, 4, 5, 6], pool: workspace.pool))
        let zeroed = tape.edit(x, NeuronEdit(neurons: [0, 1, 2], rows: [0], replacement: .zero))
        #expect(zeroed.value.tensor.values == [0, 0, 0, 4, 5, 6])
        #expect(zeroed.receipt.visited == 3)
        #expect(zeroed.receipt.changed == 2)
        #expect(zeroed.receipt.absoluteChange == 3)
        #expect(x.tensor.values == [1, 0, -2, 4, 5, 6], "the unedited value stays as it is")
        let constant = tape.edit(x, NeuronEdit(neurons: [1], rows: [0, 1], replacement: .constant(1.5)))
        #expect(constant.value.tensor.values == [1, 1.5, -2, 4, 1.5, 6])
        let means = tape.edit(x, NeuronEdit(neurons: [2, 0], rows: [1], replacement: .perNeuron([7, 8])))
        #expect(means.value.tensor.values == [1, 0, -2, 8, 5, 7])
        let nothing = tape.edit(x, NeuronEdit(neurons: [], rows: [0, 1], replacement: .zero))
        #expect(nothing.receipt == EditReceipt())
    }

    @Test("noise is normal, shared by rows with the same key, and another one elsewhere")
    func noise() {
        let neurons = Array(0..<20_000)
        func noise(_ keys: [UInt64], layer: Int = 0) -> Tensor {
            let replacement = NeuronEdit.Replacement.noise(
                deviation: 2, stream: 9, layer: layer, rowKeys: keys)
            let edit = NeuronEdit(neurons: neurons, rows: Array(keys.indices), replacement: replacement)
            return tape.edit(ones(keys.count, neurons.count), edit).value.tensor
        }
        let result = noise([4, 5, 4])
        #expect(result.row(0) == result.row(2))
        #expect(result.row(0) != result.row(1))
        #expect(noise([5]).row(0) == result.row(1))
        #expect(noise([5], layer: 1).row(0) != result.row(1))
        let deviations = result.row(0).map { (Double($0) - 1) / 2 }
        let mean = deviations.reduce(0, +) / 20_000
        let variance = deviations.reduce(0) { $0 + $1 * $1 } / 20_000
        // Five standard errors: 1/√20000 and √(2/20000).
        #expect(abs(mean) < 0.036)
        #expect(abs(variance - 1) < 0.05)
        let outside = deviations.filter { abs($0) > 1.959964 }.count
        #expect(abs(outside - 1000) < 155, "one in twenty lies outside of the 95 % interval")
    }
}
