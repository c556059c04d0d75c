import CKernels

/// Where attention adds the gradients of its projections, which may be one tensor; nil where none is wanted.
private struct ProjectionGradients {
    let query: Tensor?
    let key: Tensor?
    let value: Tensor?

    init(_ projections: Projections, in workspace: Workspace) {
        func sum(_ value: Value) -> Tensor? {
            value.gradient?.clearedAccumulator(rows: value.rows, width: value.width, in: workspace)
        }
        query = sum(projections.query.value)
        key = sum(projections.key.value)
        value = sum(projections.value.value)
    }
}

extension AttentionPass {
    /// Adds the gradients of queries, keys and values, given that of the output.
    ///
    /// A thread works on heads of its own, so that two never write to the same columns.
    func backward(from output: Tensor, in workspace: Workspace) {
        let gradients = ProjectionGradients(projections, in: workspace)
        forEachShareOfHeads(matrices: dropout == nil ? 2 : 3, in: workspace) { heads, units, scratch in
            for head in heads {
                let biases = shape.bias.table(head: head, longest: forest.longestPath)
                for unit in units {
                    let probabilities = scores(of: unit, in: scratch[0])
                    computeProbabilities(unit, head: head, biases: biases, in: probabilities)
                    let dropped = dropout == nil ? probabilities : scores(of: unit, in: scratch[2])
                    if dropout != nil {
                        dropped.address.update(
                            from: probabilities.address, count: unit.rows.count * unit.width)
                        applyDropout(unit, head: head, to: dropped)
                    }
                    let step = BackwardStep(
                        unit: unit, head: head, output: sideBySide(output.block, head: head),
                        probabilities: probabilities, dropped: dropped,
                        scores: scores(of: unit, in: scratch[1]))
                    addValueGradients(step, to: gradients)
                    computeScoreGradients(step)
                    addQueryAndKeyGradients(step, to: gradients)
                }
            }
        }
    }

    /// One head of one unit on the way back.
    private struct BackwardStep {
        let unit: AttentionUnit
        let head: Int
        /// The gradient of the output of this head, `[rows of the batch × headWidth]`.
        let output: Block
        let probabilities: Block
        /// The probabilities after dropout.
        let dropped: Block
        /// Gradients, first of the probabilities and then of the scores.
        let scores: Block
    }

    private func addValueGradients(_ step: BackwardStep, to gradients: ProjectionGradients) {
        guard let target = gradients.value else { return }
        let sums = projections.value.block(of: target, head: step.head, width: shape.headWidth)
        for keys in step.unit.keys(in: forest) {
            let segment = forest.segments[keys.segment]
            guard segment.cache == nil else { continue }
            multiply(
                part(step.dropped, of: keys, in: step.unit).transposed, step.output[rows: keys.rows],
                into: sums[rows: segment.keyRows], accumulating: true)
        }
    }

    private func computeScoreGradients(_ step: BackwardStep) {
        for keys in step.unit.keys(in: forest) {
            multiply(
                step.output[rows: keys.rows],
                valueBlock(forest.segments[keys.segment], head: step.head).transposed,
                into: part(step.scores, of: keys, in: step.unit), accumulating: false)
        }
        applyDropout(step.unit, head: step.head, to: step.scores)
        for index in step.unit.segments {
            let segment = forest.segments[index]
            guard !segment.rows.isEmpty else { continue }
            var block = kernelBlock(segment, stride: step.scores.stride)
            let start = local(segment.rows, in: step.unit).lowerBound * step.scores.stride
            kernels.softmax_backward(&block, step.probabilities.address + start, step.scores.address + start)
            addBiasGradient(of: segment, head: step.head, scores: step.scores.address + start, block)
        }
    }

    /// Adds the gradient of a trained table of biases: the sum over all scores at each distance.
    private func addBiasGradient(
        of segment: Forest.Segment, head: Int, scores: UnsafePointer<Float>, _ block: sonde_attention_block
    ) {
        guard case .buckets(let buckets) = shape.bias, let sum = buckets.table.gradient else { return }
        let numbers = buckets.numbers(longest: forest.longestPath)
        for row in 0..<segment.rows.count {
            for column in 0..<block.first_visible + row * block.visible_step {
                let bucket = numbers[column - (segment.depth + row) + forest.longestPath]
                sum.rowAddress(bucket)[head] += scores[row * block.stride + column] / shape.scale
            }
        }
    }

    private func addQueryAndKeyGradients(_ step: BackwardStep, to gradients: ProjectionGradients) {
        let queries = block(projections.query, head: step.head)
        for keys in step.unit.keys(in: forest) {
            let segment = forest.segments[keys.segment]
            let scores = part(step.scores, of: keys, in: step.unit)
            if let target = gradients.query {
                let sums = projections.query.block(of: target, head: step.head, width: shape.headWidth)
                multiply(
                    scores, keyBlock(segment, head: step.head), into: sums[rows: keys.rows],
                    accumulating: true)
            }
            if let target = gradients.key, segment.cache == nil {
                let sums = projections.key.block(of: target, head: step.head, width: shape.headWidth)
                multiply(
                    scores.transposed, queries[rows: keys.rows], into: sums[rows: segment.keyRows],
                    accumulating: true)
            }
        }
    }
}
