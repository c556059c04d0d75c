public import SondeJSON

/// What is wrong with one option of a study.
public enum OptionProblem: Error, Sendable, Hashable {
    /// There is no such option.
    case unknown(name: String, known: [String])
    /// A required option is absent.
    case missing(name: String)
    /// The value is of another type or out of its range.
    case mistyped(name: String, expected: String, found: String)
}

extension OptionSchema {
    /// The options with defaults filled in.
    /// - Throws: the first ``OptionProblem``.
    public func checked(_ given: JSONObject) throws(OptionProblem) -> JSONObject {
        let known = declarations.map(\.name)
        for (name, _) in given where !known.contains(name) {
            throw .unknown(name: name, known: known)
        }
        var result = JSONObject()
        for declaration in declarations {
            if let value = given[declaration.name] {
                if let expected = declaration.type.expectation(unmetBy: value) {
                    throw .mistyped(name: declaration.name, expected: expected, found: value.text())
                }
                result[declaration.name] = value
            } else if declaration.isRequired {
                throw .missing(name: declaration.name)
            } else {
                result[declaration.name] = declaration.defaultValue
            }
        }
        return result
    }
}

extension OptionDeclaration.ValueType {
    /// What was expected, or `nil` if the value fits.
    fileprivate func expectation(unmetBy value: JSONValue) -> String? {
        let fits =
            switch self {
            case .string, .path: value.stringValue != nil
            case .choice(let words): value.stringValue.map(words.contains) ?? false
            case .integer(let range): value.intValue.map(range.contains) ?? false
            case .number(let range): value.doubleValue.map(range.contains) ?? false
            case .boolean: value.boolValue != nil
            case .list(let element):
                value.arrayValue?.allSatisfy { element.expectation(unmetBy: $0) == nil } ?? false
            case .map(let element):
                value.objectValue?.allSatisfy { element.expectation(unmetBy: $0.value) == nil } ?? false
            case .anything: true
            }
        return fits ? nil : description
    }
}

extension OptionDeclaration.ValueType: CustomStringConvertible {
    /// The type as people say it: `a whole number from 1 to 10`.
    public var description: String {
        switch self {
        case .string: "a text"
        case .path: "a path"
        case .choice(let words): "one of " + words.joined(separator: ", ")
        case .integer(let range):
            "a whole number"
                + Self.bounds(
                    range.lowerBound == .min ? nil : range.lowerBound,
                    range.upperBound == .max ? nil : range.upperBound)
        case .number(let range):
            "a number"
                + Self.bounds(
                    range.lowerBound.isFinite ? range.lowerBound : nil,
                    range.upperBound.isFinite ? range.upperBound : nil)
        case .boolean: "true or false"
        case .list(let element): "a list, each \(element)"
        case .map(let element): "names, each with \(element)"
        case .anything: "anything"
        }
    }

    private static func bounds<Bound>(_ lower: Bound?, _ upper: Bound?) -> String {
        switch (lower, upper) {
        case (let lower?, let upper?): " from \(lower) to \(upper)"
        case (let lower?, nil): " of \(lower) or more"
        case (nil, let upper?): " of \(upper) or less"
        case (nil, nil): ""
        }
    }
}
