/// Comma-separated values.
enum CSVText {
    /// Lines of fields; a field with a comma, a quote, a line break or an outer space is quoted.
    static func of(_ lines: [[String]]) -> String {
        lines.map { $0.map(field).joined(separator: ",") + "\n" }.joined()
    }

    private static func field(_ text: String) -> String {
        let isPlain = text.unicodeScalars.allSatisfy { !",\"\n\r".unicodeScalars.contains($0) }
        guard !isPlain || text.hasPrefix(" ") || text.hasSuffix(" ") else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}

/// Text inside Markdown.
enum MarkdownText {
    /// The text with every character that Markdown or HTML could take for markup escaped.
    static func escaped(_ text: String) -> String {
        var output = ""
        for character in text {
            switch character {
            case "<": output += "&lt;"
            case "&": output += "&amp;"
            case "\\", "|", "`", "*", "_", "[", "]", "~", "#", "$": output += "\\\(character)"
            default: output.append(character)
            }
        }
        return output
    }
}

/// Text inside LaTeX.
enum LaTeXText {
    /// The text as a cell.
    ///
    /// A group keeps a bracket or a star from being taken for an argument of the line end before it.
    static func cell(_ text: String) -> String {
        text.hasPrefix("[") || text.hasPrefix("*") ? "{\(escaped(text))}" : escaped(text)
    }

    /// The text with LaTeX's special characters as commands.
    static func escaped(_ text: String) -> String {
        var output = ""
        for character in text {
            switch character {
            case "\\": output += "\\textbackslash{}"
            case "~": output += "\\textasciitilde{}"
            case "^": output += "\\textasciicircum{}"
            case "<": output += "\\textless{}"
            case ">": output += "\\textgreater{}"
            case "−": output += "$-$"
            case "–": output += "--"
            case "&", "%", "$", "#", "_", "{", "}": output += "\\\(character)"
            default: output.append(character)
            }
        }
        return output
    }
}
