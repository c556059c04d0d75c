import CSonde

/// A call that went well.
let statusOK: sonde_status = 0

/// The failures of the thread that is asking, on the host's side of the border.
///
/// A plugin reports why it fails before it returns a status; the caller on the same thread picks the reason up.
enum LastError {
    private static let storage = ThreadLocal<SondeError>()

    static func record(_ error: SondeError) { storage.value = error }

    /// Why an entry was not given: there is no status to go by.
    static func takeReasonOfRefusal() -> String {
        defer { storage.value = nil }
        return storage.value?.message ?? "it gave no reason"
    }

    /// The reason of the failure that a status stands for.
    static func take(_ status: sonde_status, from plugin: String?) -> SondeError {
        defer { storage.value = nil }
        let code = SondeError.Code(rawValue: status) ?? .internal
        if let error = storage.value, error.code == code { return error }
        return SondeError(code, "The plugin gave no reason (status \(status)).", plugin: plugin)
    }
}

/// How an importer finds out why a call failed.
struct ErrorSource {
    let error: (sonde_status) -> SondeError

    /// In a plugin: the reason has already reached the host.
    static var alreadyReported: ErrorSource {
        ErrorSource { SondeError(SondeError.Code(rawValue: $0) ?? .internal, "") }
    }

    /// In the host: what the plugin has just recorded.
    static func lastError(of plugin: String?) -> ErrorSource {
        ErrorSource { LastError.take($0, from: plugin) }
    }

    func check(_ status: sonde_status) throws {
        if status != statusOK { throw error(status) }
    }

    /// Calls a function of a table, which may be missing from an older plugin.
    func call<Function>(_ function: Function?, _ body: (Function) -> sonde_status) throws {
        guard let function else {
            throw SondeError.unsupported("The plugin does not offer this function of the contract.")
        }
        try check(body(function))
    }
}

/// Runs `body` on behalf of the host, turning any error into a status whose reason the host is told.
func reporting(to host: HostTable, _ body: () throws -> Void) -> sonde_status {
    do {
        try body()
        return statusOK
    } catch {
        let failure = (error as? SondeError) ?? SondeError(.internal, "\(error)")
        if !failure.message.isEmpty {
            host.pointee.set_error?(host, failure.code.rawValue, failure.message, nil)
        }
        return failure.code.rawValue
    }
}
