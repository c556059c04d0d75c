import CSonde

/// A model behind C functions.
///
/// Public API sees it as ``Model``.
final class ImportedModel: Model {
    /// Whether the instance ends with this object.
    enum Ownership {
        case owned
        case borrowed
    }

    let table: UnsafePointer<sonde_model_table>
    let instance: OpaquePointer
    let functions: sonde_model_table
    let errors: ErrorSource
    private let ownership: Ownership
    private var knownCard: ModelCard?

    init(
        table: UnsafePointer<sonde_model_table>, instance: OpaquePointer, ownership: Ownership,
        errors: ErrorSource
    ) {
        self.table = table
        self.instance = instance
        self.ownership = ownership
        self.errors = errors
        functions = covered(table)
    }

    deinit {
        if ownership == .owned { functions.destroy?(instance) }
    }

    var card: ModelCard {
        get throws {
            if let knownCard { return knownCard }
            let json = try collecting { sink in try errors.call(functions.card) { $0(instance, sink) } }
            let card = try decoded(ModelCard.self, from: json, what: "model's card")
            knownCard = card
            return card
        }
    }

    func encode(_ texts: [String], as role: TextRole) throws -> Ragged<Int32> {
        let scratch = Scratch()
        let views = texts.map { text in
            sonde_text(
                bytes: UnsafePointer(scratch.copy(text.utf8.map(CChar.init(bitPattern:)))),
                length: UInt64(text.utf8.count))
        }
        return Ragged(
            try collectingTokens(count: texts.count) { sink in
                try withExtendedLifetime(scratch) {
                    try errors.call(functions.encode) {
                        $0(instance, views, UInt64(views.count), role.rawValue, sink)
                    }
                }
            })
    }

    func decode(_ ids: [Int32]) throws -> String {
        try collecting { sink in
            try errors.call(functions.decode) { $0(instance, ids, UInt64(ids.count), sink) }
        }
    }

    func text(ofToken id: Int32) throws -> String? {
        do {
            return try collecting { sink in try errors.call(functions.token_text) { $0(instance, id, sink) } }
        } catch let error as SondeError where error.code == .notFound {
            return nil
        }
    }

    func embeddings(_ rows: Range<Int>) throws -> MatrixView {
        var values: UnsafePointer<Float>?
        var stride: UInt64 = 0
        try errors.call(functions.embeddings) {
            $0(instance, UInt64(rows.lowerBound), UInt64(rows.count), &values, &stride)
        }
        return MatrixView(base: values, rows: rows.count, width: try card.width, stride: Int(stride))
    }

    func prepare(_ prompt: SoftPrompt) throws -> any PreparedPrompt {
        try ImportedPrompt(prompt, in: self)
    }

    func run(_ pass: Pass) throws -> PassResult { try PassImport(pass).run(on: self) }

    func trainWeights(_ isOn: Bool) throws {
        try errors.call(functions.train_weights) { $0(instance, isOn ? 1 : 0) }
    }

    func weightsChanged() throws { try errors.call(functions.weights_changed) { $0(instance) } }

    func withWeights(_ body: (TrainableWeight) throws -> Void) throws {
        var weights: [TrainableWeight] = []
        try withUnsafeMutablePointer(to: &weights) { collected in
            var sink = sonde_weight_sink(context: collected) { context, weight in
                guard let weight else { return }
                let copy = TrainableWeight(copying: covered(weight))
                context?.assumingMemoryBound(to: [TrainableWeight].self).pointee.append(copy)
            }
            try errors.call(functions.weights) { $0(instance, &sink) }
        }
        for weight in weights { try body(weight) }
    }
}

extension TrainableWeight {
    fileprivate init(copying weight: sonde_weight) {
        let shape = UnsafeBufferPointer(start: weight.shape, count: Int(weight.rank)).map { Int($0) }
        let count = shape.reduce(1, *)
        self.init(
            name: SondeSDK.text(weight.name), shape: shape,
            values: MutableVectorView(base: weight.values, count: count),
            gradient: weight.gradient.map { MutableVectorView(base: $0, count: count) })
    }
}

/// A prompt that a model behind C functions has prepared.
final class ImportedPrompt: PreparedPrompt {
    let pointer: OpaquePointer
    private let model: ImportedModel
    let rows: Int
    let width: Int

    init(_ prompt: SoftPrompt, in model: ImportedModel) throws {
        let scratch = Scratch()
        var specification = sonde_prompt_specification(
            struct_size: size(of: sonde_prompt_specification.self), rows: UInt64(prompt.rows),
            width: UInt64(prompt.width), values: scratch.copy(prompt.values),
            live_rows: prompt.liveRows.map { UnsafePointer(scratch.copy($0.map { $0 ? UInt8(1) : 0 })) },
            placement: prompt.placement.map { scratch.string($0) })
        var created: OpaquePointer?
        try withExtendedLifetime(scratch) {
            try model.errors.call(model.functions.create_prompt) {
                $0(model.instance, &specification, &created)
            }
        }
        guard let created else {
            throw SondeError(.internal, "The model prepared no prompt and gave no reason.")
        }
        pointer = created
        self.model = model
        rows = prompt.rows
        width = prompt.width
    }

    deinit { model.functions.destroy_prompt?(model.instance, pointer) }

    var liveRows: [Bool] {
        get throws {
            var live = [UInt8](repeating: 1, count: rows)
            try model.errors.call(model.functions.live_rows) { $0(model.instance, pointer, &live) }
            return live.map { $0 != 0 }
        }
    }

    func update(_ values: [Float]) throws {
        guard values.count == rows * width else {
            throw SondeError.invalidArgument(
                "A prompt of \(rows) × \(width) was given \(values.count) values.")
        }
        try model.errors.call(model.functions.update_prompt) { $0(model.instance, pointer, values) }
    }
}
