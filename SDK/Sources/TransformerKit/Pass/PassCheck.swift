import SondeSDK

/// Checks a pass against a model before anything is computed.
struct PassCheck {
    let card: ModelCard

    /// - Parameter promptRows: rows of the longest prompt.
    /// - Throws: ``SondeError`` with what is wrong.
    func check(_ pass: Pass, promptRows: Int) throws {
        try checkCombination(pass)
        try checkTokens(pass.rows)
        if pass.scoring != nil || pass.loss != nil { try checkCandidates(pass) }
        for tap in pass.taps {
            try checkPlace(stack: tap.stack, site: tap.site, layers: tap.layers ?? [], what: "tap")
        }
        for edit in pass.edits {
            try checkPlace(stack: edit.stack, site: edit.site, layers: [edit.layer], what: "edit")
            try checkNeurons(edit)
        }
        try checkLengths(pass.rows, promptRows: promptRows)
    }

    private func checkLengths(_ rows: Rows, promptRows: Int) throws {
        guard let limit = card.maximumLength else { return }
        for row in 0..<rows.count where rows.texts.count(of: row) + promptRows > limit {
            throw SondeError.invalidData(
                "Row \(row) has \(rows.texts.count(of: row)) tokens and a prompt of \(promptRows); the model reads "
                    + "\(limit) at most.")
        }
    }

    private func checkCombination(_ pass: Pass) throws {
        if pass.loss == .choice, pass.scoring == nil {
            throw SondeError.invalidArgument("The choice loss needs a way of scoring.")
        }
        if pass.wantsPromptGradient, pass.loss == nil || pass.prompts.allSatisfy({ $0 == nil }) {
            throw SondeError.invalidArgument("A gradient needs a loss and a prompt.")
        }
        if pass.wantsWeightGradient, pass.loss == nil {
            throw SondeError.invalidArgument("A gradient of the weights needs a loss.")
        }
        if pass.wantsWeightGradient, !card.capabilities.contains(.weights) {
            throw SondeError.unsupported("This model's weights cannot be tuned; only soft prompts can.")
        }
    }

    private func checkTokens(_ rows: Rows) throws {
        for (what, ids) in [("text", rows.texts.values), ("candidate", rows.candidates.values)] {
            if let id = ids.first(where: { $0 < 0 || Int($0) >= card.vocabulary }) {
                throw SondeError.invalidArgument(
                    "A \(what) has the token \(id); the model's vocabulary has \(card.vocabulary).")
            }
        }
    }

    private func checkCandidates(_ pass: Pass) throws {
        for row in 0..<pass.rows.count {
            let range = pass.rows.candidateRange(of: row)
            if let empty = range.first(where: { pass.rows.candidates.count(of: $0) == 0 }) {
                throw SondeError.invalidData(
                    "Candidate \(empty - range.lowerBound) of row \(row) has no tokens.")
            }
        }
    }

    private func checkPlace(stack: String, site: Site, layers: [Int], what: String) throws {
        guard let known = card.stacks.first(where: { $0.name == stack }) else {
            let names = card.stacks.map(\.name).joined(separator: ", ")
            throw SondeError.invalidArgument(
                "There is no stack '\(stack)' for the \(what); there is \(names).")
        }
        let count = site == .embedding ? 1 : known.layers
        if let layer = layers.first(where: { $0 < 0 || $0 >= count }) {
            throw SondeError.invalidArgument(
                "There is no layer \(layer) at \(site.rawValue) for the \(what); there are 0 to \(count - 1)."
            )
        }
    }

    private func checkNeurons(_ edit: Edit) throws {
        let stack = card.stacks.first { $0.name == edit.stack }
        let width = edit.site == .feedForwardActivation ? stack?.feedForwardWidth ?? 0 : card.width
        if let neuron = edit.neurons?.first(where: { $0 >= width }) {
            throw SondeError.invalidArgument(
                "There is no neuron \(neuron) at \(edit.site.rawValue); there are 0 to \(width - 1).")
        }
        if let neurons = edit.neurons, Set(neurons).count < neurons.count {
            throw SondeError.invalidArgument("An edit of layer \(edit.layer) names a neuron twice.")
        }
        if case .mean(let means) = edit.mode, means.count != edit.neurons?.count ?? width {
            throw SondeError.invalidArgument(
                "An edit of layer \(edit.layer) has \(means.count) means for \(edit.neurons?.count ?? width) neurons."
            )
        }
    }
}
