import CKernels

extension AttentionPass {
    /// Writes the output of all heads.
    func forward(into output: Tensor, in workspace: Workspace) {
        forEachShareOfHeads(matrices: 1, in: workspace) { heads, units, scratch in
            for head in heads {
                let biases = shape.bias.table(head: head, longest: forest.longestPath)
                for unit in units {
                    let scores = scores(of: unit, in: scratch[0])
                    computeProbabilities(unit, head: head, biases: biases, in: scores)
                    applyDropout(unit, head: head, to: scores)
                    for keys in unit.keys(in: forest) {
                        multiply(
                            part(scores, of: keys, in: unit),
                            valueBlock(forest.segments[keys.segment], head: head),
                            into: sideBySide(output.block, head: head)[rows: keys.rows],
                            accumulating: keys.columns.lowerBound > 0)
                    }
                }
            }
        }
    }

    /// Fills the scores of a unit with the probabilities of one head; entries that a row does not see are 0 or unused.
    func computeProbabilities(_ unit: AttentionUnit, head: Int, biases: [Float]?, in scores: Block) {
        let queries = block(projections.query, head: head)
        for keys in unit.keys(in: forest) {
            multiply(
                queries[rows: keys.rows], keyBlock(forest.segments[keys.segment], head: head).transposed,
                into: part(scores, of: keys, in: unit), accumulating: false)
        }
        for index in unit.segments {
            let segment = forest.segments[index]
            guard !segment.rows.isEmpty else { continue }
            var block = kernelBlock(segment, stride: scores.stride)
            let start = scores.address + local(segment.rows, in: unit).lowerBound * scores.stride
            if let biases {
                // The table's middle is distance 0; row 0 of the segment has position `depth`.
                biases.withUnsafeBufferPointer { table in
                    let distances = table.baseAddress.map { $0 + forest.longestPath - segment.depth }
                    kernels.softmax(&block, distances, start)
                }
            } else {
                kernels.softmax(&block, nil, start)
            }
        }
    }

    /// What the rows of a segment see.
    func kernelBlock(_ segment: Forest.Segment, stride: Int) -> sonde_attention_block {
        let isCausal = shape.direction == .causal
        return sonde_attention_block(
            rows: segment.rows.count, stride: stride, columns: segment.positions.upperBound,
            first_visible: isCausal ? segment.depth + 1 : segment.positions.upperBound,
            visible_step: isCausal ? 1 : 0, scale: shape.scale)
    }

    /// Sets random entries of what every row sees to 0 and scales the others up.
    func applyDropout(_ unit: AttentionUnit, head: Int, to scores: Block) {
        guard let dropout else { return }
        for index in unit.segments {
            let segment = forest.segments[index]
            for row in segment.rows {
                let start = scores.address + (row - unit.rows.lowerBound) * scores.stride
                kernels.dropout(
                    segment.positions.upperBound, dropout.key(row: row, head: head), dropout.dropout.rate,
                    start,
                    start)
            }
        }
    }
}
