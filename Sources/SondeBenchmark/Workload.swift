public import SondeSDK
import SondeStatistics

/// The texts that the benchmark reads: random tokens, in lengths such as a classification task has.
public struct Workload: Sendable {
    /// Tokens of each text, 676 in all.
    public static let textLengths = [45, 70, 81, 89, 92, 95, 99, 105]
    /// Rows of the soft prompt.
    public static let promptRows = 20
    /// Texts with two or three candidates of two tokens; the first is right.
    public let rows: Rows
    /// Values of the soft prompt.
    let prompt: SoftPrompt

    /// A workload for a model of this vocabulary and width.
    public init(vocabulary: Int, width: Int) {
        var stream = RandomStream(seed: 0, name: "benchmark/rows")
        func tokens(_ count: Int) -> [Int32] {
            (0..<count).map { _ in Int32(stream.integer(below: vocabulary)) }
        }
        var rows = Rows()
        for (index, length) in Self.textLengths.enumerated() {
            let candidates = (0..<2 + index % 2).map { _ in tokens(2) }
            rows.append(text: tokens(length), candidates: candidates, label: 0)
        }
        self.rows = rows
        let values = (0..<Self.promptRows * width).map { _ in Float(0.02 * stream.normal()) }
        prompt = SoftPrompt(values: values, rows: Self.promptRows, width: width)
    }
}
