import Foundation
import SondeJSON
import SondeSDK

/// What was read from libraries, by their content; safe to delete at any time.
struct ReadingCache: Sendable {
    /// The digest of a file in a state.
    private struct KnownDigest: Codable {
        let state: FileState
        let digest: String
    }

    private let folder: URL?
    /// How old an answer that holds only briefly may be, in seconds.
    private static let briefAge: TimeInterval = 600

    /// The cache in the user's cache folder; none if there is no such folder.
    init(environment: [String: String]) {
        folder = UserFolders(environment: environment).cache?.appending(path: "plugins")
    }

    /// The digest of a library's content, from the last time if the file is still as it was then.
    /// - Throws: ``HostError`` that names the file if it cannot be read.
    func digest(ofFile path: String) throws -> ContentDigest {
        let place = folder?.appending(path: "\(ContentDigest(of: path)).digest.json")
        let state = FileState(ofFile: path)
        if let place, let text = try? Data(contentsOf: place),
            let known = try? JSONValue(parsing: Array(text)).decoded(as: KnownDigest.self),
            known.state == state, let digest = ContentDigest(known.digest)
        {
            return digest
        }
        let digest = try ContentDigest(ofFile: path)
        if let place, let state, state.isSettled, state == FileState(ofFile: path) {
            write(try? JSONValue(encoding: KnownDigest(state: state, digest: "\(digest)")), to: place)
        }
        return digest
    }

    /// What is known of a library with this content.
    /// - Parameter isNamed: a library that the user names is always given another chance.
    func reading(of digest: ContentDigest, isNamed: Bool) -> PluginReading? {
        guard let file = file(of: digest), let text = try? Data(contentsOf: file),
            let reading = try? JSONValue(parsing: Array(text)).decoded(as: PluginReading.self)
        else { return nil }
        guard case .refused(let refusal) = reading, refusal.validity == .brief else { return reading }
        let written = (try? file.resourceValues(forKeys: [.contentModificationDateKey]))?
            .contentModificationDate
        let age = -(written ?? .distantPast).timeIntervalSinceNow
        return !isNamed && (0..<Self.briefAge).contains(age) ? reading : nil
    }

    /// Keeps an answer if it stays true; that it cannot be kept is no failure.
    func keep(_ reading: PluginReading, of digest: ContentDigest) {
        if case .refused(let refusal) = reading, refusal.validity == .momentary { return }
        guard let file = file(of: digest) else { return }
        write(try? JSONValue(encoding: reading), to: file)
    }

    private func write(_ json: JSONValue?, to file: URL) {
        guard let json else { return }
        try? FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try? Data(json.text().utf8).write(to: file, options: .atomic)
    }

    /// The host's version is part of the name: another host may read the same library otherwise.
    private func file(of digest: ContentDigest) -> URL? {
        let key = ContentDigest(of: "\(digest) \(HostVersion.current) \(SONDE_ABI_MAJOR).\(SONDE_ABI_MINOR)")
        return folder?.appending(path: "\(key).json")
    }
}
