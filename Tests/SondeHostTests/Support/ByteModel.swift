import SondeSDK
import SondeStatistics

/// A language model so small that its gradient is written by hand.
///
/// Tokens are bytes, and the logit of token v after a text is linear in the prompt,
///
///     s_v = Σ_d E[v, d] (1 + f_d) (1 + h_d)      f = mean embedding of the text      h = mean of the prompt's rows
///
/// whatever has been said of the answer so far. Token 256 ends an answer; the tokenizer does not have 257.
final class ByteModel: Model {
    static let endToken: Int32 = 256
    static let vocabulary = 258

    let width = 6
    private let table: UnsafeMutableBufferPointer<Float>
    var maximumLength: Int?
    var architecture = ModelCard.Architecture.causal
    var modelType = "bytes"
    var capabilities: [Capability] = [.gradient]
    /// Rows of a prompt that are said not to be read.
    var deadRows: Set<Int> = []
    /// How many passes there have been, and at which one the model breaks down.
    private(set) var passes = 0
    var failingPass: Int?
    /// The pass whose loss is not finite.
    var overflowingPass: Int?
    /// The largest batch so far, in tokens.
    private(set) var largestPass = 0

    init() {
        table = .allocate(capacity: Self.vocabulary * width)
        var stream = RandomStream(seed: 7, name: "embeddings")
        for index in table.indices { table[index] = Float(stream.normal()) }
    }

    deinit { table.deallocate() }

    /// Changes a weight, which no tuning of prompts may do.
    func disturb() { for index in table.indices { table[index] += 0.5 } }

    var card: ModelCard {
        ModelCard(
            architecture: architecture, modelType: modelType,
            stacks: [.init(name: "decoder", layers: 1, feedForwardWidth: 1)], width: width,
            vocabulary: Self.vocabulary, tokenCount: Self.vocabulary, maximumLength: maximumLength,
            parameters: table.count, digest: "bytes", capabilities: capabilities, placements: ["start"],
            specialTokens: ["end": Int(Self.endToken)])
    }

    func encode(_ texts: [String], as role: TextRole) -> Ragged<Int32> {
        Ragged(texts.map { $0.utf8.map { Int32($0) } + (role == .target ? [Self.endToken] : []) })
    }

    func decode(_ ids: [Int32]) -> String { String(decoding: ids.map { UInt8($0) }, as: UTF8.self) }

    func text(ofToken id: Int32) -> String? { id == 257 ? nil : "<\(id)>" }

    func embeddings(_ rows: Range<Int>) -> MatrixView {
        MatrixView(
            base: table.baseAddress.map { UnsafePointer($0) + rows.lowerBound * width }, rows: rows.count,
            width: width)
    }

    func prepare(_ prompt: SoftPrompt) -> any PreparedPrompt {
        BytePrompt(prompt.values, liveRows: (0..<prompt.rows).map { !deadRows.contains($0) })
    }

    func run(_ pass: Pass) throws -> PassResult {
        passes += 1
        if passes == failingPass { throw SondeError(.internal, "The model broke down.") }
        largestPass = max(largestPass, pass.rows.texts.values.count + pass.rows.candidates.values.count)
        let prompt = pass.prompts.first.flatMap { $0 as? BytePrompt }
        let bias = prompt?.mean(width: width) ?? Array(repeating: 0, count: width)
        var sums = ByteSums(width: width)
        for row in 0..<pass.rows.count { run(row, of: pass, bias: bias, into: &sums) }
        var result = PassResult()
        if pass.scoring != nil { result.candidateScores = [sums.scores] }
        if pass.loss != nil {
            (result.rowLosses, result.lossSums, result.lossCounts) = (
                [sums.losses], [sums.loss], [sums.count]
            )
        }
        if passes == overflowingPass { result.lossSums = [.infinity] }
        if pass.wantsPromptGradient, let prompt {
            let share = sums.slope.map { Float($0 / Double(prompt.liveRows.count)) }
            result.promptGradients = [prompt.liveRows.flatMap { _ in share }]
        }
        return result
    }

    private func run(_ row: Int, of pass: Pass, bias: [Double], into sums: inout ByteSums) {
        let text = pass.rows.texts[row]
        let features = (0..<width).map { column in
            1 + text.reduce(0) { $0 + embedding($1, column) } / Double(max(1, text.count))
        }
        let logits = (0..<Self.vocabulary).map { token in
            (0..<width).reduce(0) { $0 + embedding(Int32(token), $1) * features[$1] * (1 + bias[$1]) }
        }
        let normaliser = logarithmOfSum(logits)
        let shares = logits.map { exponential($0 - normaliser) }
        let expected = (0..<width).map { column in
            shares.indices.reduce(0) { $0 + shares[$1] * embedding(Int32($1), column) }
        }
        let candidates = pass.rows.candidateRange(of: row).map { pass.rows.candidates[$0] }
        let scores = candidates.map { $0.reduce(0) { $0 + logits[Int($1)] - normaliser } }
        /// d score / d h.
        let slopes = candidates.map { candidate in
            (0..<width).map { column in
                candidate.reduce(0) { $0 + (embedding($1, column) - expected[column]) * features[column] }
            }
        }
        sums.add(
            scores, slopes, tokens: candidates.map(\.count), label: Int(pass.rows.labels[row]),
            loss: pass.loss)
    }

    private func embedding(_ token: Int32, _ column: Int) -> Double {
        Double(table[Int(token) * width + column])
    }
}

/// A prompt of a ``ByteModel``.
final class BytePrompt: PreparedPrompt {
    private(set) var values: [Float]
    let liveRows: [Bool]

    init(_ values: [Float], liveRows: [Bool]) {
        self.values = values
        self.liveRows = liveRows
    }

    func update(_ values: [Float]) { self.values = values }

    func mean(width: Int) -> [Double] {
        (0..<width).map { column in
            stride(from: column, to: values.count, by: width).reduce(0) { $0 + Double(values[$1]) }
                / Double(liveRows.count)
        }
    }
}

/// What a pass of a ``ByteModel`` adds up.
private struct ByteSums {
    var scores: [Double] = []
    var losses: [Double] = []
    var loss = 0.0
    var count = 0
    var slope: [Double]

    init(width: Int) { slope = Array(repeating: 0, count: width) }

    mutating func add(
        _ scores: [Double], _ slopes: [[Double]], tokens: [Int], label: Int, loss kind: Pass.Loss?
    ) {
        self.scores += scores
        switch kind {
        case .language:
            loss -= scores[label]
            count += tokens[label]
            losses.append(-scores[label] / Double(tokens[label]))
            for column in slope.indices { slope[column] -= slopes[label][column] }
        case .choice:
            let normaliser = logarithmOfSum(scores)
            loss += normaliser - scores[label]
            count += 1
            losses.append(normaliser - scores[label])
            for (index, score) in scores.enumerated() {
                let residual = exponential(score - normaliser) - (index == label ? 1 : 0)
                for column in slope.indices { slope[column] += residual * slopes[index][column] }
            }
        case nil: break
        }
    }
}
