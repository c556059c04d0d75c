import Foundation

/// The user's folders by the XDG Base Directory Specification, version 0.8.
struct UserFolders: Sendable {
    /// Sonde's folder for what can be made again.
    let cache: URL?
    /// Sonde's folder for what the user has installed.
    let data: URL?

    init(environment: [String: String]) {
        func folder(_ variable: String, _ fallback: String) -> URL? {
            if let path = environment[variable], path.hasPrefix("/") {
                return URL(filePath: path, directoryHint: .isDirectory).appending(path: "sonde")
            }
            guard let home = environment["HOME"], home.hasPrefix("/") else { return nil }
            return URL(filePath: home, directoryHint: .isDirectory).appending(path: fallback).appending(
                path: "sonde")
        }
        cache = folder("XDG_CACHE_HOME", ".cache")
        data = folder("XDG_DATA_HOME", ".local/share")
    }
}
