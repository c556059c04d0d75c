import Foundation
import Synchronization

/// Requests that a thread of their own reads, so that a worker hears of a cancellation while it works.
final class RequestQueue: Sendable {
    private let state = Mutex<(requests: [WorkerRequest], isClosed: Bool)>(([], false))
    private let condition = NSCondition()

    /// Begins to read.
    /// - Parameters:
    ///   - cancel: called when the run asks to stop, or is gone.
    ///   - abandon: called when the run is gone.
    init(_ input: FileHandle, cancel: @escaping @Sendable () -> Void, abandon: @escaping @Sendable () -> Void)
    {
        let thread = Thread { [self] in
            read(input, cancel: cancel)
            close()
            cancel()
            abandon()
        }
        thread.name = "sonde-requests"
        thread.start()
    }

    /// The next request, or `nil` when there will be no more.
    func next() -> WorkerRequest? {
        condition.lock()
        defer { condition.unlock() }
        while true {
            let (request, isClosed) = state.withLock { state in
                (state.requests.isEmpty ? nil : state.requests.removeFirst(), state.isClosed)
            }
            if let request { return request }
            if isClosed { return nil }
            condition.wait()
        }
    }

    private func read(_ input: FileHandle, cancel: () -> Void) {
        var buffer = LineBuffer()
        while true {
            let data = input.availableData
            if data.isEmpty { return }
            for line in buffer.lines(adding: data) {
                guard let request = try? MessageLine.message(WorkerRequest.self, line) else { return }
                if case .cancel = request { cancel() } else { add(request) }
            }
        }
    }

    private func add(_ request: WorkerRequest) {
        change { $0.requests.append(request) }
    }

    private func close() {
        change { $0.isClosed = true }
    }

    private func change(_ body: (inout (requests: [WorkerRequest], isClosed: Bool)) -> Void) {
        condition.lock()
        state.withLock { body(&$0) }
        condition.signal()
        condition.unlock()
    }
}
