import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// Gives jobs to worker processes and listens to them, all from one thread.
final class WorkerCrew {
    /// Something for a worker to do.
    struct Job {
        /// Names the job to whoever gave it.
        let id: Int
        let request: WorkerRequest
    }

    /// A worker and the job that it has.
    private struct Member {
        let worker: WorkerProcess
        var job: Job?
    }

    private static let lookMilliseconds: Int32 = 100

    private let executable: String
    private let threads: Int
    private let size: Int
    private let limits: WorkerLimits
    private var members: [Member] = []
    private var stoppingSince: (count: Int, time: ContinuousClock.Instant)?

    /// A crew; workers start when there is work for them.
    /// - Parameters:
    ///   - executable: a `sonde`.
    ///   - threads: those of each worker.
    init(executable: String, threads: Int, size: Int, limits: WorkerLimits) {
        self.executable = executable
        self.threads = threads
        self.size = size
        self.limits = limits
    }

    /// Does one thing.
    func ask(_ request: WorkerRequest, hear: (WorkerEvent) -> Void) throws -> JobOutcome {
        var jobs = [Job(id: 0, request: request)]
        var outcome = JobOutcome.cancelled
        try run(next: { jobs.popLast() }, hear: { hear($1) }, finish: { outcome = $1 })
        return outcome
    }

    /// Does jobs until there are no more and all are finished, or the user asks to stop.
    /// - Parameters:
    ///   - next: the next job that can be done now, or `nil`; asked again after every job that finishes.
    ///   - hear: what the worker of a job tells.
    ///   - finish: how a job ended.
    func run(
        next: () throws -> Job?, hear: (Int, WorkerEvent) -> Void, finish: (Int, JobOutcome) throws -> Void
    ) throws {
        while true {
            stopIfAsked()
            if stoppingSince == nil { try assign(next) }
            guard members.contains(where: { $0.job != nil }) else { return }
            wait()
            for index in members.indices.reversed() {
                guard let job = members[index].job else { continue }
                if let outcome = try listen(to: members[index].worker, hear: { hear(job.id, $0) }) {
                    members[index].job = nil
                    if case .done = outcome {
                    } else if case .failed = outcome {
                    } else {
                        members.remove(at: index)
                    }
                    try finish(job.id, stoppingSince != nil && !outcome.isDone ? .cancelled : outcome)
                }
            }
        }
    }

    private func assign(_ next: () throws -> Job?) throws {
        while members.count(where: { $0.job != nil }) < size, let job = try next() {
            let idle = members.firstIndex { $0.job == nil }
            let worker =
                try idle.map { members[$0].worker }
                ?? WorkerProcess(executable: executable, threads: threads, limits: limits)
            try worker.send(job.request)
            if let idle {
                members[idle].job = job
            } else {
                members.append(Member(worker: worker, job: job))
            }
        }
    }

    /// Waits a little for events.
    private func wait() {
        var requests = members.filter { $0.job != nil }.map {
            pollfd(fd: $0.worker.descriptor, events: Int16(POLLIN), revents: 0)
        }
        poll(&requests, nfds_t(requests.count), Self.lookMilliseconds)
    }

    /// Hears what a worker has told, and how its job ended if it did.
    private func listen(to worker: WorkerProcess, hear: (WorkerEvent) -> Void) throws -> JobOutcome? {
        var request = pollfd(fd: worker.descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&request, 1, 0) > 0 else {
            guard let verdict = worker.verdict() else { return nil }
            worker.kill()
            return lost(worker, .hung(verdict))
        }
        guard let events = try worker.events() else {
            guard let ending = worker.ending() else {
                worker.kill()
                return lost(worker, .hung(.silent(limits.silence)))
            }
            return lost(worker, .ended(ending))
        }
        for event in events {
            switch event {
            case .done(let answer): return .done(answer)
            case .failed(let kind, let sentence):
                return .failed(HostError(HostError.Kind(rawValue: kind) ?? .internal, sentence))
            default: hear(event)
            }
        }
        return nil
    }

    private func lost(_ worker: WorkerProcess, _ loss: JobOutcome.Loss) -> JobOutcome {
        .lost(loss, plugin: worker.calling?.plugin, activity: worker.calling?.activity)
    }

    /// Once asked, workers save what they can; asked again, or after a while, they are ended.
    private func stopIfAsked() {
        let count = Interruption.count
        guard count > 0 else { return }
        guard let stopping = stoppingSince else {
            stoppingSince = (count, .now)
            for member in members { member.worker.cancel() }
            return
        }
        if count > stopping.count || ContinuousClock.now - stopping.time > limits.stopping {
            for member in members where member.job != nil { member.worker.kill() }
        }
    }
}

extension JobOutcome {
    fileprivate var isDone: Bool {
        if case .done = self { true } else { false }
    }
}
