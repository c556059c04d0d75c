import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// Writes folders that are there whole or not at all: under a temporary name beside their place, then renamed.
enum WholeFolder {
    /// Makes a folder.
    /// - Parameters:
    ///   - mark: a file that tells a folder that may be replaced; `nil` to replace none. An empty folder gives way
    ///     in any case.
    ///   - fill: writes the files into the folder that it is given, and syncs them.
    /// - Throws: ``HostError`` if the place is taken or the system refuses, and what `fill` throws; the place is as it
    ///   was then.
    static func write(
        to folder: String, replacing mark: String?, filling fill: (_ partial: String) throws -> Void
    ) throws {
        let target = URL(filePath: folder).standardizedFileURL.path
        try checkPlace(target, mark: mark)
        let partial = "\(target).\(getpid()).partial"
        guard mkdir(partial, 0o755) == 0 else { throw refusal(target) }
        defer { try? FileManager.default.removeItem(atPath: partial) }
        try fill(partial)
        if rename(partial, target) == 0 { return }
        guard mark != nil, errno == ENOTEMPTY || errno == EEXIST else { throw refusal(target) }
        try exchange(target, for: partial)
    }

    /// Sets the old folder aside first; killed in between, it is still there under that other name.
    private static func exchange(_ target: String, for partial: String) throws {
        let aside = "\(target).\(getpid()).replaced"
        guard rename(target, aside) == 0 else { throw refusal(target) }
        guard rename(partial, target) == 0 else {
            let refusal = refusal(target)
            rename(aside, target)
            throw refusal
        }
        try? FileManager.default.removeItem(atPath: aside)
    }

    private static func checkPlace(_ target: String, mark: String?) throws {
        guard let contents = try? FileManager.default.contentsOfDirectory(atPath: target) else { return }
        guard !contents.isEmpty else { return }
        guard let mark else {
            throw HostError.data(
                "\(target): this folder is there and not empty; name another, or move it away.")
        }
        guard contents.contains(mark) else {
            throw HostError.data(
                "\(target): this folder holds something else and is not replaced, for it has no \(mark).")
        }
    }

    private static func refusal(_ target: String) -> HostError {
        .inputOutput("\(target): the folder cannot be written: \(SystemFailure.last).")
    }
}
