import ArgumentParser
import Foundation
import SondeHost

/// Ends the process with one sentence and the code that belongs to it.
enum Failure {
    static func exit(with error: any Error, of command: any ParsableArguments.Type) -> Never {
        if isAnswer(error, of: command) { command.exit(withError: error) }
        if isAboutArguments(error, of: command) {
            Standard.error(
                "sonde: \(command.fullMessage(for: error, columns: 100).droppingPrefix("Error: "))")
            Foundation.exit(HostError.Kind.usage.rawValue)
        }
        let failure = HostError(error)
        Standard.error("sonde: \(failure.sentence)")
        Foundation.exit(failure.exitCode)
    }

    /// Help, version and completions are answers.
    private static func isAnswer(_ error: any Error, of command: any ParsableArguments.Type) -> Bool {
        command.exitCode(for: error) == .success
    }

    private static func isAboutArguments(_ error: any Error, of command: any ParsableArguments.Type) -> Bool {
        command.exitCode(for: error) == .validationFailure
    }
}

extension String {
    fileprivate func droppingPrefix(_ prefix: String) -> String {
        hasPrefix(prefix) ? String(dropFirst(prefix.count)) : self
    }
}
