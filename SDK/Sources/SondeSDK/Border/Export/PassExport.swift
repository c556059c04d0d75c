import CSonde

/// Runs a request that came over the border and writes the outputs that were asked for.
enum PassExport {
    static func run(_ model: any Model, _ request: sonde_pass_request, into result: sonde_pass_result) throws
    {
        let pass = try Pass(copying: request, result: result)
        let outcome = try model.run(pass)
        write(outcome.candidateScores.joined(), to: result.candidate_scores)
        write(outcome.rowLosses.joined(), to: result.row_losses)
        write(outcome.lossSums, to: result.loss_sums)
        write(outcome.lossCounts.lazy.map(UInt64.init), to: result.loss_counts)
        if let gradients = result.prompt_gradients {
            for (run, gradient) in outcome.promptGradients.enumerated() {
                guard let destination = gradients[run] else { continue }
                for (index, value) in gradient.enumerated() { destination[index] += value }
            }
        }
        write(outcome.receipts.lazy.map(sonde_edit_receipt.init), to: result.edit_receipts)
        write(outcome.layouts.joined().lazy.map(sonde_row_layout.init), to: result.layouts)
        if let generated = result.generated {
            for (run, texts) in outcome.generated.enumerated() {
                for row in 0..<texts.count { generated.write(texts[row], at: run * pass.rows.count + row) }
            }
        }
    }

    private static func write<Element>(
        _ elements: some Sequence<Element>, to destination: UnsafeMutablePointer<Element>?
    ) {
        guard let destination else { return }
        for (index, element) in elements.enumerated() { (destination + index).initialize(to: element) }
    }
}

extension Pass {
    fileprivate init(copying request: sonde_pass_request, result: sonde_pass_result) throws {
        guard let rows = request.rows else { throw SondeError.invalidArgument("A pass has no rows.") }
        let flags = request.flags
        func has(_ flag: Int) -> Bool { flags & UInt32(flag) != 0 }
        let prompts = (0..<Int(request.prompt_count)).map { index in
            request.prompts?[index].map { ModelExport.PromptBox.from($0).value }
        }
        let stopIDs = request.stop_ids.map {
            Array(UnsafeBufferPointer(start: $0, count: Int(request.stop_count)))
        }
        self.init(
            rows: try Rows(copying: rows), prompts: prompts,
            scoring: try Self.choice(request.scoring, "scoring"), loss: try Self.choice(request.loss, "loss"),
            wantsPromptGradient: has(SONDE_PASS_PROMPT_GRADIENT) && result.prompt_gradients != nil,
            wantsWeightGradient: has(SONDE_PASS_WEIGHT_GRADIENT),
            dropoutStream: has(SONDE_PASS_TRAINING) ? request.dropout_stream : nil,
            generation: request.generation_limit > 0
                ? Generation(limit: Int(request.generation_limit), stopIDs: stopIDs) : nil,
            taps: try (0..<Int(request.tap_count)).map { try Tap(copying: request.taps?[$0]) },
            edits: try (0..<Int(request.edit_count)).map { try Edit(copying: request.edits?[$0]) },
            wantsLayouts: result.layouts != nil)
    }

    /// An enumeration whose zero means none.
    private static func choice<Choice: RawRepresentable<UInt32>>(_ raw: UInt32, _ what: String) throws
        -> Choice?
    {
        if raw == 0 { return nil }
        guard let choice = Choice(rawValue: raw) else {
            throw SondeError.unsupported("There is no \(what) \(raw).")
        }
        return choice
    }
}

extension Tap {
    fileprivate init(copying pointer: UnsafePointer<sonde_tap>?) throws {
        guard let tap = pointer.map({ covered($0) }), let receive = tap.receive else {
            throw SondeError.invalidArgument("A tap has nowhere to put its activations.")
        }
        self.init(
            stack: text(tap.stack), site: try Site(named: tap.site),
            layers: tap.layers.map {
                UnsafeBufferPointer(start: $0, count: Int(tap.layer_count)).map(Int.init)
            },
            positions: try Positions(number: tap.positions)
        ) { block in
            let status = block.withLent { receive(tap.context, $0) }
            if status != statusOK { throw ErrorSource.alreadyReported.error(status) }
        }
    }
}

extension ActivationBlock {
    fileprivate func withLent(_ body: (UnsafePointer<sonde_tap_block>) -> sonde_status) -> sonde_status {
        values.withUnsafeBase { base in
            indices.withUnsafeBufferPointer { indices in
                rows.withUnsafeBufferPointer { rows in
                    positions.withUnsafeBufferPointer { positions in
                        var block = sonde_tap_block(
                            struct_size: size(of: sonde_tap_block.self), run: UInt64(run),
                            layer: UInt64(layer),
                            count: UInt64(count), width: UInt64(values.width), stride: UInt64(values.stride),
                            values: base, indices: indices.baseAddress, rows: rows.baseAddress,
                            row_positions: positions.baseAddress)
                        return body(&block)
                    }
                }
            }
        }
    }
}

extension Edit {
    fileprivate init(copying pointer: UnsafePointer<sonde_edit>?) throws {
        guard let edit = pointer.map({ covered($0) }) else {
            throw SondeError.invalidArgument("An edit is missing.")
        }
        let mode: Mode
        switch edit.mode {
        case SONDE_EDIT_ZERO.rawValue: mode = .zero
        case SONDE_EDIT_CONSTANT.rawValue: mode = .constant(Float(edit.constant))
        case SONDE_EDIT_MEAN.rawValue:
            mode = .mean(Array(UnsafeBufferPointer(start: edit.means, count: Int(edit.neuron_count))))
        case SONDE_EDIT_NOISE.rawValue: mode = .noise(scale: Float(edit.constant), stream: edit.stream)
        default: throw SondeError.unsupported("There is no edit mode \(edit.mode).")
        }
        self.init(
            stack: text(edit.stack), site: try Site(named: edit.site), layer: Int(edit.layer),
            neurons: edit.neurons.map {
                Array(UnsafeBufferPointer(start: $0, count: Int(edit.neuron_count)))
            },
            positions: try Positions(number: edit.positions), mode: mode)
    }
}

extension Site {
    fileprivate init(named pointer: UnsafePointer<CChar>?) throws {
        guard let site = Site(rawValue: text(pointer)) else {
            throw SondeError.unsupported("There is no site '\(text(pointer))'.")
        }
        self = site
    }
}

extension Positions {
    fileprivate init(number: UInt32) throws {
        guard let positions = Positions(rawValue: number) else {
            throw SondeError.unsupported("There are no positions \(number).")
        }
        self = positions
    }
}

extension sonde_edit_receipt {
    fileprivate init(_ receipt: EditReceipt) {
        self.init(
            visited: UInt64(receipt.visited), changed: UInt64(receipt.changed),
            absolute_change: receipt.absoluteChange)
    }
}

extension sonde_row_layout {
    fileprivate init(_ layout: RowLayout) {
        self.init(
            prompt_first: UInt32(layout.prompt.lowerBound), prompt_count: UInt32(layout.prompt.count),
            text_first: UInt32(layout.text.lowerBound), text_count: UInt32(layout.text.count),
            answer: UInt32(layout.answer), reserved: 0)
    }
}
