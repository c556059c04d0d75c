/// Why a component could not do what it was asked: a code for programs and a sentence for people.
///
/// The sentence says what is wrong, where (file, line, field) and what to do about it.
public struct SondeError: Error, Sendable, Hashable {
    /// The kind of failure; the raw values are those of `sonde_status`.
    public enum Code: Int32, Sendable, CaseIterable {
        /// The caller broke the contract.
        case invalidArgument = 1
        /// A file or a value of the user's is wrong.
        case invalidData
        /// This component cannot do it.
        case unsupported
        /// There is no such thing.
        case notFound
        /// The system refused to read or write.
        case inputOutput
        /// There is not enough memory.
        case outOfMemory
        /// The host asked to stop.
        case cancelled
        /// A result is not finite.
        case numeric
        /// A bug of the component's.
        case `internal`
    }

    /// The kind of failure.
    public var code: Code
    /// One sentence; empty if the reason was already given to the host.
    public var message: String
    /// Which plugin failed, where that is known.
    public var plugin: String?

    /// An error with its sentence.
    public init(_ code: Code, _ message: String, plugin: String? = nil) {
        self.code = code
        self.message = message
        self.plugin = plugin
    }

    /// Shorthand for ``Code/invalidData``.
    public static func invalidData(_ message: String) -> SondeError { SondeError(.invalidData, message) }

    /// Shorthand for ``Code/invalidArgument``.
    public static func invalidArgument(_ message: String) -> SondeError {
        SondeError(.invalidArgument, message)
    }

    /// Shorthand for ``Code/unsupported``.
    public static func unsupported(_ message: String) -> SondeError { SondeError(.unsupported, message) }

    /// Shorthand for ``Code/notFound``.
    public static func notFound(_ message: String) -> SondeError { SondeError(.notFound, message) }
}

extension SondeError: CustomStringConvertible {
    /// The sentence, with the plugin's id in front where it is known.
    public var description: String {
        let sentence = message.isEmpty ? "\(code)" : message
        return plugin.map { "\($0): \(sentence)" } ?? sentence
    }
}
