import SondeJSON
import SondeSDK

/// What PEFT has no field for, as texts in the metadata of the tensor's file.
///
///     sonde.initialisation       text, vocabulary, noise or unknown; tells that Sonde wrote the file
///     sonde.initial_text         the text
///     sonde.initial_tokens       [3, 14, 15]
///     sonde.placement            a placement of the model's card
///     sonde.live_rows            [true, true, false]
///     sonde.provenance.NAME      anything
struct PromptMetadata {
    private static let prefix = "sonde."
    private static let provenancePrefix = "sonde.provenance."
    private static let unknown = "unknown"
    /// PEFT and transformers refuse a file that does not say which library's tensors it holds.
    private static let format = ["format": "pt"]

    let texts: [String: String]

    /// The metadata of a file.
    init(_ texts: [String: String]) {
        self.texts = texts
    }

    /// The metadata of a prompt to write.
    init(of prompt: StoredPrompt) {
        var texts = Self.format
        texts["sonde.initialisation"] = prompt.initialisation?.rawValue ?? Self.unknown
        texts["sonde.initial_text"] = prompt.initialText
        texts["sonde.initial_tokens"] = prompt.initialTokens.map { tokens in
            JSONValue.array(tokens.map { .integer(Int64($0)) }).text()
        }
        texts["sonde.placement"] = prompt.placement
        texts["sonde.live_rows"] = prompt.liveRows.map { rows in
            JSONValue.array(rows.map { .boolean($0) }).text()
        }
        for (name, text) in prompt.provenance { texts[Self.provenancePrefix + name] = text }
        self.texts = texts
    }

    /// Whether Sonde wrote the file.
    var isOwn: Bool { texts["sonde.initialisation"] != nil }

    var placement: String? { texts["sonde.placement"] }

    var initialText: String? { texts["sonde.initial_text"] }

    var provenance: [String: String] {
        var provenance: [String: String] = [:]
        for (key, text) in texts where key.hasPrefix(Self.provenancePrefix) {
            provenance[String(key.dropFirst(Self.provenancePrefix.count))] = text
        }
        return provenance
    }

    /// - Throws: ``HostError``, half a sentence that names the key.
    func initialisation() throws(HostError) -> TuningRecipe.Initialisation? {
        guard let text = texts["sonde.initialisation"], text != Self.unknown else { return nil }
        guard let initialisation = TuningRecipe.Initialisation(rawValue: text) else {
            throw .data("'sonde.initialisation' of the metadata is '\(text)', which is no known way")
        }
        return initialisation
    }

    /// - Throws: ``HostError``, half a sentence that names the key.
    func liveRows() throws(HostError) -> [Bool]? { try list("sonde.live_rows", of: "truth values") }

    /// - Throws: ``HostError``, half a sentence that names the key.
    func initialTokens() throws(HostError) -> [Int32]? { try list("sonde.initial_tokens", of: "token ids") }

    private func list<Element: Decodable>(
        _ key: String, of elements: String
    ) throws(HostError) -> [Element]? {
        guard let text = texts[key] else { return nil }
        do {
            return try JSONValue(parsing: text).decoded(as: [Element].self)
        } catch {
            throw .data("'\(key)' of the metadata is '\(text)', not a list of \(elements)")
        }
    }
}
