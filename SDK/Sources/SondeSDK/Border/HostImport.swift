public import CSonde

/// The host as a plugin receives it.
public typealias HostTable = UnsafePointer<sonde_host>

/// A plugin as the host receives it.
public typealias EntryTable = UnsafePointer<sonde_entry>

/// The host's table behind the protocol that plugin authors use.
///
/// Unchecked: the table is immutable, valid until the process ends, and its functions may be called from any thread.
struct ImportedHost: PluginHost, @unchecked Sendable {
    let table: HostTable

    var threadBudget: Int { table.pointee.thread_budget.map { Int($0(table)) } ?? 1 }

    var isCancelled: Bool { table.pointee.should_cancel.map { $0(table) != 0 } ?? false }

    func log(_ level: LogLevel, _ message: String) {
        table.pointee.log?(table, level.rawValue, message)
    }

    func report(progress fraction: Double, _ activity: String) {
        table.pointee.report_progress?(table, fraction, activity)
    }

    func parallel(_ count: Int, _ body: (Int) -> Void) {
        guard let parallelFor = table.pointee.parallel_for else {
            for index in 0..<count { body(index) }
            return
        }
        withoutActuallyEscaping(body) { body in
            var body = body
            withUnsafeMutablePointer(to: &body) { pointer in
                parallelFor(table, UInt64(count), pointer) { context, index in
                    context?.assumingMemoryBound(to: ((Int) -> Void).self).pointee(Int(index))
                }
            }
        }
    }
}
