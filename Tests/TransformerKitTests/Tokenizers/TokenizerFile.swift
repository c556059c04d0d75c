import Foundation
import SondeJSON
import TestSupport
import TransformerKit

/// A `tokenizer.json` that a test changes before it is read.
struct TokenizerFile {
    private(set) var root: JSONValue

    /// The fixtures' tokenizer: BLOOM's pre-tokenizer and added tokens of every kind.
    static func fixture() throws -> TokenizerFile {
        let folder = FixtureFiles.path("tokenizers/fixture")
        return TokenizerFile(
            root: try JSONValue(parsing: String(contentsOfFile: folder + "/tokenizer.json", encoding: .utf8)))
    }

    /// Byte-level pieces without a pre-tokenizer that splits.
    init(pieces: [String], merges: [JSONValue], options: JSONObject = [:]) {
        let vocabulary = pieces.enumerated().map { ($0.element, JSONValue.integer(Int64($0.offset))) }
        var model: JSONObject = [
            "type": "BPE", "vocab": .object(JSONObject(vocabulary)), "merges": .array(merges),
        ]
        for (key, value) in options { model[key] = value }
        root = [
            "pre_tokenizer": ["type": "ByteLevel", "add_prefix_space": false, "use_regex": false],
            "decoder": ["type": "ByteLevel"], "model": .object(model),
        ]
    }

    /// A model with some other components, by their names in the file.
    init(parts: JSONObject, model: JSONValue) {
        var root = parts
        root["model"] = model
        self.root = .object(root)
    }

    /// A tokenizer that makes one unknown token of every part into which an expression divides a text.
    static func countingParts(pattern: String) throws -> TokenizerFile {
        TokenizerFile(pieces: ["<?>"], merges: [], options: ["unk_token": "<?>", "fuse_unk": true])
            .setting("pre_tokenizer", to: try fixture().root["pre_tokenizer"])
            .setting("pre_tokenizer.pretokenizers.0.pattern.Regex", to: .string(pattern))
    }

    private init(root: JSONValue) { self.root = root }

    /// The file with another value at a path such as `model.vocab.the` or `added_tokens.0.id`; nil takes a member out.
    func setting(_ path: String, to value: JSONValue?) -> TokenizerFile {
        TokenizerFile(
            root: Self.setting(path.split(separator: ".").map(String.init)[...], of: root, to: value) ?? nil)
    }

    private static func setting(_ path: ArraySlice<String>, of value: JSONValue, to new: JSONValue?)
        -> JSONValue?
    {
        guard let key = path.first else { return new }
        switch value {
        case .object(var members):
            members[key] = setting(path.dropFirst(), of: members[key] ?? [:], to: new)
            return .object(members)
        case .array(var elements):
            guard let index = Int(key), let element = setting(path.dropFirst(), of: elements[index], to: new)
            else {
                return value
            }
            elements[index] = element
            return .array(elements)
        default: return value
        }
    }

    /// Reads the file.
    func read() throws -> Tokenizer {
        let folder = try TemporaryFolder()
        return try Tokenizer(file: folder.write(root.text(), to: "tokenizer.json"))
    }
}
