public import SondeSDK
import SondeStatistics

/// The texts that the benchmark reads: random tokens, in lengths such as a classification task has.
public struct Workload: Sendable {
    /// Texts with their candidates; the first is right.
    public let rows: Rows
    /// Values of the soft prompt.
    let prompt: SoftPrompt

    /// A workload for a model.
    ///
    /// A BLOOM gets texts of 45 to 105 tokens, 676 in all, with two or three candidates of two tokens, and a prompt of 20
    /// rows; the others texts of 20 to 70 tokens, 360 in all, and 100 rows as paper A has them. A T5's candidates have two
    /// tokens, and a RoBERTa's one, for the mask at the end of the text.
    public init(_ shape: ModelShape) {
        let isCausal = shape.family == .bloom
        let lengths = isCausal ? [45, 70, 81, 89, 92, 95, 99, 105] : [20, 27, 34, 42, 49, 55, 63, 70]
        var stream = RandomStream(seed: 0, name: "benchmark/rows")
        func tokens(_ count: Int) -> [Int32] {
            // Special tokens have ids of their own before the others.
            (0..<count).map { _ in Int32(RandomTokenizer.special.count + stream.integer(below: shape.words)) }
        }
        var rows = Rows()
        for (index, length) in lengths.enumerated() {
            let answer = shape.family == .roberta ? 1 : 2
            let candidates = (0..<2 + (isCausal ? index % 2 : 0)).map { _ in tokens(answer) }
            var text = tokens(length)
            if shape.family == .roberta {
                text[0] = RandomTokenizer.begin
                text[length - 2] = RandomTokenizer.mask
                text[length - 1] = RandomTokenizer.end
            }
            rows.append(text: text, candidates: candidates, label: 0)
        }
        self.rows = rows
        let promptRows = isCausal ? 20 : 100
        let values = (0..<promptRows * shape.width).map { _ in Float(0.02 * stream.normal()) }
        prompt = SoftPrompt(values: values, rows: promptRows, width: shape.width)
    }

    /// Rows of the soft prompt.
    public var promptRows: Int { prompt.rows }
}

extension ModelShape {
    /// How many tokens are no special ones.
    fileprivate var words: Int { vocabulary - RandomTokenizer.special.count }
}
