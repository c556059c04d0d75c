/// A text with places for the fields of an example: `{premise} question: {hypothesis} answer:`.
///
/// `{{` and `}}` stand for braces. Everything else is taken verbatim, spaces included.
public struct Template: Sendable, Hashable {
    /// A part of a template.
    enum Piece: Sendable, Hashable {
        /// Text that stands in every example.
        case literal(String)
        /// The place of a field, as an index into ``Template/fields``.
        case field(Int)
    }

    /// The template as it was written.
    public let source: String
    /// The fields that it names, each once, in the order of their first places.
    public let fields: [String]
    let pieces: [Piece]

    /// Reads a template.
    /// - Throws: ``TemplateProblem`` with the place of the first brace that is wrong.
    public init(_ source: String) throws(TemplateProblem) {
        var reader = TemplateReader(source)
        try reader.readAll()
        self.source = source
        fields = reader.fields
        pieces = reader.pieces
    }

    /// The template with these values in the places of its ``fields``.
    public func text(_ values: [String]) -> String {
        precondition(values.count == fields.count)
        return pieces.reduce(into: "") { text, piece in
            switch piece {
            case .literal(let literal): text += literal
            case .field(let index): text += values[index]
            }
        }
    }
}

/// What is wrong with a template; columns count characters from 1.
public enum TemplateProblem: Error, Sendable, Hashable, CustomStringConvertible {
    /// A `{` that is never closed.
    case unclosed(column: Int)
    /// A `}` that closes nothing.
    case stray(column: Int)
    /// Braces without a name between them.
    case nameless(column: Int)

    /// One clause.
    public var description: String {
        switch self {
        case .unclosed(let column): "the '{' at character \(column) is never closed; '{{' stands for a brace"
        case .stray(let column): "the '}' at character \(column) closes nothing; '}}' stands for a brace"
        case .nameless(let column): "the braces at character \(column) name no field"
        }
    }
}

/// Splits a template into its pieces.
private struct TemplateReader {
    private let characters: [Character]
    private var position = 0
    private var literal = ""
    private(set) var pieces: [Template.Piece] = []
    private(set) var fields: [String] = []

    init(_ source: String) {
        characters = Array(source)
    }

    mutating func readAll() throws(TemplateProblem) {
        while position < characters.count {
            let character = characters[position]
            let isDoubled = position + 1 < characters.count && characters[position + 1] == character
            switch character {
            case "{" where isDoubled, "}" where isDoubled:
                literal.append(character)
                position += 2
            case "{": try readField()
            case "}": throw .stray(column: position + 1)
            default:
                literal.append(character)
                position += 1
            }
        }
        endLiteral()
    }

    private mutating func readField() throws(TemplateProblem) {
        guard let end = characters[position...].firstIndex(of: "}") else {
            throw .unclosed(column: position + 1)
        }
        let name = String(characters[(position + 1)..<end])
        guard !name.isEmpty else { throw .nameless(column: position + 1) }
        guard !name.contains("{") else { throw .unclosed(column: position + 1) }
        endLiteral()
        if !fields.contains(name) { fields.append(name) }
        pieces.append(.field(fields.firstIndex(of: name) ?? 0))
        position = end + 1
    }

    private mutating func endLiteral() {
        if !literal.isEmpty { pieces.append(.literal(literal)) }
        literal = ""
    }
}
