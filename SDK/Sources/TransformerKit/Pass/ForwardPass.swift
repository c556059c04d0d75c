public import SondeSDK

/// What a model's forward pass works with: the tape, who sees whom, and the taps and edits that wait at its sites.
///
/// The model names its sites as it goes, and everything else follows:
///
///     let inner = try pass.at(.feedForwardActivation, layer: index, tape.geluTanh(expanded))
///
/// In its last layer it calls ``narrowed(_:_:)``, so that only rows that something later needs go on.
public final class ForwardPass {
    /// Where operations are recorded.
    public let tape: Tape
    /// Which rows see which.
    public let forest: Forest
    /// What each edit has done so far.
    private(set) var receipts: [EditReceipt]
    /// For each packed row its row in the values at hand, or -1 where it was left out.
    private(set) var places: [Int]

    private let rows: PackedRows
    private let request: Request
    private let lastLayer: Int

    /// Who asked for what.
    struct Request {
        var run = 0
        var taps: [Tap] = []
        var edits: [Edit] = []
        /// Names of the rows of the pass, for noise and dropout.
        var keys: [UInt64] = []
        /// The stream that dropout draws from; `nil` outside training.
        var dropoutStream: UInt64?
        /// Packed rows whose final hidden states are wanted.
        var wanted: [Int] = []
    }

    init(_ request: Request, rows: PackedRows, forest: Forest, tape: Tape, layerCount: Int) {
        self.request = request
        self.rows = rows
        self.forest = forest
        self.tape = tape
        lastLayer = layerCount - 1
        receipts = Array(repeating: EditReceipt(), count: request.edits.count)
        places = Array(0..<rows.count)
    }

    /// Dropout at a rate of the checkpoint's, or `nil` outside training.
    public func dropout(rate: Float) -> Dropout? {
        guard let stream = request.dropoutStream, rate > 0 else { return nil }
        let keys = rows.positionKeys(from: request.keys)
        let present = keys.indices.filter { places[$0] >= 0 }
        return Dropout(rate: rate, stream: stream, rowKeys: present.map { keys[$0] })
    }

    /// A value at a site of a layer: changed by the edits that wait there, then shown to the taps.
    /// - Throws: what a tap's receiver throws.
    public func at(_ site: Site, layer: Int, _ value: Value) throws -> Value {
        var value = value
        for (index, edit) in request.edits.enumerated() where edit.site == site && edit.layer == layer {
            let edited = tape.edit(value, neuronEdit(edit, width: value.width))
            value = edited.value
            receipts[index] = receipts[index] + edited.receipt
        }
        for tap in request.taps where tap.site == site && tap.layers?.contains(layer) ?? true {
            try show(value, layer: layer, to: tap)
        }
        return value
    }

    /// `residual + dropout(input × weightᵀ + bias)`, with a site between the two where something waits at it.
    /// - Parameter rate: dropout while training.
    public func residual(
        _ residual: Value, adding input: Value, weight: Parameter, bias: Parameter?, at site: Site? = nil,
        layer: Int, dropout rate: Float
    ) throws -> Value {
        let dropout = dropout(rate: rate)
        let hasVisitor = site.map { isVisited($0, layer: layer) } ?? false
        guard hasVisitor || dropout != nil else {
            return tape.linear(input, weight: weight, bias: bias, adding: residual)
        }
        var branch = tape.linear(input, weight: weight, bias: bias)
        if let site { branch = try at(site, layer: layer, branch) }
        if let dropout {
            // Two residual branches of a layer choose independently.
            let place = UInt64(layer) * 2 + (site == .attentionOutput ? 0 : 1)
            branch = tape.dropout(branch, dropout, site: place)
        }
        return tape.add(residual, branch)
    }

    /// The rows of two values that something after the last layer's attention needs: scored, tapped or edited ones.
    public func narrowed(_ first: Value, _ second: Value) -> (Value, Value) {
        let needed = neededRows
        guard needed.count < rows.count else { return (first, second) }
        places = Array(repeating: -1, count: rows.count)
        for (place, row) in needed.enumerated() { places[row] = place }
        return (tape.select(needed, of: first), tape.select(needed, of: second))
    }

    private var neededRows: [Int] {
        var needed = Set(request.wanted)
        for tap in request.taps where tap.layers?.contains(lastLayer) ?? true {
            needed.formUnion(rows.rows(at: tap.positions, withCandidates: false))
        }
        for edit in request.edits where edit.layer == lastLayer {
            needed.formUnion(rows.rows(at: edit.positions, withCandidates: true))
        }
        return needed.sorted()
    }

    private func isVisited(_ site: Site, layer: Int) -> Bool {
        request.edits.contains { $0.site == site && $0.layer == layer }
            || request.taps.contains { $0.site == site && $0.layers?.contains(layer) ?? true }
    }

    private func neuronEdit(_ edit: Edit, width: Int) -> NeuronEdit {
        let replacement: NeuronEdit.Replacement =
            switch edit.mode {
            case .zero: .zero
            case .constant(let value): .constant(value)
            case .mean(let means): .perNeuron(means)
            case .noise(let scale, let stream):
                .noise(
                    deviation: scale, stream: stream, layer: edit.layer,
                    rowKeys: present(rows.keys(from: request.keys)))
            }
        return NeuronEdit(
            neurons: edit.neurons.map { $0.map(Int.init) } ?? Array(0..<width),
            rows: rows.rows(at: edit.positions, withCandidates: true).map { places[$0] },
            replacement: replacement)
    }

    /// The entries of a list over packed rows that belong to the rows of the values at hand.
    private func present<Element>(_ list: [Element]) -> [Element] {
        list.indices.filter { places[$0] >= 0 }.map { list[$0] }
    }

    private func show(_ value: Value, layer: Int, to tap: Tap) throws {
        let isAnswer = tap.positions == .answer
        let packed = isAnswer ? rows.answers : rows.rows(at: tap.positions, withCandidates: false)
        let owners = isAnswer ? packed.indices.map(UInt32.init) : packed.map { rows.owners[$0] }
        guard !packed.isEmpty else { return }
        let tensor = value.tensor
        try withExtendedLifetime(tensor) {
            try tap.receive(
                ActivationBlock(
                    run: request.run, layer: layer,
                    values: MatrixView(
                        base: UnsafePointer(tensor.address), rows: tensor.rows, width: tensor.width),
                    indices: packed.map { UInt32(places[$0]) }, rows: owners,
                    positions: packed.map { rows.positions[$0] }))
        }
    }
}
