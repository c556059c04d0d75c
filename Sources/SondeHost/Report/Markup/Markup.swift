/// A tree of elements and texts that is written as HTML or SVG.
///
/// Everything a report shows passes through here, so that escaping is done in one place: no text can open an element,
/// end an attribute or hold a character that XML forbids. The result is well-formed XML and valid HTML at once.
indirect enum Markup: Sendable {
    /// An element with its attributes, in order.
    case element(String, [Attribute], [Markup])
    /// A text.
    case text(String)

    /// An attribute.
    struct Attribute: Sendable {
        let name: String
        let value: String

        init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// An element; attributes whose value is `nil` are left out.
    static func element(
        _ name: String, _ attributes: KeyValuePairs<String, String?> = [:], _ children: [Markup] = []
    ) -> Markup {
        .element(name, attributes.compactMap { pair in pair.value.map { Attribute(pair.key, $0) } }, children)
    }

    /// An element that holds a text.
    static func element(
        _ name: String, _ attributes: KeyValuePairs<String, String?> = [:], text: String
    ) -> Markup {
        element(name, attributes, [.text(text)])
    }

    /// The tree as text.
    func rendered() -> String {
        var output = ""
        write(to: &output)
        return output
    }

    private func write(to output: inout String) {
        switch self {
        case .text(let text):
            output += Self.escaped(text)
        case .element(let name, let attributes, let children):
            output += "<\(name)"
            for attribute in attributes {
                output += " \(attribute.name)=\"\(Self.escaped(attribute.value))\""
            }
            guard !children.isEmpty || !Self.childless.contains(name) else {
                output += "/>"
                return
            }
            output += ">"
            for child in children {
                child.write(to: &output)
                if Self.spacious.contains(name) { output += "\n" }
            }
            output += "</\(name)>"
        }
    }

    private static func escaped(_ text: String) -> String {
        var output = ""
        for character in VisibleText.block(text).unicodeScalars {
            switch character {
            case "&": output += "&amp;"
            case "<": output += "&lt;"
            case ">": output += "&gt;"
            case "\"": output += "&quot;"
            default: output.unicodeScalars.append(character)
            }
        }
        return output
    }

    /// Elements that HTML knows to be empty, and SVG's shapes; all others keep their end tag.
    private static let childless: Set<String> = [
        "meta", "br", "rect", "line", "path", "circle", "polygon", "polyline",
    ]
    /// Elements whose children each end a line, so that the file can be read and compared.
    private static let spacious: Set<String> = [
        "html", "head", "body", "svg", "g", "section", "table", "tbody", "thead", "ol", "ul", "dl", "figure",
    ]
}
