import SondeHost
import TestSupport
import Testing

/// How many threads a machine is worth, by the files of made-up ones.
@Suite struct ProcessorsTests {
    private let machine: TemporaryFolder

    init() throws {
        machine = try TemporaryFolder()
    }

    /// A machine of four cores; processors 0 and 4 are the two threads of the first one, and so on.
    private func make(allowed: String, siblings: String? = "core_cpus_list", groups: String = "") throws {
        try machine.write("Name:\tx\nCpus_allowed_list:\t\(allowed)\n", to: "proc/self/status")
        try machine.write(groups, to: "proc/self/cgroup")
        guard let siblings else { return }
        for processor in 0..<8 {
            try machine.write(
                "\(processor % 4),\(processor % 4 + 4)\n",
                to: "sys/devices/system/cpu/cpu\(processor)/topology/\(siblings)")
        }
    }

    private var threads: Int { Processors(root: machine.path).threads }

    @Test(
        "Threads are as many as cores among the allowed processors",
        arguments: [("0-7", 4), ("0-3", 4), ("0,4", 1), ("1-2,5", 2)],
        ["core_cpus_list", "thread_siblings_list"])
    func cores(mask: (allowed: String, threads: Int), file: String) throws {
        try make(allowed: mask.allowed, siblings: file)
        #expect(threads == mask.threads)
    }

    @Test("Without a topology every allowed processor counts")
    func logicalProcessors() throws {
        try make(allowed: "0-2,6", siblings: nil)
        #expect(threads == 4)
    }

    @Test(
        "A quota of the own control group or of one above it is kept within, but one thread there is always")
    func quotas() throws {
        try make(allowed: "0-7", groups: "0::/box/job\n")
        try machine.write("max 100000\n", to: "sys/fs/cgroup/box/job/cpu.max")
        #expect(threads == 4)
        try machine.write("250000 100000\n", to: "sys/fs/cgroup/box/cpu.max")
        #expect(threads == 2)
        try machine.write("50000 100000\n", to: "sys/fs/cgroup/cpu.max")
        #expect(threads == 1)
    }

    @Test("The quota of version 1 of control groups counts, too")
    func olderQuotas() throws {
        try make(allowed: "0-7", groups: "3:cpuset:/\n2:cpu,cpuacct:/box\n")
        try machine.write("-1\n", to: "sys/fs/cgroup/cpu/box/cpu.cfs_quota_us")
        try machine.write("100000\n", to: "sys/fs/cgroup/cpu/box/cpu.cfs_period_us")
        #expect(threads == 4)
        try machine.write("300000\n", to: "sys/fs/cgroup/cpu/box/cpu.cfs_quota_us")
        #expect(threads == 3)
    }
}
