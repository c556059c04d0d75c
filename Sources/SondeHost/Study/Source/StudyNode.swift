import SondeJSON

/// A value of a study file that knows where it stands.
struct StudyNode: Sendable {
    /// A key of a map and its value.
    struct Entry: Sendable {
        let name: String
        let place: StudyPlace
        let value: StudyNode
    }

    /// What a value may be.
    enum Content: Sendable {
        /// A text, a number, a boolean or nothing.
        case scalar(JSONValue)
        case list([StudyNode])
        case map([Entry])
    }

    let content: Content
    let place: StudyPlace

    /// The value without its places.
    var json: JSONValue {
        switch content {
        case .scalar(let value): value
        case .list(let elements): .array(elements.map(\.json))
        case .map(let entries): .object(JSONObject(entries.map { ($0.name, $0.value.json) }))
        }
    }

    /// The kind of value with its article, for messages.
    var kind: String {
        switch content {
        case .scalar(.null): "nothing"
        case .scalar(.string): "a text"
        case .scalar(.boolean): "true or false"
        case .scalar: "a number"
        case .list: "a list"
        case .map: "a map"
        }
    }
}

extension StudyNode {
    /// The value of a key, or `nil` if the key is absent or this is no map.
    subscript(name: String) -> StudyNode? { entry(name)?.value }

    /// A key with its value and place.
    func entry(_ name: String) -> Entry? {
        guard case .map(let entries) = content else { return nil }
        return entries.first { $0.name == name }
    }

    /// The entries of a map.
    /// - Parameter what: how messages call this value.
    func entries(_ what: String) throws(HostError) -> [Entry] {
        guard case .map(let entries) = content else { throw mistyped(what, "names with values") }
        return entries
    }

    /// The entries of a map whose keys are all known.
    func entries(_ what: String, known: [String]) throws(HostError) -> [Entry] {
        let entries = try entries(what)
        for entry in entries where !known.contains(entry.name) {
            throw entry.place.error(
                "unknown key '\(entry.name)' of \(what)" + Self.hint(entry.name, known))
        }
        return entries
    }

    /// The elements of a list.
    func elements(_ what: String) throws(HostError) -> [StudyNode] {
        guard case .list(let elements) = content else { throw mistyped(what, "a list") }
        return elements
    }

    /// A text that is not empty.
    func text(_ what: String) throws(HostError) -> String {
        guard case .scalar(.string(let text)) = content else { throw mistyped(what, "a text") }
        guard !text.isEmpty else { throw place.error("\(what) must not be empty") }
        return text
    }

    /// A whole number.
    func integer(_ what: String) throws(HostError) -> Int {
        guard case .scalar(let value) = content, let number = value.intValue else {
            throw mistyped(what, "a whole number")
        }
        return number
    }

    /// The value of a key that must be there.
    func required(_ name: String, of what: String) throws(HostError) -> StudyNode {
        guard let value = self[name] else { throw place.error("\(what) has no '\(name)'") }
        return value
    }

    private func mistyped(_ what: String, _ expected: String) -> HostError {
        place.error("\(what) must be \(expected), not \(kind)")
    }

    /// The end of a sentence about an unknown name: the nearest known one, or all of them.
    static func hint(_ name: String, _ known: [String]) -> String {
        let hint = NearestName.hint(for: name, among: known)
        return hint.isEmpty ? "; there are \(known.joined(separator: ", "))" : hint
    }
}
