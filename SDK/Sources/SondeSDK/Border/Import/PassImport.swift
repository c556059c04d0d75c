import CSonde

/// A pass on its way to a model behind C functions, with the memory that its request points to.
final class PassImport {
    private let pass: Pass
    private let scratch = Scratch()
    private var taps: [TapBox] = []

    init(_ pass: Pass) {
        self.pass = pass
    }

    func run(on model: ImportedModel) throws -> PassResult {
        var request = try makeRequest()
        var result = makeResult(width: try model.card.width)
        let rowCount = pass.rows.count
        let generated = try collectingTokens(count: pass.generation == nil ? 0 : pass.runs * rowCount) {
            sink in
            if pass.generation != nil { result.generated = sink }
            do {
                try model.errors.call(model.functions.pass) { $0(model.instance, &request, &result) }
            } catch {
                throw taps.lazy.compactMap(\.error).first ?? error
            }
        }
        return outcome(result, generated: generated)
    }

    private func makeRequest() throws -> sonde_pass_request {
        var request = sonde_pass_request()
        request.struct_size = size(of: sonde_pass_request.self)
        request.rows = UnsafePointer(scratch.copy([pass.rows.lent(in: scratch)]))
        let prompts = try pass.prompts.map { prompt -> OpaquePointer? in
            guard let prompt else { return nil }
            guard let imported = prompt as? ImportedPrompt else {
                throw SondeError.invalidArgument("A pass was given a prompt that another model has prepared.")
            }
            return imported.pointer
        }
        request.prompts = UnsafePointer(scratch.copy(prompts))
        request.prompt_count = UInt64(prompts.count)
        request.scoring = pass.scoring?.rawValue ?? 0
        request.loss = pass.loss?.rawValue ?? 0
        request.flags = flags
        request.dropout_stream = pass.dropoutStream ?? 0
        if let generation = pass.generation {
            request.generation_limit = UInt32(generation.limit)
            request.stop_ids = generation.stopIDs.map { UnsafePointer(scratch.copy($0)) }
            request.stop_count = UInt64(generation.stopIDs?.count ?? 0)
        }
        taps = pass.taps.map(TapBox.init)
        request.taps = UnsafePointer(
            scratch.copy(taps.map { tap in Optional(UnsafePointer(scratch.copy([tap.lent(in: scratch)]))) }))
        request.tap_count = UInt64(taps.count)
        request.edits = UnsafePointer(
            scratch.copy(
                pass.edits.map { edit in Optional(UnsafePointer(scratch.copy([edit.lent(in: scratch)]))) }))
        request.edit_count = UInt64(pass.edits.count)
        return request
    }

    private var flags: UInt32 {
        var flags = 0
        if pass.wantsPromptGradient { flags |= SONDE_PASS_PROMPT_GRADIENT }
        if pass.wantsWeightGradient { flags |= SONDE_PASS_WEIGHT_GRADIENT }
        if pass.dropoutStream != nil { flags |= SONDE_PASS_TRAINING }
        return UInt32(flags)
    }

    private func makeResult(width: Int) -> sonde_pass_result {
        let runs = pass.runs
        var result = sonde_pass_result()
        result.struct_size = size(of: sonde_pass_result.self)
        if pass.scoring != nil {
            result.candidate_scores = scratch.allocate(Double.self, count: runs * pass.rows.candidates.count)
        }
        if pass.loss != nil {
            result.row_losses = scratch.allocate(Double.self, count: runs * pass.rows.count)
            result.loss_sums = scratch.allocate(Double.self, count: runs)
            result.loss_counts = scratch.allocate(UInt64.self, count: runs)
        }
        if pass.wantsPromptGradient {
            let gradients = pass.prompts.map { prompt -> UnsafeMutablePointer<Float>? in
                (prompt as? ImportedPrompt).map { scratch.allocate(Float.self, count: $0.rows * width) }
            }
            result.prompt_gradients = UnsafePointer(scratch.copy(gradients))
        }
        if !pass.edits.isEmpty {
            result.edit_receipts = scratch.allocate(sonde_edit_receipt.self, count: pass.edits.count)
        }
        if pass.wantsLayouts {
            result.layouts = scratch.allocate(sonde_row_layout.self, count: runs * pass.rows.count)
        }
        return result
    }

    private func outcome(_ result: sonde_pass_result, generated: [[Int32]]) -> PassResult {
        let runs = pass.runs
        let rows = pass.rows.count
        func split<Element>(_ values: UnsafeMutablePointer<Element>?, _ count: Int) -> [[Element]] {
            guard let values else { return [] }
            return (0..<runs).map { Array(UnsafeBufferPointer(start: values + $0 * count, count: count)) }
        }
        var outcome = PassResult()
        outcome.candidateScores = split(result.candidate_scores, pass.rows.candidates.count)
        outcome.rowLosses = split(result.row_losses, rows)
        outcome.lossSums = split(result.loss_sums, 1).flatMap(\.self)
        outcome.lossCounts = split(result.loss_counts, 1).flatMap(\.self).map { Int($0) }
        if let gradients = result.prompt_gradients {
            outcome.promptGradients = pass.prompts.enumerated().map { run, prompt in
                guard let prompt = prompt as? ImportedPrompt, let values = gradients[run] else { return [] }
                return Array(UnsafeBufferPointer(start: values, count: prompt.rows * prompt.width))
            }
        }
        outcome.receipts = UnsafeBufferPointer(start: result.edit_receipts, count: pass.edits.count).map {
            EditReceipt(
                visited: Int($0.visited), changed: Int($0.changed), absoluteChange: $0.absolute_change)
        }
        outcome.layouts = split(result.layouts, rows).map { $0.map(RowLayout.init) }
        if pass.generation != nil {
            outcome.generated = (0..<runs).map { Ragged(generated[($0 * rows)..<(($0 + 1) * rows)]) }
        }
        return outcome
    }
}

/// A tap whose receiver a C function finds through its context.
private final class TapBox {
    private let tap: Tap
    /// What the receiver threw.
    private(set) var error: (any Error)?

    init(_ tap: Tap) {
        self.tap = tap
    }

    func lent(in scratch: Scratch) -> sonde_tap {
        sonde_tap(
            struct_size: size(of: sonde_tap.self), stack: scratch.string(tap.stack),
            site: scratch.string(tap.site.rawValue),
            layers: tap.layers.map { UnsafePointer(scratch.copy($0.map(UInt32.init))) },
            layer_count: UInt64(tap.layers?.count ?? 0), positions: tap.positions.rawValue, reserved: 0,
            context: Unmanaged.passUnretained(self).toOpaque(),
            receive: { context, block in
                guard let context, let block else { return SondeError.Code.invalidArgument.rawValue }
                return Unmanaged<TapBox>.fromOpaque(context).takeUnretainedValue().receive(covered(block))
            })
    }

    private func receive(_ block: sonde_tap_block) -> sonde_status {
        let count = Int(block.count)
        func list(_ values: UnsafePointer<UInt32>?) -> [UInt32] {
            Array(UnsafeBufferPointer(start: values, count: count))
        }
        let indices = list(block.indices)
        let values = MatrixView(
            base: block.values, rows: (indices.max().map { Int($0) } ?? -1) + 1, width: Int(block.width),
            stride: Int(block.stride))
        do {
            try tap.receive(
                ActivationBlock(
                    run: Int(block.run), layer: Int(block.layer), values: values, indices: indices,
                    rows: list(block.rows), positions: list(block.row_positions)))
            return statusOK
        } catch {
            self.error = error
            return SondeError.Code.cancelled.rawValue
        }
    }
}

extension Edit {
    fileprivate func lent(in scratch: Scratch) -> sonde_edit {
        var edit = sonde_edit()
        edit.struct_size = size(of: sonde_edit.self)
        edit.stack = scratch.string(stack)
        edit.site = scratch.string(site.rawValue)
        edit.layer = UInt32(layer)
        edit.positions = positions.rawValue
        edit.neurons = neurons.map { UnsafePointer(scratch.copy($0)) }
        edit.neuron_count = UInt64(neurons?.count ?? 0)
        switch mode {
        case .zero: edit.mode = SONDE_EDIT_ZERO.rawValue
        case .constant(let value):
            edit.mode = SONDE_EDIT_CONSTANT.rawValue
            edit.constant = Double(value)
        case .mean(let means):
            edit.mode = SONDE_EDIT_MEAN.rawValue
            edit.means = UnsafePointer(scratch.copy(means))
            edit.neuron_count = UInt64(means.count)
        case .noise(let scale, let stream):
            edit.mode = SONDE_EDIT_NOISE.rawValue
            edit.constant = Double(scale)
            edit.stream = stream
        }
        return edit
    }
}

extension RowLayout {
    fileprivate init(_ layout: sonde_row_layout) {
        let prompt = Int(layout.prompt_first)
        let text = Int(layout.text_first)
        self.init(
            prompt: prompt..<(prompt + Int(layout.prompt_count)),
            text: text..<(text + Int(layout.text_count)),
            answer: Int(layout.answer))
    }
}
