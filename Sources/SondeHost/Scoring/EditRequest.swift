public import SondeSDK
import SondeStatistics

/// Activations to change: `SITE:LAYERS:NEURONS:MODE`, or with the positions, which are all unless given,
/// `SITE:LAYERS:NEURONS:MODE:POSITION`.
public struct EditRequest: Sendable, Hashable {
    /// What becomes of the chosen neurons.
    public enum Mode: Sendable, Hashable {
        /// They are silenced: `zero`.
        case zero
        /// They take this value: `constant=1.5`.
        case constant(Float)
        /// They take their mean over the text positions of all rows: `mean`.
        case mean
        /// Normal noise of this size is added: `noise=0.1`.
        case noise(Float)
    }

    /// Where in the layers.
    public let site: SitePath
    /// Which layers.
    public let layers: IndexSelection
    /// Which columns.
    public let neurons: IndexSelection
    /// What becomes of them.
    public let mode: Mode
    /// Which positions.
    public let positions: Positions
    /// As it was written.
    public let text: String

    /// Reads a request.
    /// - Throws: ``HostError`` that says which part is wrong.
    public init(_ text: String) throws {
        self.text = text
        let option = "--edit '\(text)'"
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 4 || parts.count == 5 else {
            throw HostError.usage(
                "\(option) is not SITE:LAYERS:NEURONS:MODE, such as ffn.activation:3:0-7:zero.")
        }
        site = try SitePath(parts[0], of: option)
        guard let layers = IndexSelection(parts[1]), let neurons = IndexSelection(parts[2]) else {
            throw HostError.usage("\(option) must name layers and neurons as 'all', '3', '0-7' or '1,5,9'.")
        }
        self.layers = layers
        self.neurons = neurons
        guard let mode = Mode(parts[3]) else {
            throw HostError.usage("\(option) must have the mode zero, constant=NUMBER, mean or noise=NUMBER.")
        }
        self.mode = mode
        positions = try parts.count == 5 ? Positions(named: parts[4], of: option) : .all
    }

    /// The chosen layers of a model.
    func layerIndices(in card: ModelCard) throws -> [Int] {
        let count = try site.layers(in: card)
        guard let indices = layers.indices(below: count) else {
            throw HostError.usage("--edit '\(text)' names a layer beyond the model's last, \(count - 1).")
        }
        return indices
    }

    /// The chosen neurons of a model.
    func neuronIndices(in card: ModelCard) throws -> [Int] {
        let count = try site.width(in: card)
        guard let indices = neurons.indices(below: count) else {
            throw HostError.usage(
                "--edit '\(text)' names a neuron beyond the last of the site, \(count - 1).")
        }
        return indices
    }

    /// One edit for each chosen layer.
    /// - Parameter means: of all neurons of the site, by layer; needed for the mode `mean`.
    func edits(in card: ModelCard, means: [Int: [Double]]) throws -> [Edit] {
        let stack = try site.stack(in: card).name
        let neurons = try neuronIndices(in: card)
        return try layerIndices(in: card).map { layer in
            let mode: Edit.Mode =
                switch mode {
                case .zero: .zero
                case .constant(let value): .constant(value)
                case .mean: .mean(neurons.map { neuron in Float(means[layer]?[neuron] ?? 0) })
                case .noise(let scale): .noise(scale: scale, stream: Self.noiseStream)
                }
            return Edit(
                stack: stack, site: site.site, layer: layer, neurons: neurons.map { UInt32($0) },
                positions: positions, mode: mode)
        }
    }

    private static let noiseStream: UInt64 = {
        var stream = RandomStream(seed: 0, name: "score/noise")
        return stream.next()
    }()
}

extension EditRequest.Mode {
    init?(_ text: String) {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(
            String.init)
        let number = parts.count == 2 ? Float(parts[1]).flatMap { $0.isFinite ? $0 : nil } : nil
        switch (parts[0], parts.count, number) {
        case ("zero", 1, _): self = .zero
        case ("mean", 1, _): self = .mean
        case ("constant", 2, let value?): self = .constant(value)
        case ("noise", 2, let value?) where value >= 0: self = .noise(value)
        default: return nil
        }
    }
}
