import SondeSDK

/// What a worker tells: one line of JSON on its standard output.
enum WorkerEvent: Codable, Sendable {
    /// It is about to call a plugin.
    case calling(plugin: String, activity: String)
    /// How far a call has come, in 0...1.
    case progress(Double, String)
    /// How tuning goes.
    case tuning(TuningEvent)
    /// A line of the log that the user should see.
    case warning(String)
    /// The request has been met; the answer is JSON text.
    case done(answer: String)
    /// The request has failed.
    case failed(kind: HostError.Kind.RawValue, sentence: String)
}
