import Glibc
public import SondeSDK

/// A change of some neurons at some rows of an activation.
public struct NeuronEdit {
    /// What takes the place of an activation.
    public enum Replacement {
        /// 0.
        case zero
        /// The same number everywhere.
        case constant(Float)
        /// One number for each neuron, such as its mean over a data set.
        case perNeuron([Float])
        /// The activation plus normal noise with this standard deviation, which depends on the stream, the layer, the
        /// neuron and the key of the row (one for each row of the activation): rows with the same key, such as all
        /// positions of an example, get the same noise.
        case noise(deviation: Float, stream: UInt64, layer: Int, rowKeys: [UInt64])
    }

    /// The columns to change.
    public var neurons: [Int]
    /// The rows to change.
    public var rows: [Int]
    /// What to put there.
    public var replacement: Replacement

    /// Describes a change.
    public init(neurons: [Int], rows: [Int], replacement: Replacement) {
        self.neurons = neurons
        self.rows = rows
        self.replacement = replacement
    }

    /// The new activation in place of `old`; `index` counts the neurons of this edit.
    fileprivate func replaced(_ old: Float, row: Int, index: Int) -> Float {
        switch replacement {
        case .zero: 0
        case .constant(let value): value
        case .perNeuron(let values): values[index]
        case .noise(let deviation, let stream, let layer, let rowKeys):
            old + deviation
                * normal(mixed(mixed(stream ^ rowKeys[row]) ^ UInt64(layer)) ^ UInt64(neurons[index]))
        }
    }

    /// Whether the gradient stops at the changed entries, because these no longer depend on the old ones.
    fileprivate var stopsGradient: Bool {
        if case .noise = replacement { false } else { true }
    }
}

/// A standard normal number that is a function of `key` (Box and Muller 1958, doi:10.1214/aoms/1177706645).
private func normal(_ key: UInt64) -> Float {
    let bits = mixed(key)
    let radius = (Double(bits >> 32) + 0.5) * 0x1p-32
    let angle = Double(bits & 0xffff_ffff) * 0x1p-32
    return Float((-2 * log(radius)).squareRoot() * cos(2 * .pi * angle))
}

extension Tape {
    /// A copy of a value with some neurons changed at some rows, and what that amounted to.
    ///
    /// The gradient stops at replaced entries and passes those with added noise.
    public func edit(_ input: Value, _ edit: NeuronEdit) -> (value: Value, receipt: EditReceipt) {
        precondition(
            edit.neurons.allSatisfy((0..<input.width).contains), "an edited neuron outside of the value")
        precondition(edit.rows.allSatisfy((0..<input.rows).contains), "an edited row outside of the value")
        let output = workspace.tensor(rows: input.rows, width: input.width)
        output.copy(from: input.tensor)
        var receipt = EditReceipt()
        for row in edit.rows {
            let activations = output.rowAddress(row)
            for (index, neuron) in edit.neurons.enumerated() {
                let old = activations[neuron]
                let new = edit.replaced(old, row: row, index: index)
                activations[neuron] = new
                receipt.visited += 1
                receipt.changed += new == old ? 0 : 1
                receipt.absoluteChange += Double(abs(new - old))
            }
        }
        let slot = input.gradient
        let edited = value(output, of: input) { [workspace] gradient in
            if edit.stopsGradient {
                for row in edit.rows {
                    for neuron in edit.neurons { gradient.rowAddress(row)[neuron] = 0 }
                }
            }
            slot?.add(gradient, in: workspace)
        }
        return (edited, receipt)
    }
}
