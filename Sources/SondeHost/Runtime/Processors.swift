import Foundation

/// The processors that this process may use, as the system's files say it.
///
/// Matrix products gain nothing from the second hardware thread of a core, so what counts is cores.
public struct Processors: Sendable, Hashable {
    /// Logical processors that the process is bound to.
    public let allowed: [Int]
    /// Distinct cores among them; `nil` where the system does not tell.
    public let cores: Int?
    /// Processors' worth of time that the control groups allow; `nil` for no limit.
    public let quota: Double?

    /// Reads `/proc` and `/sys`.
    /// - Parameter root: the folder in which they are looked for.
    public init(root: String = "") {
        allowed = Self.allowed(root)
        cores = Self.cores(root, among: allowed)
        quota = ControlGroups(root: root).processors
    }

    /// How many threads work without waiting for each other: one a core, and no more than the quota lets run at once.
    public var threads: Int {
        let count = cores ?? (allowed.isEmpty ? ProcessInfo.processInfo.activeProcessorCount : allowed.count)
        return max(1, min(count, quota.map { Int($0) } ?? count))
    }

    /// The mask of the process (`Cpus_allowed_list` of proc_pid_status(5)).
    private static func allowed(_ root: String) -> [Int] {
        let line = SystemFile.lines(root + "/proc/self/status").first { $0.hasPrefix("Cpus_allowed_list:") }
        let list = line?.split(whereSeparator: \.isWhitespace).last ?? ""
        return list.split(separator: ",").flatMap { part -> [Int] in
            let ends = part.split(separator: "-").compactMap { Int($0) }
            guard let first = ends.first, let last = ends.last, first <= last else { return [] }
            return Array(first...last)
        }
    }

    /// Processors of one core name the same siblings; older kernels have the second file alone.
    private static func cores(_ root: String, among allowed: [Int]) -> Int? {
        let siblings = allowed.compactMap { processor in
            let topology = root + "/sys/devices/system/cpu/cpu\(processor)/topology/"
            return ["core_cpus_list", "thread_siblings_list"].lazy
                .compactMap { SystemFile.lines(topology + $0).first }.first
        }
        return siblings.isEmpty || siblings.count < allowed.count ? nil : Set(siblings).count
    }
}
