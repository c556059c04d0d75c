import Foundation
import SondeJSON
import SondeSDK

/// What was read from libraries, by their content; safe to delete at any time.
struct ReadingCache: Sendable {
    private let folder: URL?
    /// How old an answer that holds only briefly may be, in seconds.
    private static let briefAge: TimeInterval = 600

    /// The cache in the user's cache folder; none if there is no such folder.
    init(environment: [String: String]) {
        folder = UserFolders(environment: environment).cache?.appending(path: "plugins")
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
        guard let folder, let file = file(of: digest), let json = try? JSONValue(encoding: reading) else {
            return
        }
        try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try? Data(json.text().utf8).write(to: file, options: .atomic)
    }

    /// The host's version is part of the name: another host may read the same library otherwise.
    private func file(of digest: ContentDigest) -> URL? {
        let key = ContentDigest(of: "\(digest) \(HostVersion.current) \(SONDE_ABI_MAJOR).\(SONDE_ABI_MINOR)")
        return folder?.appending(path: "\(key).json")
    }
}
