public import SondeSDK

/// A model whose every number can be computed by hand.
///
/// Tokens are the bytes of a text. With s = 1 + the sum of a prompt's values, the log-probability of a token t is
/// -s (1 + t mod 5) / 10, whatever stands before it. The activation of neuron j in layer l is x + l + j / 8, where x is
/// the token, or the sum of the prompt's row. What edits change altogether is subtracted, in thousandths, from scores.
public final class ArithmeticModel: Model {
    static let width = 3
    static let layers = 2
    static let neurons = 4
    private let table = UnsafeMutableBufferPointer<Float>.allocate(capacity: 256 * width)

    /// A model.
    public init() {
        for index in table.indices { table[index] = Float(index) / 16 }
    }

    deinit { table.deallocate() }

    /// What it is.
    public var card: ModelCard {
        ModelCard(
            architecture: .causal, modelType: "arithmetic",
            stacks: [ModelCard.Stack(name: "decoder", layers: Self.layers, feedForwardWidth: Self.neurons)],
            width: Self.width, vocabulary: 256, tokenCount: 250, maximumLength: 64, parameters: table.count,
            digest: "d1gest", capabilities: [.gradient, .taps, .edits, .generation], placements: ["prefix"],
            specialTokens: ["end": 10], notes: ["gate": "none"])
    }

    /// The bytes; the role `target` adds a line feed.
    public func encode(_ texts: [String], as role: TextRole) throws -> Ragged<Int32> {
        Ragged(texts.map { $0.utf8.map { Int32($0) } + (role == .target ? [10] : []) })
    }

    /// The text of the bytes.
    public func decode(_ ids: [Int32]) throws -> String {
        String(decoding: ids.map { UInt8(truncatingIfNeeded: $0) }, as: UTF8.self)
    }

    /// The number in angle brackets, below 250.
    public func text(ofToken id: Int32) throws -> String? {
        (0..<250).contains(id) ? "<\(id)>" : nil
    }

    /// Sixteenths, counted through.
    public func embeddings(_ rows: Range<Int>) throws -> MatrixView {
        guard rows.upperBound <= 256 else { throw SondeError.invalidArgument("There are 256 embeddings.") }
        let base = table.baseAddress.map { UnsafePointer($0 + rows.lowerBound * Self.width) }
        return MatrixView(base: base, rows: rows.count, width: Self.width)
    }

    /// Keeps the values.
    public func prepare(_ prompt: SoftPrompt) throws -> any PreparedPrompt {
        guard prompt.width == Self.width else {
            throw SondeError.invalidArgument(
                "A prompt of width \(prompt.width) does not fit width \(Self.width).")
        }
        guard (prompt.placement ?? "prefix") == "prefix" else {
            throw SondeError.unsupported("There is no placement '\(prompt.placement ?? "")'.")
        }
        return ArithmeticPrompt(prompt)
    }

    /// Computes what the type's comment says.
    public func run(_ pass: Pass) throws -> PassResult {
        var result = PassResult()
        for run in 0..<pass.runs {
            let prompt = pass.prompts.isEmpty ? nil : pass.prompts[run] as? ArithmeticPrompt
            try ArithmeticRun(pass: pass, index: run, prompt: prompt).add(to: &result)
        }
        return result
    }
}

/// A prompt of an ``ArithmeticModel``.
final class ArithmeticPrompt: PreparedPrompt {
    private(set) var prompt: SoftPrompt

    init(_ prompt: SoftPrompt) {
        self.prompt = prompt
    }

    var liveRows: [Bool] { prompt.liveRows ?? Array(repeating: true, count: prompt.rows) }

    func update(_ values: [Float]) throws { prompt.values = values }

    func sum(ofRow row: Int) -> Float {
        prompt.values[row * prompt.width..<(row + 1) * prompt.width].reduce(0, +)
    }
}
