import CSonde

/// The C functions of models.
enum ModelExport {
    typealias Box = Instance<any Model>
    typealias PromptBox = Instance<any PreparedPrompt>

    nonisolated(unsafe) static let table: UnsafePointer<sonde_model_table> = {
        let memory = UnsafeMutablePointer<sonde_model_table>.allocate(capacity: 1)
        memory.initialize(to: functions)
        return UnsafePointer(memory)
    }()

    private static var functions: sonde_model_table {
        var table = sonde_model_table()
        table.struct_size = size(of: sonde_model_table.self)
        table.create = { host, component, directory, options, result in
            Box.create(host, component, options, result) { component, options, host in
                guard case .model(_, let create) = component else { return nil }
                return try create(text(directory), options, host)
            }
        }
        table.destroy = { Box.release($0) }
        table.card = { model, sink in Box.use(model) { try sink?.write(json: $0.value.card) } }
        addText(to: &table)
        addPrompts(to: &table)
        addWeights(to: &table)
        table.pass = { model, request, result in
            Box.use(model) { box in
                guard let request, let result else {
                    throw SondeError.invalidArgument("pass was called without a request or a result.")
                }
                try PassExport.run(box.value, covered(request), into: covered(UnsafePointer(result)))
            }
        }
        return table
    }

    private static func addText(to table: inout sonde_model_table) {
        table.encode = { model, texts, count, role, ids in
            Box.use(model) { box in
                guard let role = TextRole(rawValue: role) else {
                    throw SondeError.invalidArgument("There is no text role \(role).")
                }
                let texts = UnsafeBufferPointer(start: texts, count: Int(count)).map(text)
                let encoded = try box.value.encode(texts, as: role)
                for index in 0..<encoded.count { ids?.write(encoded[index], at: index) }
            }
        }
        table.decode = { model, ids, count, sink in
            Box.use(model) { box in
                sink?.write(try box.value.decode(Array(UnsafeBufferPointer(start: ids, count: Int(count)))))
            }
        }
        table.token_text = { model, id, sink in
            Box.use(model) { box in
                guard let text = try box.value.text(ofToken: id) else {
                    throw SondeError.notFound("The tokenizer has no token \(id).")
                }
                sink?.write(text)
            }
        }
        table.embeddings = { model, first, count, values, stride in
            Box.use(model) { box in
                let view = try box.value.embeddings(Int(first)..<Int(first + count))
                view.withUnsafeBase { values?.pointee = $0 }
                stride?.pointee = UInt64(view.stride)
            }
        }
    }

    private static func addPrompts(to table: inout sonde_model_table) {
        table.create_prompt = { model, specification, result in
            Box.use(model) { box in
                guard let specification, let result else {
                    throw SondeError.invalidArgument("create_prompt was called without a prompt.")
                }
                let prompt = try box.value.prepare(SoftPrompt(copying: covered(specification)))
                result.pointee = PromptBox(prompt, host: box.host).retained()
            }
        }
        table.update_prompt = { model, prompt, values in
            Box.use(model) { box in
                guard let prompt, let values else {
                    throw SondeError.invalidArgument("update_prompt was called without values.")
                }
                let prepared = PromptBox.from(prompt).value
                let count = try prepared.liveRows.count * box.value.card.width
                try prepared.update(Array(UnsafeBufferPointer(start: values, count: count)))
            }
        }
        table.live_rows = { _, prompt, live in
            PromptBox.use(prompt) { box in
                for (row, isLive) in try box.value.liveRows.enumerated() { live?[row] = isLive ? 1 : 0 }
            }
        }
        table.destroy_prompt = { PromptBox.release($1) }
    }

    private static func addWeights(to table: inout sonde_model_table) {
        table.train_weights = { model, isOn in Box.use(model) { try $0.value.trainWeights(isOn != 0) } }
        table.weights_changed = { model in Box.use(model) { try $0.value.weightsChanged() } }
        table.weights = { model, sink in
            Box.use(model) { box in
                try box.value.withWeights { weight in
                    let scratch = Scratch()
                    var lent = sonde_weight()
                    lent.struct_size = size(of: sonde_weight.self)
                    lent.name = scratch.string(weight.name)
                    lent.shape = UnsafePointer(scratch.copy(weight.shape.map(UInt64.init)))
                    lent.rank = UInt64(weight.shape.count)
                    weight.values.withUnsafeBase { lent.values = $0.baseAddress }
                    weight.gradient?.withUnsafeBase { lent.gradient = $0.baseAddress }
                    withUnsafePointer(to: lent) { sink?.pointee.receive?(sink?.pointee.context, $0) }
                }
            }
        }
    }
}

extension SoftPrompt {
    fileprivate init(copying specification: sonde_prompt_specification) throws {
        let rows = Int(specification.rows)
        let width = Int(specification.width)
        guard let values = specification.values else {
            throw SondeError.invalidArgument("A prompt of \(rows) × \(width) has no values.")
        }
        self.init(
            values: Array(UnsafeBufferPointer(start: values, count: rows * width)), rows: rows, width: width,
            placement: specification.placement.map { text($0) },
            liveRows: specification.live_rows.map { live in (0..<rows).map { live[$0] != 0 } })
    }
}
