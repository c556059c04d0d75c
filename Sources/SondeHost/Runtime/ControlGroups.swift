/// What the control groups of this process let it use (cgroups(7), both versions).
struct ControlGroups: Sendable {
    /// A group in one hierarchy; that of version 2 names no controllers.
    private struct Group {
        let controllers: [Substring]
        let path: [Substring]
    }

    private let root: String
    private let groups: [Group]

    /// - Parameter root: the folder in which `/proc` and `/sys` are looked for.
    init(root: String = "") {
        self.root = root
        groups = SystemFile.lines(root + "/proc/self/cgroup").compactMap { line in
            let fields = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
            guard fields.count == 3 else { return nil }
            return Group(controllers: fields[1].split(separator: ","), path: fields[2].split(separator: "/"))
        }
    }

    /// The least number of processors' worth of time; `nil` for no limit.
    var processors: Double? {
        folders("cpu").compactMap { folder in
            let words = SystemFile.lines(folder + "/cpu.max").first?.split(separator: " ").map(String.init)
            let older = ["cpu.cfs_quota_us", "cpu.cfs_period_us"]
            let limit = words ?? older.compactMap { SystemFile.lines(folder + "/" + $0).first }
            guard limit.count == 2, let quota = Double(limit[0]), let period = Double(limit[1]), quota > 0,
                period > 0
            else { return nil }
            return quota / period
        }.min()
    }

    /// The least number of bytes of memory; `nil` for no limit.
    var memory: Int? {
        folders("memory").flatMap { folder in
            ["memory.max", "memory.limit_in_bytes"].compactMap {
                SystemFile.lines(folder + "/" + $0).first.flatMap { Int($0) }
            }
        }.min()
    }

    /// The folders of a controller's files: that of the process's own group, and those above it.
    private func folders(_ controller: Substring) -> [String] {
        groups.flatMap { group -> [String] in
            guard group.controllers.isEmpty || group.controllers.contains(controller) else { return [] }
            let mount = root + "/sys/fs/cgroup" + (group.controllers.isEmpty ? "" : "/" + controller)
            return (0...group.path.count).map { depth in
                ([Substring(mount)] + group.path.prefix(depth)).joined(separator: "/")
            }
        }
    }
}
