extension JSONValue: Codable {
    /// Takes the value from any decoder.
    ///
    /// - Throws: `DecodingError` for a value that has no form in JSON.
    public init(from decoder: any Decoder) throws {
        if let members = try? decoder.container(keyedBy: JSONKey.self) {
            self = .object(try JSONObject(decodingMembersOf: members))
        } else if var elements = try? decoder.unkeyedContainer() {
            var values: [JSONValue] = []
            while !elements.isAtEnd { values.append(try elements.decode(JSONValue.self)) }
            self = .array(values)
        } else {
            self = try JSONValue(decodingScalarOf: decoder.singleValueContainer())
        }
    }

    private init(decodingScalarOf container: any SingleValueDecodingContainer) throws {
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .boolean(value)
        } else if let value = try? container.decode(Int64.self) {
            self = .integer(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else {
            self = .string(try container.decode(String.self))
        }
    }

    /// Gives the value to any encoder.
    public func encode(to encoder: any Encoder) throws {
        switch self {
        case .object(let object): try object.encode(to: encoder)
        case .array(let elements):
            var container = encoder.unkeyedContainer()
            for element in elements { try container.encode(element) }
        case .null:
            var container = encoder.singleValueContainer()
            try container.encodeNil()
        case .boolean(let value): try value.encode(to: encoder)
        case .integer(let value): try value.encode(to: encoder)
        case .number(let value): try value.encode(to: encoder)
        case .string(let value): try value.encode(to: encoder)
        }
    }
}

extension JSONObject: Codable {
    /// Takes the members from any decoder, in the order in which it names them.
    ///
    /// - Throws: `DecodingError` if the value is no object.
    public init(from decoder: any Decoder) throws {
        try self.init(decodingMembersOf: decoder.container(keyedBy: JSONKey.self))
    }

    fileprivate init(decodingMembersOf container: KeyedDecodingContainer<JSONKey>) throws {
        self.init()
        for key in container.allKeys {
            self[key.stringValue] = try container.decode(JSONValue.self, forKey: key)
        }
    }

    /// Gives the members to any encoder.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: JSONKey.self)
        for member in self { try container.encode(member.value, forKey: JSONKey(member.key)) }
    }
}

/// A key of a JSON object, known only when it is read.
private struct JSONKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(_ text: String) { stringValue = text }
    init?(stringValue: String) { self.init(stringValue) }
    init?(intValue: Int) { nil }
}
