/// Emphasis by the terminal's escape sequences (ECMA-48), or none.
struct Paint: Sendable {
    let isOn: Bool

    func bold(_ text: String) -> String { painted("1", text) }
    func faint(_ text: String) -> String { painted("2", text) }
    /// Rows of a soft prompt: magenta.
    func prompt(_ text: String) -> String { painted("35", text) }
    /// What was cut away: red, struck through.
    func cut(_ text: String) -> String { painted("9;31", text) }
    /// What is scored: green, reversed.
    func scored(_ text: String) -> String { painted("7;32", text) }

    private func painted(_ code: String, _ text: String) -> String {
        isOn ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
}
