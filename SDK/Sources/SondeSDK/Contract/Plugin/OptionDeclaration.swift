public import SondeJSON

/// One option of a component: its name, type, default and a line of help.
///
/// The declarations become a JSON Schema, against which the host checks a study file before anything runs.
public struct OptionDeclaration: Sendable {
    /// What an option's value may be.
    public indirect enum ValueType: Sendable, Hashable {
        /// Any text.
        case string
        /// A file or folder; the host makes it absolute.
        case path
        /// One of the given words.
        case choice([String])
        /// A whole number in a range.
        case integer(ClosedRange<Int> = Int.min...Int.max)
        /// A number in a range.
        case number(ClosedRange<Double> = -Double.infinity...Double.infinity)
        /// Yes or no.
        case boolean
        /// A list of values of one type.
        case list(of: ValueType)
        /// Names with values of one type.
        case map(of: ValueType)
        /// Any JSON value.
        case anything
    }

    /// The key in the study file.
    public let name: String
    /// What its value may be.
    public let type: ValueType
    /// One line of help.
    public let summary: String
    /// The value where none is given; `nil` where the option is required or may be absent.
    public let defaultValue: JSONValue?
    /// Whether a study must give the option.
    public let isRequired: Bool

    /// An option with a default.
    public init(_ name: String, _ type: ValueType, default defaultValue: JSONValue, _ summary: String) {
        self.init(name: name, type: type, summary: summary, defaultValue: defaultValue, isRequired: false)
    }

    /// An option that a study must give.
    public static func required(_ name: String, _ type: ValueType, _ summary: String) -> OptionDeclaration {
        OptionDeclaration(name: name, type: type, summary: summary, defaultValue: nil, isRequired: true)
    }

    /// An option that may be absent.
    public static func optional(_ name: String, _ type: ValueType, _ summary: String) -> OptionDeclaration {
        OptionDeclaration(name: name, type: type, summary: summary, defaultValue: nil, isRequired: false)
    }

    private init(
        name: String, type: ValueType, summary: String, defaultValue: JSONValue?, isRequired: Bool
    ) {
        self.name = name
        self.type = type
        self.summary = summary
        self.defaultValue = defaultValue
        self.isRequired = isRequired
    }
}
