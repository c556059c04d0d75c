import Foundation

/// Shows how a run goes on: one line that is drawn again on a terminal, a line for each cell elsewhere.
public final class RunProgress {
    private let style: OutputStyle
    private let write: (String) -> Void
    private var position = ""
    private var bar: TuningProgressBar?

    /// A display; `write` receives text that is to be written at once.
    public init(style: OutputStyle, write: @escaping (String) -> Void) {
        self.style = style
        self.write = write
    }

    /// Shows an event.
    public func show(_ event: RunEvent) {
        switch event {
        case .began(let cell, let position, let count):
            self.position = "[\(position)/\(count)]"
            bar = cell.kind == .tune ? TuningProgressBar(title: title(cell), style: style, write: write) : nil
            draw(title(cell))
        case .trying(let title, let position, let count):
            let line = "[\(position)/\(count)] trying \(title)"
            if style == .plain { writeLine(line) } else { draw(line) }
        case .progress(let cell, let fraction, let activity):
            draw("\(title(cell))  \(Int(100 * fraction)) %  \(activity)")
        case .tuning(_, let event): bar?.show(event)
        case .warning(let sentence): writeLine("sonde: warning: \(sentence)")
        case .finished(let cell, let seconds):
            // On a terminal only what takes a while is worth a line of its own.
            if style == .plain || cell.kind == .tune || cell.kind == .measure {
                writeLine("\(title(cell))  done in \(Self.time(seconds))")
            } else {
                clear()
            }
        case .failed(let failure):
            let log = failure.log.map { " Log: \($0)" } ?? ""
            writeLine("sonde: \(failure.title) failed: \(failure.reason)\(log)")
        }
    }

    /// Removes what will be drawn again, so that other text can follow.
    public func finish() { clear() }

    private func title(_ cell: Cell) -> String { "\(position) \(cell.title)" }

    private func draw(_ line: String) {
        guard case .terminal(let columns, _) = style else { return }
        write("\r\(line.prefix(columns - 1))\u{1B}[K")
    }

    private func clear() {
        if case .terminal = style { write("\r\u{1B}[K") }
    }

    private func writeLine(_ line: String) {
        clear()
        write(line + "\n")
    }

    private static func time(_ seconds: Double) -> String { String(format: "%.1f s", seconds) }
}
