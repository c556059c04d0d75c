public import SondeJSON

/// The options of a component as a JSON Schema, and the other way round.
///
/// Of JSON Schema this is the part that options need: `type`, `enum`, `minimum`, `maximum`, `format: path`, `items`,
/// `additionalProperties`, `default`, `description`, `required`.
public struct OptionSchema: Sendable {
    /// The options in the order of their declaration.
    public let declarations: [OptionDeclaration]

    /// A schema of these options.
    public init(_ declarations: [OptionDeclaration]) {
        self.declarations = declarations
    }

    /// The schema as JSON.
    public var json: JSONValue {
        var properties = JSONObject()
        for declaration in declarations {
            var property = declaration.type.schema
            property["description"] = .string(declaration.summary)
            property["default"] = declaration.defaultValue
            properties[declaration.name] = .object(property)
        }
        let required = declarations.filter(\.isRequired).map { JSONValue.string($0.name) }
        return [
            "type": "object", "properties": .object(properties), "required": .array(required),
            "additionalProperties": false,
        ]
    }

    /// Reads a schema.
    /// - Throws: ``SondeError`` that names the property which is not understood.
    public init(json: JSONValue) throws(SondeError) {
        guard let properties = json["properties"]?.objectValue else {
            throw .invalidData("The schema of the options has no 'properties'.")
        }
        let required = Set((json["required"]?.arrayValue ?? []).compactMap(\.stringValue))
        var declarations: [OptionDeclaration] = []
        for (name, property) in properties {
            let type = try OptionDeclaration.ValueType(schema: property, of: name)
            let summary = property["description"]?.stringValue ?? ""
            if required.contains(name) {
                declarations.append(.required(name, type, summary))
            } else if let value = property["default"] {
                declarations.append(OptionDeclaration(name, type, default: value, summary))
            } else {
                declarations.append(.optional(name, type, summary))
            }
        }
        self.init(declarations)
    }
}

extension OptionDeclaration.ValueType {
    /// The type as JSON Schema.
    fileprivate var schema: JSONObject {
        switch self {
        case .string: ["type": "string"]
        case .path: ["type": "string", "format": "path"]
        case .choice(let words): ["type": "string", "enum": .array(words.map { .string($0) })]
        case .integer(let range): Self.bounded("integer", range, .min, .max) { .integer(Int64($0)) }
        case .number(let range): Self.bounded("number", range, -.infinity, .infinity) { .number($0) }
        case .boolean: ["type": "boolean"]
        case .list(let element): ["type": "array", "items": .object(element.schema)]
        case .map(let element): ["type": "object", "additionalProperties": .object(element.schema)]
        case .anything: [:]
        }
    }

    private static func bounded<Bound: Comparable>(
        _ type: String, _ range: ClosedRange<Bound>, _ lowest: Bound, _ highest: Bound,
        _ value: (Bound) -> JSONValue
    ) -> JSONObject {
        var schema: JSONObject = ["type": .string(type)]
        if range.lowerBound != lowest { schema["minimum"] = value(range.lowerBound) }
        if range.upperBound != highest { schema["maximum"] = value(range.upperBound) }
        return schema
    }

    fileprivate init(schema: JSONValue, of name: String) throws(SondeError) {
        switch schema["type"]?.stringValue {
        case "string":
            if let words = schema["enum"]?.arrayValue {
                self = .choice(words.compactMap(\.stringValue))
            } else {
                self = schema["format"]?.stringValue == "path" ? .path : .string
            }
        case "integer":
            let minimum = schema["minimum"]?.intValue ?? .min
            let maximum = schema["maximum"]?.intValue ?? .max
            guard minimum <= maximum else { throw Self.emptyRange(name) }
            self = .integer(minimum...maximum)
        case "number":
            let minimum = schema["minimum"]?.doubleValue ?? -.infinity
            let maximum = schema["maximum"]?.doubleValue ?? .infinity
            guard minimum <= maximum else { throw Self.emptyRange(name) }
            self = .number(minimum...maximum)
        case "boolean": self = .boolean
        case "array": self = .list(of: try Self(schema: schema["items"] ?? [:], of: name))
        case "object": self = .map(of: try Self(schema: schema["additionalProperties"] ?? [:], of: name))
        case nil: self = .anything
        case let type?:
            throw .invalidData(
                "The schema gives option '\(name)' the type '\(type)', which is not understood.")
        }
    }

    private static func emptyRange(_ name: String) -> SondeError {
        .invalidData("The schema gives option '\(name)' a minimum above its maximum.")
    }
}
