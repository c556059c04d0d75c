import CSonde
import SondeJSON

/// An instance of a component behind an opaque pointer, with the host that it answers to.
final class Instance<Value> {
    let value: Value
    let host: HostTable
    /// What was lent to the host and must live until the next call, or until the instance goes.
    var lent: Scratch?

    init(_ value: Value, host: HostTable) {
        self.value = value
        self.host = host
    }

    /// The opaque pointer that owns this instance.
    func retained() -> OpaquePointer { OpaquePointer(Unmanaged.passRetained(self).toOpaque()) }

    /// The instance behind an opaque pointer.
    static func from(_ pointer: OpaquePointer) -> Instance<Value> {
        Unmanaged<Instance<Value>>.fromOpaque(UnsafeRawPointer(pointer)).takeUnretainedValue()
    }

    /// Ends the life of the instance behind an opaque pointer.
    static func release(_ pointer: OpaquePointer?) {
        guard let pointer else { return }
        Unmanaged<Instance<Value>>.fromOpaque(UnsafeRawPointer(pointer)).release()
    }

    /// Calls `body` with the instance; errors become a status.
    static func use(_ pointer: OpaquePointer?, _ body: (Instance<Value>) throws -> Void) -> sonde_status {
        guard let pointer else { return SondeError.Code.invalidArgument.rawValue }
        let instance = from(pointer)
        return reporting(to: instance.host) { try body(instance) }
    }

    /// Makes an instance for a create function.
    static func create(
        _ host: HostTable?, _ component: UnsafePointer<sonde_component>?, _ options: UnsafePointer<CChar>?,
        _ result: UnsafeMutablePointer<OpaquePointer?>?,
        _ make: (Component, Options, any PluginHost) throws -> Value?
    ) -> sonde_status {
        guard let host, let result else { return SondeError.Code.invalidArgument.rawValue }
        result.pointee = nil
        return reporting(to: host) {
            let values = try parsed(text(options), what: "options").objectValue
            guard let values else { throw SondeError.invalidArgument("The options are not a JSON object.") }
            let component = try ComponentBox.from(component)
            guard let value = try make(component, Options(values), ImportedHost(table: host)) else {
                throw SondeError.invalidArgument("create was called with a component of another kind.")
            }
            result.pointee = Instance(value, host: host).retained()
        }
    }
}
