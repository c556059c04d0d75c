import SondeJSON

extension JSONValue {
    /// A string itself, a number or boolean as it is written in JSON; `nil` for null, arrays and objects.
    var scalarText: String? {
        switch self {
        case .string(let text): text
        case .integer, .number, .boolean: text()
        case .null, .array, .object: nil
        }
    }
}

extension JSONObject {
    /// The scalar members, those of nested objects under `outer.inner`, in the order in which they are written.
    func scalarFields(prefix: String = "") -> [(name: String, value: JSONValue)] {
        flatMap { key, value in
            if let inner = value.objectValue { return inner.scalarFields(prefix: "\(prefix)\(key).") }
            return value.scalarText == nil ? [] : [(name: prefix + key, value: value)]
        }
    }

    /// The scalar at `outer.inner`, where a key may itself hold dots.
    func scalar(at path: Substring) -> JSONValue? {
        if let value = self[String(path)], value.scalarText != nil { return value }
        var dot = path.firstIndex(of: ".")
        while let place = dot {
            let rest = path[path.index(after: place)...]
            if let value = self[String(path[..<place])]?.objectValue?.scalar(at: rest) { return value }
            dot = rest.firstIndex(of: ".")
        }
        return nil
    }
}
