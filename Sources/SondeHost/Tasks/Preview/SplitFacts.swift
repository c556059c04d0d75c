import SondeSDK

/// What can be counted of a split: its labels, and the lengths of some of its texts.
struct SplitFacts {
    /// Examples that are read at once; bounds memory, changes nothing else.
    private static let blockLength = 4096

    let split: DatasetDescription.Split
    /// How many examples have each label.
    let labelCounts: [Int]
    /// Lengths of texts, ascending: tokens of a model, or words.
    let lengths: [Int]
    /// How many of those texts lost words.
    let shortened: Int

    /// - Parameters:
    ///   - dataset: all examples.
    ///   - lengths: lengths of some texts, and how many of these lost words.
    init(
        _ split: DatasetDescription.Split, of dataset: any Dataset, labels: Int,
        lengths: (values: [Int], shortened: Int)
    ) throws {
        self.split = split
        self.lengths = lengths.values.sorted()
        shortened = lengths.shortened
        var counts = Array(repeating: 0, count: labels)
        for first in stride(from: 0, to: split.count, by: Self.blockLength) {
            let block = first..<min(first + Self.blockLength, split.count)
            for label in try dataset.examples(of: split.name, block).labels
            where counts.indices.contains(Int(label)) { counts[Int(label)] += 1 }
        }
        labelCounts = counts
    }

    /// The share of the most frequent label; `nil` without labels.
    var majority: Double? { labelCounts.max().flatMap(share) }

    /// A count as a share of the labelled examples; `nil` without any.
    func share(_ count: Int) -> Double? {
        let labelled = labelCounts.reduce(0, +)
        return labelled > 0 ? Double(count) / Double(labelled) : nil
    }

    /// The middle length, of an even number the upper one of both.
    var median: Int? { lengths.isEmpty ? nil : lengths[lengths.count / 2] }
}
