import SondeSDK

/// A prompt for people: its facts, then a line for each row.
public struct PromptListing: Sendable {
    private let prompt: StoredPrompt

    /// A listing of a prompt.
    public init(_ prompt: StoredPrompt) {
        self.prompt = prompt
    }

    /// The text.
    public var text: String {
        let facts = AlignedText(facts)
        let rows = AlignedText(rows)
        return (self.facts.map(facts.line) + [""] + self.rows.map(rows.line)).joined(separator: "\n")
    }

    private var facts: [[String]] {
        let norms = (0..<prompt.rows).map(norm)
        var facts = [
            ["rows", String(prompt.rows)], ["width", String(prompt.width)],
            ["row norms", "\(Self.number(norms.min() ?? 0)) to \(Self.number(norms.max() ?? 0))"],
            ["placement", prompt.placement ?? "the model's default"],
            ["initialisation", initialisation], ["base model", baseModel],
        ]
        for (name, text) in prompt.provenance.sorted(by: { $0.key < $1.key }) {
            facts.append([VisibleText.line(name), VisibleText.line(text)])
        }
        return facts
    }

    private var initialisation: String {
        let way = prompt.initialisation?.rawValue ?? "unknown"
        return prompt.initialText.map { "\(way): \(VisibleText.line($0))" } ?? way
    }

    private var baseModel: String {
        let model = prompt.baseModel
        var facts: [String] = []
        if let architecture = model.architecture { facts.append(architecture.rawValue) }
        if let layers = model.layers { facts.append("\(layers) layers") }
        if let heads = model.attentionHeads { facts.append("\(heads) attention heads") }
        let name = model.name.map(VisibleText.line) ?? "unknown"
        return facts.isEmpty ? name : "\(name) (\(facts.joined(separator: ", ")))"
    }

    private var rows: [[String]] {
        let rows = (0..<prompt.rows).map { row in
            let isLive = prompt.liveRows.map { $0[row] ? "yes" : "no" } ?? "–"
            let token = prompt.initialTokens.map { String($0[row]) } ?? "–"
            return [String(row), Self.number(norm(of: row)), isLive, token]
        }
        return [["row", "norm", "live", "began as token"]] + rows
    }

    /// The Euclidean norm of a row.
    private func norm(of row: Int) -> Double {
        let values = prompt.values.values[(row * prompt.width)..<((row + 1) * prompt.width)]
        return values.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
    }

    private static func number(_ value: Double) -> String { NumberText.fixed(value, digits: 4) }
}
