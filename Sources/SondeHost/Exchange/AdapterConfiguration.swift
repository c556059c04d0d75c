import SondeJSON
import SondeSDK

/// The `adapter_config.json` of a prompt-tuning adapter, as PEFT 0.21 writes and reads it.
///
/// Its fields are those of `PromptTuningConfig` (peft/tuners/prompt_tuning/config.py). Fields that Sonde does not know
/// are passed over, because other versions of PEFT have others.
struct AdapterConfiguration {
    /// The version of PEFT whose fields are written.
    private static let version = "0.21.2"
    private static let type = "PROMPT_TUNING"

    let rows: Int
    let width: Int
    /// For how many stacks there are rows in the tensor's file, those of the first before those of the second.
    let stacks: Int
    let initialisation: TuningRecipe.Initialisation?
    let initialText: String?
    let baseModel: StoredPrompt.BaseModel

    init(of prompt: StoredPrompt) {
        rows = prompt.rows
        width = prompt.width
        stacks = 1
        initialisation = prompt.initialisation
        initialText = prompt.initialText
        baseModel = prompt.baseModel
    }

    /// - Throws: ``HostError``, half a sentence that names the field.
    init(_ json: JSONValue) throws(HostError) {
        let fields = try AdapterFields(json)
        let type = try fields.text("peft_type")
        guard type == Self.type else {
            throw .data(
                "field 'peft_type' is \(type.map { "'\($0)'" } ?? "missing"), and only \(Self.type) adapters hold a prompt"
            )
        }
        let submodules = try fields.count("num_transformer_submodules") ?? 1
        guard submodules <= 2 else {
            throw .data("field 'num_transformer_submodules' is \(submodules); models have one or two stacks")
        }
        stacks = submodules
        rows = try fields.requiredCount("num_virtual_tokens")
        width = try fields.requiredCount("token_dim")
        let way = try fields.text("prompt_tuning_init")
        initialisation = Self.names.first { $0.name == way }?.initialisation
        initialText = initialisation == .text ? try fields.text("prompt_tuning_init_text") : nil
        let task = try fields.text("task_type")
        baseModel = StoredPrompt.BaseModel(
            name: try fields.text("base_model_name_or_path"),
            architecture: Self.tasks.first { $0.name == task }?.architecture,
            layers: try fields.count("num_layers"), attentionHeads: try fields.count("num_attention_heads"))
    }

    /// All fields, sorted.
    var json: JSONValue {
        // PEFT refuses TEXT without a tokenizer's name and the text.
        let text = initialisation == .text && baseModel.name != nil ? initialText : nil
        let way = text == nil && initialisation == .text ? TuningRecipe.Initialisation.noise : initialisation
        return [
            "auto_mapping": nil,
            "base_model_name_or_path": .text(baseModel.name),
            "inference_mode": true,
            "modules_to_save": nil,
            "num_attention_heads": .count(baseModel.attentionHeads),
            "num_layers": .count(baseModel.layers),
            "num_transformer_submodules": 1,
            "num_virtual_tokens": .count(rows),
            "peft_type": .string(Self.type),
            "peft_version": .string(Self.version),
            "prompt_tuning_init": .string(Self.names.first { $0.initialisation == way }?.name ?? "RANDOM"),
            "prompt_tuning_init_text": .text(text),
            "revision": nil,
            "task_type": .text(Self.tasks.first { $0.architecture == baseModel.architecture }?.name),
            "token_dim": .count(width),
            "tokenizer_kwargs": nil,
            "tokenizer_name_or_path": .text(text == nil ? nil : baseModel.name),
        ]
    }

    private static let names: [(name: String, initialisation: TuningRecipe.Initialisation)] = [
        ("TEXT", .text), ("SAMPLE_VOCAB", .vocabulary), ("RANDOM", .noise),
    ]

    /// PEFT has no task type for masked models.
    private static let tasks: [(name: String, architecture: ModelCard.Architecture)] = [
        ("CAUSAL_LM", .causal), ("SEQ_2_SEQ_LM", .seq2seq),
    ]
}

/// The fields of the configuration by name; null counts as absent.
private struct AdapterFields {
    private let fields: JSONObject

    init(_ json: JSONValue) throws(HostError) {
        guard let fields = json.objectValue else { throw .data("this is not a JSON object") }
        self.fields = fields
    }

    func text(_ name: String) throws(HostError) -> String? {
        guard let value = fields[name], value != .null else { return nil }
        guard let text = value.stringValue else {
            throw .data("field '\(name)' is \(value.text()); it should be a text")
        }
        return text
    }

    func count(_ name: String) throws(HostError) -> Int? {
        guard let value = fields[name], value != .null else { return nil }
        guard let count = value.intValue, count > 0 else {
            throw .data("field '\(name)' is \(value.text()); it should be a whole number above zero")
        }
        return count
    }

    func requiredCount(_ name: String) throws(HostError) -> Int {
        guard let count = try count(name) else { throw .data("field '\(name)' is missing") }
        return count
    }
}

extension JSONValue {
    fileprivate static func text(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }

    fileprivate static func count(_ count: Int?) -> JSONValue { count.map { .integer(Int64($0)) } ?? .null }
}
