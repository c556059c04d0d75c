import Foundation
import SondeJSON
import SondeSDK

#if canImport(Glibc)
    import Glibc
#endif

/// A process that does cells: reads requests from standard input and tells events on standard output.
///
/// It keeps its models for the next cell. Whatever plugins print goes into the log of the cell.
public enum Worker {
    /// The hidden verb of the process.
    public static let verb = "cell"
    /// How long a worker whose run is gone may go on before it ends itself.
    private static let secondsToAbandon: UInt32 = 10

    /// Serves until standard input ends, then ends the process.
    public static func serve(threads: Int) -> Never {
        signal(SIGPIPE, SIG_IGN)
        var noCore = rlimit(rlim_cur: 0, rlim_max: 0)
        setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &noCore)
        let output = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 64)
        dup2(STDERR_FILENO, STDOUT_FILENO)
        let channel = EventChannel(FileHandle(fileDescriptor: output))
        let host = HostRuntime(
            threads: threads, log: { log($0, $1, to: channel) },
            progress: { channel.send(.progress($0, $1)) })
        let queue = RequestQueue(
            .standardInput, cancel: host.cancel,
            abandon: {
                sleep(secondsToAbandon)
                _exit(HostError.Kind.cancelled.rawValue)
            })
        let executor = CellExecutor(host: host, channel: channel)
        while let request = queue.next() { answer(request, executor, channel) }
        // Leaves without running what libraries may have registered for the end.
        _exit(0)
    }

    private static func answer(_ request: WorkerRequest, _ executor: CellExecutor, _ channel: EventChannel) {
        do {
            let answer = try executor.answer(request)
            channel.send(.done(answer: answer.text()))
        } catch {
            let failure = HostError(error)
            channel.send(.failed(kind: failure.kind.rawValue, sentence: failure.sentence))
        }
    }

    /// Every line goes into the cell's log; those that matter also to the run.
    private static func log(_ level: LogLevel, _ message: String, to channel: EventChannel) {
        CellLog.add("\(level): \(message)")
        if level >= .warning { channel.send(.warning(message)) }
    }
}
