public import SondeSDK
import SondeStatistics

/// A dataset of which some examples are used, drawn by a seed; those keep their order, labels and source lines.
public final class SampledDataset: Dataset {
    /// Examples that are read at once; bounds memory, changes nothing else.
    private static let blockLength = 4096

    /// The examples of a split, as indices into a split of the base.
    private struct Selection {
        let source: String
        var indices: [Int]
    }

    private let base: any Dataset
    private var known: DatasetDescription
    private var selections: [String: Selection] = [:]
    private var gathered: [String: Examples] = [:]

    /// Draws the examples.
    /// - Throws: ``HostError`` for a split that there is not, or one that is there and would have to be made; what the
    ///   dataset throws.
    public init(_ base: any Dataset, sampling: RowSampling) throws {
        self.base = base
        known = try base.description()
        if let holdOut = sampling.holdOut { try hold(out: holdOut, seed: sampling.seed) }
        if case .bySplit(let counts) = sampling.limit {
            for split in counts.keys.sorted() { try check(split, "limit") }
        }
        for index in known.splits.indices {
            let name = known.splits[index].name
            guard let limit = sampling.limit(of: name) else { continue }
            try draw(limit, of: name, sampling)
        }
        for index in known.splits.indices {
            let name = known.splits[index].name
            if let selection = selections[name] { known.splits[index].count = selection.indices.count }
        }
    }

    /// The base's description with the number of examples that are used.
    public func description() -> DatasetDescription { known }

    /// Some of the examples that are used.
    public func examples(of split: String, _ range: Range<Int>) throws -> Examples {
        guard let selection = selections[split] else { return try base.examples(of: split, range) }
        guard range.upperBound <= selection.indices.count else {
            throw SondeError.invalidArgument(
                "The examples \(range) of the split '\(split)' do not exist; it has \(selection.indices.count)."
            )
        }
        let examples = try gathered[split] ?? gather(selection)
        gathered[split] = examples
        return Examples(
            columns: examples.columns.map { $0[range] }, labels: Array(examples.labels[range]),
            lines: Array(examples.lines[range]))
    }
}

extension SampledDataset {
    private func check(_ split: String, _ key: String) throws {
        let names = known.splits.map(\.name)
        guard names.contains(split) else {
            throw HostError.data(
                "There is no split '\(split)' for '\(key)', only \(names.joined(separator: ", "))"
                    + NearestName.sentenceEnd(for: split, among: names))
        }
    }

    private func hold(out holdOut: RowSampling.HoldOut, seed: Int) throws {
        try check(holdOut.source, "hold_out")
        guard !known.splits.contains(where: { $0.name == holdOut.name }) else {
            throw HostError.data(
                "The dataset has a split '\(holdOut.name)' already, so nothing needs to be held out; remove 'hold_out'."
            )
        }
        let indices = selection(of: holdOut.source).indices
        let count = Int((holdOut.share * Double(indices.count)).rounded())
        guard count > 0, count < indices.count else {
            throw HostError.data(
                "Holding out \(holdOut.share) of the \(indices.count) examples of '\(holdOut.source)' leaves one side "
                    + "empty; change 'hold_out'.")
        }
        var stream = RandomStream(seed: UInt64(bitPattern: Int64(seed)), name: "hold-out/\(holdOut.source)")
        let held = Set(stream.permutation(of: indices.count).prefix(count))
        selections[holdOut.name] = Selection(source: holdOut.source, indices: held.sorted())
        selections[holdOut.source] = Selection(
            source: holdOut.source, indices: indices.filter { !held.contains($0) })
        guard let place = known.splits.firstIndex(where: { $0.name == holdOut.source }) else { return }
        var split = known.splits[place]
        split.name = holdOut.name
        known.splits.insert(split, at: place + 1)
    }

    private func draw(_ limit: Int, of split: String, _ sampling: RowSampling) throws {
        var selection = selection(of: split)
        var stream = RandomStream(
            seed: UInt64(bitPattern: Int64(sampling.seed)), name: "limit/\(split)")
        let labels = sampling.isPerLabel ? try labels(of: selection.source) : []
        var left: [Int32: Int] = [:]
        var kept: [Int] = []
        for place in stream.permutation(of: selection.indices.count) {
            let index = selection.indices[place]
            let label = sampling.isPerLabel ? labels[index] : 0
            guard left[label, default: limit] > 0 else { continue }
            left[label, default: limit] -= 1
            kept.append(index)
        }
        selection.indices = kept.sorted()
        selections[split] = selection
    }

    /// What has been selected of a split so far.
    private func selection(of split: String) -> Selection {
        let count = known.splits.first { $0.name == split }?.count ?? 0
        return selections[split] ?? Selection(source: split, indices: Array(0..<count))
    }

    private func labels(of split: String) throws -> [Int32] {
        try blocks(of: split).flatMap { try base.examples(of: split, $0).labels }
    }

    private func gather(_ selection: Selection) throws -> Examples {
        var columns = known.fields.map { _ in TextColumn() }
        var labels: [Int32] = []
        var lines: [UInt64] = []
        var wanted = selection.indices[...]
        for block in try blocks(of: selection.source) {
            let inside = wanted.prefix { block.contains($0) }
            wanted = wanted.dropFirst(inside.count)
            guard !inside.isEmpty else { continue }
            let examples = try base.examples(of: selection.source, block)
            for index in inside.map({ $0 - block.lowerBound }) {
                for column in columns.indices { columns[column].append(examples.columns[column][index]) }
                labels.append(examples.labels[index])
                lines.append(examples.lines[index])
            }
        }
        return Examples(columns: columns, labels: labels, lines: lines)
    }

    private func blocks(of split: String) throws -> [Range<Int>] {
        let count = try base.description().splits.first { $0.name == split }?.count ?? 0
        return stride(from: 0, to: count, by: Self.blockLength).map {
            $0..<min($0 + Self.blockLength, count)
        }
    }
}
