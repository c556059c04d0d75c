/// The memory that the processes of this machine share.
enum MachineMemory {
    /// In bytes: all of it (`MemTotal` of proc_meminfo(5)), or what the control groups allow; `nil` if neither is told.
    static var bytes: Int? {
        let line = SystemFile.lines("/proc/meminfo").first { $0.hasPrefix("MemTotal:") } ?? ""
        let total = line.split(whereSeparator: \.isWhitespace).compactMap { Int($0) }.first.map { 1024 * $0 }
        return [total, ControlGroups().memory].compactMap(\.self).min()
    }
}
