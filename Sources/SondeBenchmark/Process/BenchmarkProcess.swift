import Foundation
import SondeHost
import SondeJSON

#if canImport(Glibc)
    import Glibc
#endif

/// A process of the benchmark's own executable that does one thing and answers: its memory is that of one thing alone.
///
/// The request is its second argument; the answer is what it writes to standard output, which nothing else reaches.
public final class BenchmarkProcess {
    /// The hidden verb of the process.
    public static let verb = "answer"

    /// What it is to do.
    enum Request: Codable, Sendable {
        /// Measures an operation.
        case measure(OperationKind, Setting)
        /// Loads the model and says so.
        case load(directory: String, threads: Int)
    }

    /// What it says; the answer is JSON text.
    private enum Reply: Codable {
        case done(answer: String)
        case failed(kind: HostError.Kind.RawValue, sentence: String)
    }

    private let child: ChildProcess

    /// Starts a process.
    /// - Parameter executable: a `sonde-bench`.
    init(executable: String, _ request: Request) throws {
        // Its standard input ends when this process does.
        child = try ChildProcess(
            executable: executable, arguments: [Self.verb, try JSONValue(encoding: request).text()],
            environment: ["SWIFT_BACKTRACE": "enable=no"], input: .pipe)
    }

    /// Waits for the answer.
    /// - Throws: the process's own ``HostError``, or how it ended without an answer.
    func answer<Answer: Decodable>(_ type: Answer.Type) throws -> Answer {
        let bytes = child.readOutput(limit: 64 << 20, until: .now + .seconds(3600))
        switch try? JSONValue(parsing: bytes).decoded(as: Reply.self) {
        case .done(let answer): return try JSONValue(parsing: answer).decoded(as: type)
        case .failed(let kind, let sentence):
            throw HostError(HostError.Kind(rawValue: kind) ?? .internal, sentence)
        case nil:
            let ending = child.wait(until: .now + .seconds(5))
            throw HostError.plugin(
                "The process gave no answer (\(ending?.description ?? "it still runs")).")
        }
    }
}

extension BenchmarkProcess {
    /// The process's own end: does what is asked, answers, and ends.
    public static func answer(_ request: String) -> Never {
        let output = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 64)
        dup2(STDERR_FILENO, STDOUT_FILENO)
        endWithParent()
        let reply: Reply
        do {
            reply = .done(
                answer: try answer(to: JSONValue(parsing: request).decoded(as: Request.self)).text())
        } catch {
            let failure = HostError(error)
            reply = .failed(kind: failure.kind.rawValue, sentence: failure.sentence)
        }
        let text = (try? JSONValue(encoding: reply).text()) ?? ""
        FileHandle(fileDescriptor: output).write(Data(text.utf8))
        // Leaves without running what libraries may have registered for the end.
        _exit(0)
    }

    private static func answer(to request: Request) throws -> JSONValue {
        switch request {
        case .measure(let kind, let setting):
            return try JSONValue(encoding: Measurement(of: kind, setting).run())
        case .load(let directory, let threads):
            let workbench = try Workbench(directory: directory, threads: threads)
            return try JSONValue(encoding: Loading.load(workbench))
        }
    }

    /// Should the parent be gone, the process does not outlive it.
    private static func endWithParent() {
        Thread.detachNewThread {
            var byte: UInt8 = 0
            while read(STDIN_FILENO, &byte, 1) > 0 {}
            _exit(HostError.Kind.cancelled.rawValue)
        }
    }
}
