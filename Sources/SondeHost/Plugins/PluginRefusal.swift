import SondeSDK

/// Why a library was refused.
public enum PluginRefusal: Error, Sendable, Hashable, Codable {
    /// There is no such file.
    case missing
    /// The file cannot be read.
    case unreadable(reason: String)
    /// Everybody can write to the folder.
    case writableByEverybody
    /// A folder of the search path is not absolute.
    case notAbsolute
    /// The system's loader refuses it: another machine, no library at all, undefined symbols.
    case notLoadable(reason: String)
    /// It does not export the entry function.
    case noEntryFunction
    /// The plugin says itself that it cannot work here.
    case declined(reason: String)
    /// Its entry does not begin with the magic number.
    case wrongMagic
    /// It was built for another major version of the contract.
    case otherMajor(id: String, plugin: Int, host: Int)
    /// It needs a newer minor version of the contract.
    case newerMinor(id: String, needed: Int, host: Int)
    /// Its description is not as the contract says.
    case malformed(reason: String)
    /// Its process ended while it was being read.
    case ended(how: String)
    /// It was not read in time.
    case hung(seconds: Int)
    /// What was read is not what the library shows now.
    case changed

    init(_ problem: EntryProblem) {
        self =
            switch problem {
            case .declined(let reason): .declined(reason: reason)
            case .notAPlugin: .wrongMagic
            case .otherMajor(let id, let plugin, let host): .otherMajor(id: id, plugin: plugin, host: host)
            case .newerMinor(let id, let needed, let host): .newerMinor(id: id, needed: needed, host: host)
            case .malformed(let reason): .malformed(reason: reason)
            }
    }

    /// How long the answer stays true for the same bytes.
    enum Validity {
        /// As long as the bytes are the same.
        case lasting
        /// A few minutes: long enough for the workers of one study.
        case brief
        /// Not at all: it depends on more than the file.
        case momentary
    }

    var validity: Validity {
        switch self {
        case .noEntryFunction, .wrongMagic, .otherMajor, .newerMinor, .malformed: .lasting
        case .ended, .hung: .brief
        case .missing, .unreadable, .writableByEverybody, .notAbsolute, .notLoadable, .declined, .changed:
            .momentary
        }
    }
}

extension PluginRefusal: CustomStringConvertible {
    /// The reason and what to do, to stand after the name of the file.
    public var description: String {
        switch self {
        case .missing: "there is no such file"
        case .unreadable(let reason): "the file cannot be read: \(reason)"
        case .writableByEverybody:
            "everybody can write to this folder, so it is not searched; name it with --plugin to use it anyway"
        case .notAbsolute: "a folder of SONDE_PLUGIN_PATH has to begin with '/'"
        case .notLoadable(let reason): "the system cannot load this file: \(reason)"
        case .noEntryFunction: "this library does not export sonde_plugin_main, so it is no plugin"
        case .declined(let reason): "the plugin cannot work here: \(reason)"
        case .wrongMagic: "what sonde_plugin_main returns is no plugin's entry (wrong magic number)"
        case .otherMajor(let id, let plugin, let host):
            "plugin '\(id)' was built for version \(plugin) of the contract and this host has version \(host); "
                + "get the plugin for version \(host)"
        case .newerMinor(let id, let needed, let host):
            "plugin '\(id)' needs minor version \(needed) of the contract and this host has \(host); "
                + "get a newer Sonde"
        case .malformed(let reason): "the plugin's description is malformed: \(reason)"
        case .ended(let how): "the library ended its process with \(how) while it was being read"
        case .hung(let seconds): "the library was not read within \(seconds) seconds"
        case .changed: "the library has changed since it was read; start again"
        }
    }
}
