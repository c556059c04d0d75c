/// How a worker's job ended.
enum JobOutcome: Sendable {
    /// The answer, as JSON text.
    case done(String)
    /// The worker said why not.
    case failed(HostError)
    /// The worker was lost; who was at work is known if it was a plugin.
    case lost(Loss, plugin: String?, activity: String?)
    /// The user asked to stop.
    case cancelled

    /// How a worker was lost.
    enum Loss: Sendable {
        /// It ended.
        case ended(ChildProcess.Ending)
        /// It was ended because it hung.
        case hung(HangWatch.Verdict)
    }

    /// Why the job was not done, or `nil` if it was.
    var failure: HostError? {
        switch self {
        case .done: nil
        case .failed(let error): error
        case .cancelled: HostError(.cancelled, "The run was stopped.")
        case .lost(let loss, let plugin, let activity):
            HostError.plugin(
                (plugin.map { "The plugin '\($0)' " } ?? "The worker ") + loss.description
                    + (activity.map { " while \($0)" } ?? "") + ".")
        }
    }
}

extension JobOutcome.Loss: CustomStringConvertible {
    /// As people say it, after who it was.
    var description: String {
        switch self {
        case .ended(.exited(let code)): "ended its process with exit code \(code)"
        case .ended(let ending): "crashed with \(ending)"
        case .hung(.silent(let limit)):
            "hung (nothing told and no processor used for \(limit / .seconds(1)) seconds)"
        case .hung(.tooLong(let limit)): "took longer than the \(limit / .seconds(1)) seconds that a cell may"
        }
    }
}
