import CSonde

#if canImport(Glibc)
    import Glibc
#endif

/// A host's services as a table that plugins can call; lives until the process ends.
public final class ExportedHost: Sendable {
    /// What a plugin is given.
    ///
    /// Unchecked by the compiler, but the table is never changed after ``init``.
    public nonisolated(unsafe) let table: HostTable
    private let host: any PluginHost
    private let pluginName: @Sendable () -> String?

    /// A table for one plugin.
    /// - Parameters:
    ///   - name: the host's name.
    ///   - version: the host's version.
    ///   - plugin: the plugin's id, once it is known; put in front of its errors.
    public init(
        _ host: any PluginHost, name: String, version: String, plugin: @escaping @Sendable () -> String?
    ) {
        self.host = host
        self.pluginName = plugin
        let memory = UnsafeMutablePointer<sonde_host>.allocate(capacity: 1)
        memory.initialize(to: sonde_host())
        table = UnsafePointer(memory)
        memory.pointee = sonde_host(
            struct_size: size(of: sonde_host.self), abi_major: UInt16(SONDE_ABI_MAJOR),
            abi_minor: UInt16(SONDE_ABI_MINOR), reserved: 0, name: strdup(name), version: strdup(version),
            context: Unmanaged.passRetained(self).toOpaque(),
            set_error: { table, status, message, _ in
                let code = SondeError.Code(rawValue: status) ?? .internal
                LastError.record(
                    SondeError(code, text(message), plugin: ExportedHost.from(table)?.pluginName()))
            },
            log: { table, level, message in
                ExportedHost.from(table)?.host.log(LogLevel(rawValue: level) ?? .info, text(message))
            },
            should_cancel: { ExportedHost.from($0)?.host.isCancelled == true ? 1 : 0 },
            report_progress: { ExportedHost.from($0)?.host.report(progress: $1, text($2)) },
            thread_budget: { UInt32(clamping: ExportedHost.from($0)?.host.threadBudget ?? 1) },
            parallel_for: { table, count, context, body in
                guard let body else { return }
                ExportedHost.from(table)?.host.parallel(Int(count)) { body(context, UInt64($0)) }
            },
            get_extension: { _, _ in nil })
    }

    private static func from(_ table: HostTable?) -> ExportedHost? {
        table?.pointee.context.map { Unmanaged<ExportedHost>.fromOpaque($0).takeUnretainedValue() }
    }
}
