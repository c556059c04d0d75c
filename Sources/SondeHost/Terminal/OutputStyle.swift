public import Foundation

/// How progress is shown where it is written to.
public enum OutputStyle: Sendable, Hashable {
    /// One line that is drawn again and again, of this many columns.
    case terminal(columns: Int, isColoured: Bool)
    /// A line for everything that is worth one: in files and pipes.
    case plain

    /// The style of a file descriptor.
    ///
    /// A terminal that cannot move its cursor (`TERM=dumb`) gets plain lines. `NO_COLOR` (no-color.org) is heeded.
    public init(descriptor: Int32, environment: [String: String] = ProcessInfo.processInfo.environment) {
        let kind = environment["TERM"] ?? "dumb"
        guard isatty(descriptor) == 1, kind != "dumb" else {
            self = .plain
            return
        }
        var size = winsize()
        let isKnown = ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
        self = .terminal(
            columns: isKnown ? Int(size.ws_col) : 80, isColoured: (environment["NO_COLOR"] ?? "").isEmpty)
    }
}
