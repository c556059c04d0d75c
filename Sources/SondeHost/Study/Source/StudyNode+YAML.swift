import SondeJSON
import Yams

extension StudyNode {
    /// Most values of a study, so that references to references cannot fill the memory.
    private static let largestCount = 100_000

    /// Reads YAML.
    /// - Parameter file: the file's name for messages.
    /// - Throws: ``HostError`` with the place of what is no YAML, and of a key that stands twice in one map.
    init(yaml: String, file: String) throws(HostError) {
        let root: Node?
        do {
            root = try Parser(yaml: yaml).singleRoot()
        } catch let error as YamlError {
            throw Self.problem(error, file: file)
        } catch {
            throw .data("\(file): the study cannot be read: \(error)")
        }
        guard let root else { throw .data("\(file): the study is empty") }
        var reader = NodeReader(file: file, left: Self.largestCount)
        self = try reader.read(root)
    }

    private static func problem(_ error: YamlError, file: String) -> HostError {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            StudyPlace(file: file, line: mark.line, column: mark.column).error("this is no YAML: \(problem)")
        case .duplicatedKeysInMapping(let names, let context):
            StudyPlace(file: file, line: context.mark.line, column: context.mark.column).error(
                "the key '\(names.first ?? "")' stands twice in one map")
        case .reader(let problem, _, _, _): .data("\(file): this is no YAML: \(problem)")
        default: .data("\(file): the study cannot be read: \(error)")
        }
    }
}

/// Turns Yams's nodes into the study's.
private struct NodeReader {
    let file: String
    var left: Int

    mutating func read(_ node: Node) throws(HostError) -> StudyNode {
        let place = place(node.mark)
        left -= 1
        guard left > 0 else { throw place.error("the study has too many values") }
        switch node {
        case .scalar(let scalar): return StudyNode(content: .scalar(value(scalar)), place: place)
        case .sequence(let sequence):
            var elements: [StudyNode] = []
            for element in sequence { elements.append(try read(element)) }
            return StudyNode(content: .list(elements), place: place)
        case .mapping(let mapping):
            var entries: [StudyNode.Entry] = []
            for (key, value) in mapping {
                guard case .scalar(let name) = key else {
                    throw self.place(key.mark).error("a key must be a plain word")
                }
                entries.append(
                    StudyNode.Entry(
                        name: name.string, place: self.place(key.mark), value: try read(value)))
            }
            return StudyNode(content: .map(entries), place: place)
        case .alias: throw place.error("this refers to nothing")
        }
    }

    private func place(_ mark: Mark?) -> StudyPlace {
        StudyPlace(file: file, line: mark?.line ?? 1, column: mark?.column ?? 1)
    }

    /// A scalar by the core schema of YAML 1.2, so that `yes`, `no` and `on` are words.
    private func value(_ scalar: Node.Scalar) -> JSONValue {
        guard scalar.style == .plain || scalar.style == .any else { return .string(scalar.string) }
        switch scalar.string {
        case "", "~", "null", "Null", "NULL": return .null
        case "true", "True", "TRUE": return .boolean(true)
        case "false", "False", "FALSE": return .boolean(false)
        case let text:
            if text.wholeMatch(of: /[-+]?[0-9]+/) != nil, let number = Int64(text) { return .integer(number) }
            if text.wholeMatch(of: /[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?/) != nil,
                let number = Double(text), number.isFinite
            {
                return .number(number)
            }
            return .string(text)
        }
    }
}
