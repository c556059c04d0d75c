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
    /// Which rows of another stack they see, in a decoder that reads an encoder.
    public let crossForest: Forest?
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
        var stack = ""
        var taps: [Tap] = []
        var edits: [Edit] = []
        /// Names of the rows of the pass, for noise and dropout.
        var keys: [UInt64] = []
        /// The stream that dropout draws from; `nil` outside training.
        var dropoutStream: UInt64?
        /// Packed rows whose final hidden states are wanted.
        var wanted: [Int] = []
    }

    init(
        _ request: Request, rows: PackedRows, forest: Forest, crossForest: Forest? = nil, tape: Tape,
        layerCount: Int
    ) {
        self.crossForest = crossForest
        self.request = request
        self.rows = rows
        self.forest = forest
        self.tape = tape
        lastLayer = layerCount - 1
        receipts = Array(repeating: EditReceipt(), count: request.edits.count)
        places = Array(0..<rows.count)
    }

    /// Dropout at a rate of the checkpoint's, or `nil` outside training.
    /// - Parameter isCross: Whether it is for attention to another stack, which chooses independently of that to its own.
    public func dropout(rate: Float, isCross: Bool = false) -> Dropout? {
        guard let stream = request.dropoutStream, rate > 0 else { return nil }
        let name = request.stack.utf8.reduce(UInt64(isCross ? 1 : 0)) { $0 &* 257 &+ UInt64($1) }
        return Dropout(
            rate: rate, stream: mixed(stream ^ name), rowKeys: present(rows.positionKeys(from: request.keys)))
    }

    /// A value with dropout while training, and as it is otherwise.
    /// - Parameter place: A number of this place in the stack; places with different numbers choose independently.
    public func dropped(_ value: Value, rate: Float, at place: Int) -> Value {
        dropout(rate: rate).map { tape.dropout(value, $0, site: UInt64(place)) } ?? value
    }

    /// A value at a site of a layer: changed by the edits that wait there, then shown to the taps.
    /// - Throws: what a tap's receiver throws.
    public func at(_ site: Site, layer: Int, _ value: Value) throws -> Value {
        var value = value
        for (index, edit) in request.edits.enumerated()
        where edit.stack == request.stack && edit.site == site && edit.layer == layer {
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
    /// - Parameters:
    ///   - rate: Dropout while training.
    ///   - place: A number of this place in the stack, for dropout.
    public func residual(
        _ residual: Value, adding input: Value, weight: Parameter, bias: Parameter?, at site: Site? = nil,
        layer: Int, dropout rate: Float, place: Int
    ) throws -> Value {
        let hasVisitor = site.map { isVisited($0, layer: layer) } ?? false
        let dropsEntries = request.dropoutStream != nil && rate > 0
        guard hasVisitor || dropsEntries else {
            return tape.linear(input, weight: weight, bias: bias, adding: residual)
        }
        var branch = tape.linear(input, weight: weight, bias: bias)
        if let site { branch = try at(site, layer: layer, branch) }
        return tape.add(residual, dropped(branch, rate: rate, at: place))
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
        for edit in request.edits where edit.stack == request.stack && edit.layer == lastLayer {
            needed.formUnion(rows.rows(at: edit.positions, withCandidates: true))
        }
        return needed.sorted()
    }

    private func isVisited(_ site: Site, layer: Int) -> Bool {
        request.edits.contains {
            $0.stack == request.stack && $0.site == site && $0.layer == layer
        }
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
