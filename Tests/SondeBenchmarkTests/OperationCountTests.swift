import SondeBenchmark
import SondeSDK
import Testing

@Suite("The operation counter")
struct OperationCountTests {
    private let model = ModelShape(layers: 2, width: 8, heads: 2, feedForwardWidth: 32, vocabulary: 50)

    private func batch(_ rows: [(text: Int, candidates: [[Int32]])]) -> Rows {
        var batch = Rows()
        for row in rows {
            batch.append(text: Array(repeating: 1, count: row.text), candidates: row.candidates, label: 0)
        }
        return batch
    }

    @Test("counts a common beginning of candidates once and never reads their last token")
    func prefixes() {
        let rows = batch([(text: 3, candidates: [[5, 6, 7], [5, 6, 8], [5, 9], [4]])])
        let shape = BatchShape(rows, promptRows: 2, isPromptKnown: false, scoresLabelsOnly: false)
        // Scored after the text, after 5 and after 5 6; read are prompt, text, 5 and 6.
        #expect(shape.scoredRows == 3)
        #expect(shape.rows == 2 + 3 + 2)
    }

    @Test("counts only the right candidate where only that is scored")
    func labels() {
        let rows = batch([(text: 3, candidates: [[5, 6], [7, 8, 9]])])
        let shape = BatchShape(rows, promptRows: 2, isPromptKnown: true, scoresLabelsOnly: true)
        #expect(shape.scoredRows == 2)
        #expect(shape.rows == 3 + 1)
    }

    @Test("counts every product of a forward pass, worked out by hand")
    func forward() {
        let rows = batch([(text: 3, candidates: [[5]])])
        let shape = BatchShape(rows, promptRows: 2, isPromptKnown: false, scoresLabelsOnly: true)
        let operations = PassOperations(model, shape, withGradient: false)
        // First layer, 5 rows: 3·8² + 8² + 2·8·32 weights; 15 visible pairs, two products of 8 columns.
        let first = 2 * 5 * (4 * 64 + 512) + 2 * 2 * 15 * 8
        // Last layer: keys and values of 5 rows, the rest of the one scored row, which sees 5.
        let last = 2 * 5 * 128 + 2 * (2 * 64 + 512) + 2 * 2 * 5 * 8
        let vocabulary = 2 * 8 * 50
        #expect(operations.useful == Double(first + last + vocabulary))
        #expect(operations.backward.isEmpty)
    }

    @Test(
        "counts one more product for each weight on the way back, and in the first layer the prompt's rows alone"
    )
    func backward() {
        let rows = batch([(text: 3, candidates: [[5]])])
        let shape = BatchShape(rows, promptRows: 2, isPromptKnown: false, scoresLabelsOnly: true)
        let operations = PassOperations(model, shape, withGradient: true)
        let last = 2 * 5 * 128 + 2 * (2 * 64 + 512) + 4 * 2 * 5 * 8
        // Below the first layer's attention only the prompt's 2 rows; its keys are seen 3 + 3 · 2 times, its queries see 3.
        let first = 2 * 5 * (64 + 512) + 2 * 2 * 192 + 3 * 2 * 9 * 8 + 2 * 3 * 8
        #expect(operations.backward.map(\.usefulOperations).reduce(0, +) == Double(last + first))
        // The vocabulary's stands with the way there.
        let vocabulary = 2 * 8 * 50
        let forward = PassOperations(model, shape, withGradient: false)
        #expect(operations.useful == forward.useful + Double(vocabulary + last + first))
    }

    @Test("counts the texts once for each of several prompts")
    func severalPrompts() {
        let rows = batch([(text: 3, candidates: [[5, 6], [7]])])
        func useful(prompts: Int) -> Double {
            let shape = BatchShape(
                rows, promptRows: 4, isPromptKnown: true, scoresLabelsOnly: false, runs: prompts)
            return PassOperations(model, shape, withGradient: false).useful
        }
        #expect(useful(prompts: 3) == 3 * useful(prompts: 1))
    }

    @Test("counts nothing for a prompt that is known, except that texts see it")
    func knownPrompt() {
        let rows = batch([(text: 1, candidates: [[5]])])
        let shape = BatchShape(rows, promptRows: 4, isPromptKnown: true, scoresLabelsOnly: false)
        let operations = PassOperations(model, shape, withGradient: false)
        let pairs = 5
        let layer = 2 * (4 * 64 + 512) + 2 * 2 * pairs * 8
        #expect(shape.rows == 1)
        #expect(operations.useful == Double(2 * layer + 2 * 8 * 50))
    }

    @Test(
        "counts prompt rows in every sequence of a masked model, and one scored row of each, worked out by hand"
    )
    func masked() {
        let rows = batch([(text: 3, candidates: [[5], [6]]), (text: 1, candidates: [[5]])])
        var model = model
        model.family = .roberta
        let shape = BatchShape(rows, promptRows: 2, isPromptKnown: false, scoresLabelsOnly: false)
        let forward = PassOperations(model, shape, withGradient: false)
        // Sequences of 5 and 3 rows, which all see each other.
        let first = 2 * 8 * (4 * 64 + 512) + 2 * 2 * (25 + 9) * 8
        let last = 2 * 8 * 128 + 2 * 2 * (2 * 64 + 512) + 2 * 2 * (5 + 3) * 8
        let head = 2 * 2 * (64 + 8 * 50)
        #expect(forward.useful == Double(first + last + head))
        let back = PassOperations(model, shape, withGradient: true).backward
        // Keys and values of 2 prompt rows, seen by 5 and 3; queries of 2, which see 5 and 3; both gradients of probabilities.
        let pairs = (3 * 10 + 2 * 3 + 10) + (3 * 6 + 2 * 1 + 6)
        let firstBack = 2 * 8 * (64 + 512) + 2 * pairs * 8 + 2 * 2 * 192
        let lastBack = 2 * 8 * 128 + 2 * 2 * (2 * 64 + 512) + 4 * 2 * (5 + 3) * 8
        #expect(
            back.map(\.usefulOperations).reduce(0, +) == Double(firstBack + lastBack + 2 * 2 * 64))
    }

    @Test("counts what the decoder reads of the encoder, worked out by hand")
    func encoderDecoder() {
        let rows = batch([(text: 3, candidates: [[5, 6]])])
        var model = model
        (model.family, model.layers) = (.t5, 1)
        let shape = BatchShape(rows, promptRows: 2, isPromptKnown: false, scoresLabelsOnly: true)
        let forward = PassOperations(model, shape, withGradient: false)
        // 5 rows in the encoder; start token and one more in the decoder, which see 1 and 2 of their own.
        let encoder = 2 * 5 * (4 * 64 + 512) + 2 * 2 * 25 * 8
        let decoder = 2 * 2 * (6 * 64 + 512) + 2 * 2 * 3 * 8 + 2 * 5 * 128 + 2 * 2 * 10 * 8
        #expect(forward.useful == Double(encoder + decoder + 2 * 2 * 8 * 50))
        let back = PassOperations(model, shape, withGradient: true).backward
        let decoderBack = 2 * 2 * (64 + 512) + 3 * 2 * 10 * 8 + 2 * 5 * 128
        let encoderBack = 2 * 5 * (64 + 512) + 2 * (3 * 10 + 2 * 3 + 10) * 8 + 2 * 2 * 192
        #expect(back.map(\.usefulOperations).reduce(0, +) == Double(decoderBack + encoderBack))
    }

    @Test(
        "the workload has eight texts of 45 to 105 tokens, 676 in all, and shorter ones under 100 rows for others"
    )
    func workload() {
        func lengths(_ shape: ModelShape) -> [Int] {
            let rows = Workload(shape).rows
            return (0..<rows.count).map { rows.texts.count(of: $0) }
        }
        let causal = lengths(.small)
        #expect(causal.count == 8 && causal.reduce(0, +) == 676)
        #expect(causal.min() == 45 && causal.max() == 105)
        for shape in [ModelShape.robertaBase, .t5Base] {
            #expect(lengths(shape).count == 8 && lengths(shape).reduce(0, +) == 360)
            #expect(lengths(shape).min() == 20 && lengths(shape).max() == 70)
            #expect(Workload(shape).promptRows == 100)
        }
    }

    @Test("the step at real shapes has the operations that its parameters and tokens suggest")
    func magnitude() {
        // Millions of weights in the layers, 2 operations each, there and back, for prompt and text.
        for (shape, weights, tokens) in [
            (ModelShape.bloomz560m, 302e6, 704.0), (.robertaBase, 85e6, 1160), (.t5Base, 85e6 + 14e6, 1160),
        ] {
            let workload = Workload(shape)
            let batch = BatchShape(
                workload.rows, promptRows: workload.promptRows, isPromptKnown: false, scoresLabelsOnly: true)
            let useful = PassOperations(shape, batch, withGradient: true).useful
            #expect((0.9...1.1).contains(useful / (4 * weights * tokens)), "\(shape.family)")
        }
    }
}
