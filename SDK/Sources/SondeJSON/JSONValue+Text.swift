extension JSONValue {
    /// The value as JSON: the same text for the same value, keys in their order, numbers in the fewest digits that read
    /// back to the same double.
    ///
    /// A number that is not finite has no form in JSON and is written as `null`.
    ///
    /// - Parameter indented: one element a line with two spaces a level, instead of no space at all.
    public func text(indented: Bool = false) -> String {
        var writer = JSONWriter(isIndented: indented)
        writer.write(self)
        return writer.text
    }
}

extension JSONValue: CustomStringConvertible {
    /// The value as JSON on one line.
    public var description: String { text() }
}

/// Writes JSON values as text.
private struct JSONWriter {
    let isIndented: Bool
    private var bytes: [UInt8] = []
    private var depth = 0

    init(isIndented: Bool) { self.isIndented = isIndented }

    var text: String { String(decoding: bytes, as: UTF8.self) }

    mutating func write(_ value: JSONValue) {
        switch value {
        case .null: append("null")
        case .boolean(let value): append(value ? "true" : "false")
        case .integer(let value): append(String(value))
        case .number(let value): append(value.isFinite ? String(value) : "null")
        case .string(let value): write(string: value)
        case .array(let elements): write(elements, between: "[", "]") { $0.write($1) }
        case .object(let members):
            write(members, between: "{", "}") { writer, member in
                writer.write(string: member.key)
                writer.append(writer.isIndented ? ": " : ":")
                writer.write(member.value)
            }
        }
    }

    private mutating func write<Items: Collection>(
        _ items: Items, between opening: String, _ closing: String,
        writing writeItem: (inout JSONWriter, Items.Element) -> Void
    ) {
        append(opening)
        depth += 1
        var isFirst = true
        for item in items {
            if !isFirst { append(",") }
            isFirst = false
            breakLine()
            writeItem(&self, item)
        }
        depth -= 1
        if !items.isEmpty { breakLine() }
        append(closing)
    }

    private mutating func breakLine() {
        guard isIndented else { return }
        append("\n" + String(repeating: "  ", count: depth))
    }

    private mutating func write(string: String) {
        append("\"")
        for byte in string.utf8 {
            if let escape = JSONEscape.text(of: byte) { append(escape) } else { bytes.append(byte) }
        }
        append("\"")
    }

    private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }
}
