import SondeSDK

/// How many examples of one split have the text of an example of another, which makes one of them no test of the other.
public struct SharedRows: Codable, Sendable, Hashable {
    /// The split that is searched: `train`.
    public var first: String
    /// The split whose examples are counted: `test`.
    public var second: String
    /// How many of its examples are in the other, too.
    public var count: Int
    /// How many it has.
    public var total: Int
    /// One of them: its line, and the line of the same text in the other split; `nil` if there are none.
    public var example: Example?

    /// Source lines of the same text.
    public struct Example: Codable, Sendable, Hashable {
        /// `file:line` in the first split.
        public var first: String
        /// `file:line` in the second split.
        public var second: String
    }

    /// One sentence.
    public func sentence(task: String) -> String {
        let place = example.map { ", such as \($0.second), which is \($0.first)" } ?? ""
        return
            "Task '\(task)': \(count) of \(total) examples of '\(second)' have the text of one of '\(first)'"
            + "\(place); what is measured on them is partly remembered."
    }
}

extension SharedRows {
    /// Examples in memory at once; bounds memory, changes nothing else.
    private static let blockLength = 4096

    /// Compares two splits by what template and candidates show; runs of white space count as one space.
    init(_ first: String, _ second: String, of binding: TaskBinding, in dataset: any Dataset) throws {
        let description = try dataset.description()
        func split(_ name: String) throws -> DatasetDescription.Split {
            guard let split = description.splits.first(where: { $0.name == name }) else {
                throw HostError(.internal, "The split '\(name)' is compared but not there.")
            }
            return split
        }
        let (left, right) = (try split(first), try split(second))
        var lines: [Int: UInt64] = [:]
        try Self.forEach(left, binding, dataset) { hash, line in
            if lines[hash] == nil { lines[hash] = line }
        }
        var count = 0
        var example: Example?
        try Self.forEach(right, binding, dataset) { hash, line in
            guard let twin = lines[hash] else { return }
            count += 1
            if example == nil {
                example = Example(first: "\(left.file):\(twin)", second: "\(right.file):\(line)")
            }
        }
        self.init(first: first, second: second, count: count, total: right.count, example: example)
    }

    /// Calls `body` with a hash of each example's text, of 64 bits, and its line.
    private static func forEach(
        _ split: DatasetDescription.Split, _ binding: TaskBinding, _ dataset: any Dataset,
        _ body: (_ hash: Int, _ line: UInt64) -> Void
    ) throws {
        for first in stride(from: 0, to: split.count, by: blockLength) {
            let examples = try dataset.examples(
                of: split.name, first..<min(first + blockLength, split.count))
            for index in 0..<examples.count {
                var hasher = Hasher()
                for column in binding.columns {
                    examples.columns[column].hashWords(of: index, into: &hasher)
                }
                body(hasher.finalize(), examples.lines[index])
            }
        }
    }
}

extension TextColumn {
    /// Feeds the words of a text to a hasher, one space after each.
    fileprivate func hashWords(of index: Int, into hasher: inout Hasher) {
        var isInWord = false
        for byte in bytes[Int(offsets[index])..<Int(offsets[index + 1])] {
            let isSpace = byte == 0x20 || (0x09...0x0D).contains(byte)
            if !isSpace { hasher.combine(byte) } else if isInWord { hasher.combine(UInt8(ascii: " ")) }
            isInWord = !isSpace
        }
        if isInWord { hasher.combine(UInt8(ascii: " ")) }
        hasher.combine(UInt8(ascii: "\n"))
    }
}
