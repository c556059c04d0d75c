public import SondeSDK

extension Parallel {
    /// The threads that the host lends to a plugin.
    public init(host: any PluginHost) {
        self.init(threadCount: host.threadBudget) { count, body in host.parallel(count, body) }
    }
}
