import Foundation
import SondeSDK

/// One run of an ``ArithmeticModel``.
struct ArithmeticRun {
    let pass: Pass
    let index: Int
    let prompt: ArithmeticPrompt?

    private var rows: Rows { pass.rows }
    private var promptRows: Int { prompt?.prompt.rows ?? 0 }
    private var scale: Double { 1 + Double(prompt?.prompt.values.reduce(0, +) ?? 0) }

    func add(to result: inout PassResult) throws {
        let receipts = pass.edits.map(receipt)
        result.receipts =
            result.receipts.isEmpty ? receipts : zip(result.receipts, receipts).map { $0 + $1 }
        let penalty = receipts.reduce(0) { $0 + $1.absoluteChange } / 1000
        if pass.scoring != nil {
            result.candidateScores.append((0..<rows.candidates.count).map { score(of: $0) - penalty })
        }
        if let loss = pass.loss { addLoss(loss, to: &result) }
        if pass.wantsLayouts { result.layouts.append((0..<rows.count).map(layout)) }
        if let generation = pass.generation { result.generated.append(generated(generation)) }
        for tap in pass.taps { try feed(tap) }
    }

    private func cost(ofToken token: Int32) -> Double { Double(1 + token % 5) / 10 }

    private func cost(of candidate: Int) -> Double {
        rows.candidates[candidate].map(cost(ofToken:)).reduce(0, +)
    }

    private func score(of candidate: Int) -> Double {
        switch pass.scoring {
        case .mean: -scale * cost(of: candidate) / Double(rows.candidates.count(of: candidate))
        case .firstToken: -scale * (rows.candidates[candidate].first.map(cost(ofToken:)) ?? 0)
        default: -scale * cost(of: candidate)
        }
    }

    private func layout(of row: Int) -> RowLayout {
        let end = promptRows + rows.texts.count(of: row)
        return RowLayout(prompt: 0..<promptRows, text: promptRows..<end, answer: end - 1)
    }

    private func generated(_ generation: Pass.Generation) -> Ragged<Int32> {
        Ragged(
            (0..<rows.count).map { row in
                let last = rows.texts[row].last ?? 10
                return generation.stopIDs?.contains(last) == true
                    ? [] : Array(repeating: last, count: generation.limit)
            })
    }
}

extension ArithmeticRun {
    /// Row losses, their sum with its count, and its derivative, which is the same for every value of the prompt.
    private func addLoss(_ loss: Pass.Loss, to result: inout PassResult) {
        var losses: [Double] = []
        var (sum, count, slope) = (0.0, 0, 0.0)
        for row in 0..<rows.count {
            let candidates = rows.candidateRange(of: row)
            let answer = candidates.lowerBound + Int(rows.labels[row])
            let (cost, length) = (self.cost(of: answer), rows.candidates.count(of: answer))
            switch loss {
            case .language:
                losses.append(scale * cost / Double(length))
                sum += scale * cost
                slope += cost
                count += length
            case .choice:
                let scores = candidates.map(score)
                let total = scores.map(exp).reduce(0, +)
                losses.append(log(total) + scale * cost)
                sum += log(total) + scale * cost
                let expected = zip(scores, candidates).map { exp($0) / total * self.cost(of: $1) }
                slope += cost - expected.reduce(0, +)
                count += 1
            }
        }
        result.rowLosses.append(losses)
        result.lossSums.append(sum)
        result.lossCounts.append(count)
        guard pass.wantsPromptGradient else { return }
        result.promptGradients.append(Array(repeating: Float(slope), count: prompt?.prompt.values.count ?? 0))
    }
}

extension ArithmeticRun {
    /// Row, position and the number that an activation is made of, for some positions.
    private func places(_ positions: Positions) -> [(row: UInt32, position: UInt32, number: Float)] {
        var places: [(UInt32, UInt32, Float)] = []
        if positions == .prompt || positions == .all {
            places += (0..<promptRows).map { (.max, UInt32($0), prompt?.sum(ofRow: $0) ?? 0) }
        }
        for row in 0..<rows.count where positions != .prompt {
            let text = rows.texts[row].enumerated().map { offset, token in
                (UInt32(row), UInt32(promptRows + offset), Float(token))
            }
            places += positions == .answer ? text.suffix(1) : text[...]
        }
        return places
    }

    private func activation(_ number: Float, layer: Int) -> [Float] {
        (0..<ArithmeticModel.neurons).map { number + Float(layer) + Float($0) / 8 }
    }

    private func feed(_ tap: Tap) throws {
        let places = places(tap.positions)
        for layer in tap.layers ?? Array(0..<ArithmeticModel.layers) {
            let values = places.flatMap { activation($0.number, layer: layer) }
            try values.withUnsafeBufferPointer { values in
                let view = MatrixView(
                    base: values.baseAddress, rows: places.count, width: ArithmeticModel.neurons)
                try tap.receive(
                    ActivationBlock(
                        run: index, layer: layer, values: view, indices: places.indices.map { UInt32($0) },
                        rows: places.map(\.row), positions: places.map(\.position)))
            }
        }
    }

    private func receipt(of edit: Edit) -> EditReceipt {
        var receipt = EditReceipt()
        let neurons = edit.neurons.map { $0.map { Int($0) } } ?? Array(0..<ArithmeticModel.neurons)
        for place in places(edit.positions) {
            let old = activation(place.number, layer: edit.layer)
            for (order, neuron) in neurons.enumerated() {
                let new: Float =
                    switch edit.mode {
                    case .zero: 0
                    case .constant(let value): value
                    case .mean(let means): means[order]
                    case .noise(let scale, _): old[neuron] + scale
                    }
                receipt.visited += 1
                receipt.changed += new == old[neuron] ? 0 : 1
                receipt.absoluteChange += Double(abs(new - old[neuron]))
            }
        }
        return receipt
    }
}
