import Foundation
import SondeJSON
import SondeSDK

/// The contents of a `tokenizer.json`: everything in it is either understood or refused by name.
struct TokenizerFile {
    let vocabulary: Vocabulary
    let merges: MergeTable
    let unknown: BytePairEncoder.UnknownToken?
    let ignoresMerges: Bool
    let addedTokens: [AddedToken]
    let preTokenizer: PreTokenizer
    let template: TokenTemplate

    init(_ file: String) throws {
        let root = try Self.root(of: file)
        if let normalizer = try root.component("normalizer") { throw normalizer.unsupportedType() }
        guard let model = try root.component("model") else { throw root.invalid("model", "is missing") }
        let modelReader = try BytePairModelReader(model)
        var vocabulary = try modelReader.vocabulary()
        merges = try modelReader.merges(vocabulary)
        unknown = try modelReader.unknownToken(vocabulary)
        ignoresMerges = try model.boolean("ignore_merges", default: false)
        addedTokens = try root.components("added_tokens").map {
            try Self.addedToken($0, joining: &vocabulary)
        }
        self.vocabulary = vocabulary
        preTokenizer = try PreTokenizer(root.component("pre_tokenizer"), of: root)
        template = try TokenTemplate(root.component("post_processor"))
        guard let decoder = try root.component("decoder"), decoder.type == "ByteLevel" else {
            throw try root.component("decoder")?.unsupportedType()
                ?? root.unsupported("a file without 'decoder'")
        }
    }

    private static func root(of file: String) throws -> TokenizerComponent {
        guard let data = FileManager.default.contents(atPath: file) else {
            throw SondeError(.inputOutput, "\(file): there is no such file, or it cannot be read.")
        }
        do {
            guard let fields = try JSONValue(parsing: data).objectValue else {
                throw SondeError.invalidData("\(file): this is not a JSON object.")
            }
            return TokenizerComponent(file: file, path: "", fields: fields)
        } catch let error as JSONError {
            throw SondeError.invalidData("\(file): \(error).")
        }
    }

    private static func addedToken(
        _ component: TokenizerComponent, joining vocabulary: inout Vocabulary
    ) throws -> AddedToken {
        guard let content = try component.string("content") else {
            throw component.invalid("content", "is missing")
        }
        guard let id = component.fields["id"]?.intValue else {
            throw component.invalid("id", "is no whole number")
        }
        let bytes = Array(content.utf8)
        let known = vocabulary.id(of: bytes.span)
        guard known.map({ Int($0) == id }) ?? vocabulary.insertAdded(bytes.span, id: id) else {
            throw component.invalid("id", "is \(id), which belongs to another token or is out of range")
        }
        let isSpecial = try component.boolean("special", default: false)
        return AddedToken(
            id: Int32(id), content: content, stripsLeft: try component.boolean("lstrip", default: false),
            stripsRight: try component.boolean("rstrip", default: false),
            isSingleWord: try component.boolean("single_word", default: false),
            isNormalized: try component.boolean("normalized", default: !isSpecial), isSpecial: isSpecial)
    }
}

extension PreTokenizer {
    /// Reads a pre-tokenizer, which has to end with bytes.
    init(_ component: TokenizerComponent?, of root: TokenizerComponent) throws {
        guard let component else { throw root.unsupported("a file without 'pre_tokenizer'") }
        let parts = component.type == "Sequence" ? try component.components("pretokenizers") : [component]
        guard parts.last?.type == "ByteLevel" else {
            throw root.unsupported("a 'pre_tokenizer' without bytes")
        }
        steps = try parts.flatMap { try Self.steps(of: $0) }
    }

    private static func steps(of component: TokenizerComponent) throws -> [Step] {
        switch component.type {
        case "Split":
            try component.require("behavior", in: ["Isolated"])
            try component.require("invert", in: [false])
            guard let pattern = try component.component("pattern") else {
                throw component.invalid("pattern", "is missing")
            }
            let expression = try pattern.string("Regex") ?? ""
            guard let split = SplitPattern(regularExpression: expression) else {
                throw component.unsupported("the expression \(JSONValue.object(pattern.fields).text())")
            }
            return [.split(split)]
        case "ByteLevel":
            let prefix: [Step] =
                try component.boolean("add_prefix_space", default: true) ? [.prefixSpace] : []
            return prefix + (try component.boolean("use_regex", default: true) ? [.split(.gpt2)] : [])
        default: throw component.unsupportedType()
        }
    }
}

extension TokenTemplate {
    /// Reads a post-processor; those that only trim offsets add nothing.
    init(_ component: TokenizerComponent?) throws {
        self.init()
        guard let component, component.type != "ByteLevel" else { return }
        guard component.type == "TemplateProcessing" else { throw component.unsupportedType() }
        var hasText = false
        for item in try component.components("single") {
            if let name = try item.component("SpecialToken")?.string("id") {
                let ids = try Self.ids(of: name, in: component)
                if hasText { after += ids } else { before += ids }
            } else {
                hasText = true
            }
        }
    }

    private static func ids(of name: String, in component: TokenizerComponent) throws -> [Int32] {
        let token = try component.component("special_tokens")?.component(name)
        return try (token?.array("ids") ?? []).map { value in
            guard let id = value.intValue.flatMap({ Int32(exactly: $0) }) else {
                throw component.invalid("special_tokens.\(name).ids", "holds \(value.text())")
            }
            return id
        }
    }
}
