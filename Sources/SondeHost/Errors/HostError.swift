import Safetensors
import SondeSDK

/// Why the host stopped: a kind that decides the exit code, and one sentence for people.
///
/// The sentence says what is wrong, where (file, line, field) and what to do about it.
public struct HostError: Error, Sendable, Hashable {
    /// What went wrong; the raw values are the exit codes (those of `sysexits.h` where it has one).
    public enum Kind: Int32, Sendable, CaseIterable {
        /// The command line is wrong.
        case usage = 64
        /// A file or a value of the user's is wrong.
        case data = 65
        /// A plugin failed or was refused.
        case plugin = 69
        /// A bug of the host's.
        case `internal` = 70
        /// The system refused to read or write.
        case inputOutput = 74
        /// The user asked to stop.
        case cancelled = 130
    }

    /// What went wrong.
    public var kind: Kind
    /// One sentence.
    public var sentence: String

    /// An error with its sentence.
    public init(_ kind: Kind, _ sentence: String) {
        self.kind = kind
        self.sentence = sentence
    }

    /// The code that the process ends with.
    public var exitCode: Int32 { kind.rawValue }

    /// Shorthand for ``Kind/usage``.
    public static func usage(_ sentence: String) -> HostError { HostError(.usage, sentence) }

    /// Shorthand for ``Kind/data``.
    public static func data(_ sentence: String) -> HostError { HostError(.data, sentence) }

    /// Shorthand for ``Kind/plugin``.
    public static func plugin(_ sentence: String) -> HostError { HostError(.plugin, sentence) }

    /// Shorthand for ``Kind/inputOutput``.
    public static func inputOutput(_ sentence: String) -> HostError { HostError(.inputOutput, sentence) }
}

extension HostError {
    /// Any error as the host's own: a component's keeps its sentence, an unknown one is a bug of the host's.
    public init(_ error: any Error) {
        switch error {
        case let error as HostError: self = error
        case let error as SondeError: self.init(Kind(error.code), error.description)
        case let error as SafetensorsError:
            self.init(error.isInputOutput ? .inputOutput : .data, error.description)
        default: self.init(.internal, "\(error)")
        }
    }
}

extension HostError.Kind {
    /// What a component's failure means for the command.
    fileprivate init(_ code: SondeError.Code) {
        switch code {
        case .invalidArgument, .invalidData, .unsupported, .notFound: self = .data
        case .inputOutput: self = .inputOutput
        case .outOfMemory, .numeric, .internal: self = .plugin
        case .cancelled: self = .cancelled
        }
    }
}

extension HostError: CustomStringConvertible {
    /// The sentence.
    public var description: String { sentence }
}
