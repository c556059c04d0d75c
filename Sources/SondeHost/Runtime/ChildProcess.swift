public import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// A process that this one has started, in a process group of its own.
///
/// Ending the group ends also what the process has started itself. It ends with this object.
public final class ChildProcess {
    /// Where one of the standard streams goes.
    public enum Stream {
        /// To the same place as this process's.
        case inherited
        /// Nowhere; reading finds the end at once.
        case discarded
        /// To this process.
        case pipe
        /// To an open file.
        case file(FileHandle)
    }

    /// How a process ended.
    public enum Ending: Sendable, Hashable {
        /// It returned or called `exit` with a code.
        case exited(Int32)
        /// A signal ended it.
        case killed(signal: Int32)
    }

    /// The process's id, which is also its group's.
    public let id: pid_t
    /// What the process reads as standard input, where that is a pipe.
    public let input: FileHandle?
    /// What the process writes to standard output, where that is a pipe.
    public let output: FileHandle?
    private var knownEnding: Ending?

    /// Starts a process.
    /// - Parameters:
    ///   - changes: variables to set; the rest of the environment is this process's.
    /// - Throws: ``HostError`` if the system refuses.
    public init(
        executable: String, arguments: [String], environment changes: [String: String] = [:],
        input: Stream = .discarded, output: Stream = .pipe, errors: Stream = .inherited
    ) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        let inputPipe = try Self.connect(input, to: STDIN_FILENO, &actions)
        let outputPipe = try Self.connect(output, to: STDOUT_FILENO, &actions)
        _ = try Self.connect(errors, to: STDERR_FILENO, &actions)
        let environment = ProcessInfo.processInfo.environment.merging(changes) { $1 }
        id = try Self.spawn(executable, arguments, environment, &actions)
        self.input = inputPipe?.fileHandleForWriting
        self.output = outputPipe?.fileHandleForReading
        try? inputPipe?.fileHandleForReading.close()
        try? outputPipe?.fileHandleForWriting.close()
    }

    deinit {
        kill()
        _ = wait(until: .now + .seconds(5))
    }

    /// Ends the process and all others of its group at once.
    public func kill() {
        if knownEnding == nil { Glibc.kill(-id, SIGKILL) }
    }

    /// How the process ended, waiting for it up to `deadline`; `nil` if it still runs then.
    public func wait(until deadline: ContinuousClock.Instant) -> Ending? {
        var pause: UInt32 = 100
        while knownEnding == nil {
            var status: Int32 = 0
            if waitpid(id, &status, WNOHANG) == id {
                knownEnding = Ending(status: status)
            } else if ContinuousClock.now >= deadline {
                return nil
            } else {
                usleep(pause)
                pause = min(2 * pause, 10_000)
            }
        }
        return knownEnding
    }

    /// What the process writes to its output until it closes it, until `limit` bytes, or until `deadline`.
    public func readOutput(limit: Int, until deadline: ContinuousClock.Instant) -> [UInt8] {
        guard let descriptor = output?.fileDescriptor else { return [] }
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 1 << 16)
        while bytes.count < limit {
            let left = ContinuousClock.now.duration(to: deadline) / .milliseconds(1)
            var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            guard left > 0, poll(&request, 1, Int32(left.rounded(.up))) > 0 else { break }
            let count = read(descriptor, &part, min(part.count, limit - bytes.count))
            guard count > 0 else { break }
            bytes += part[..<count]
        }
        return bytes
    }
}

extension ChildProcess {
    private static func connect(
        _ stream: Stream, to target: Int32, _ actions: inout posix_spawn_file_actions_t
    ) throws -> Pipe? {
        switch stream {
        case .inherited: return nil
        case .discarded:
            posix_spawn_file_actions_addopen(&actions, target, "/dev/null", O_RDWR, 0)
            return nil
        case .file(let handle):
            posix_spawn_file_actions_adddup2(&actions, handle.fileDescriptor, target)
            return nil
        case .pipe:
            let pipe = Pipe()
            let ends = (pipe.fileHandleForReading.fileDescriptor, pipe.fileHandleForWriting.fileDescriptor)
            guard ends.0 > STDERR_FILENO, ends.1 > STDERR_FILENO else {
                throw HostError.inputOutput("A process cannot be started while standard streams are closed.")
            }
            for end in [ends.0, ends.1] { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
            posix_spawn_file_actions_adddup2(&actions, target == STDIN_FILENO ? ends.0 : ends.1, target)
            return pipe
        }
    }

    private static func spawn(
        _ executable: String, _ arguments: [String], _ environment: [String: String],
        _ actions: inout posix_spawn_file_actions_t
    ) throws -> pid_t {
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
        posix_spawnattr_setflags(&attributes, Int16(flags))
        posix_spawnattr_setpgroup(&attributes, 0)
        // The starting thread may be one of a pool's, which block signals; a child must be able to receive them.
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        let words = ([executable] + arguments).map { strdup($0) } + [nil]
        let variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for text in words + variables { free(text) } }
        var id: pid_t = 0
        let code = posix_spawn(&id, executable, &actions, &attributes, words, variables)
        guard code == 0 else {
            throw HostError.inputOutput(
                "\(executable): cannot be started: \(String(cString: strerror(code))).")
        }
        return id
    }
}

extension ChildProcess.Ending {
    fileprivate init(status: Int32) {
        let signal = status & 0x7f
        self = signal == 0 ? .exited(status >> 8 & 0xff) : .killed(signal: signal)
    }
}

extension ChildProcess.Ending: CustomStringConvertible {
    /// As people say it: `exit code 3`, `SIGSEGV (Segmentation fault)`.
    public var description: String {
        switch self {
        case .exited(let code): "exit code \(code)"
        case .killed(let signal):
            "\(Self.names[signal] ?? "signal \(signal)") (\(String(cString: strsignal(signal))))"
        }
    }

    private static let names: [Int32: String] = [
        SIGINT: "SIGINT", SIGILL: "SIGILL", SIGTRAP: "SIGTRAP", SIGABRT: "SIGABRT", SIGBUS: "SIGBUS",
        SIGFPE: "SIGFPE", SIGKILL: "SIGKILL", SIGSEGV: "SIGSEGV", SIGPIPE: "SIGPIPE", SIGALRM: "SIGALRM",
        SIGTERM: "SIGTERM",
    ]
}
