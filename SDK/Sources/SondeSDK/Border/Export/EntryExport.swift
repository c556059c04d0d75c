import CSonde
import SondeJSON
import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

extension Plugin {
    /// The plugin as the host reads it; the same for every call.
    ///
    /// Call it from `sonde_plugin_main` and nowhere else.
    public func entry(for host: HostTable?) -> EntryTable? {
        EntryExport.entries.withLock { entries in
            if let address = entries[id] { return EntryTable(bitPattern: address) }
            let entry = EntryExport.make(self)
            entries[id] = UInt(bitPattern: entry)
            return entry
        }
    }
}

/// Makes the C tables of a plugin; they live until the process ends.
enum EntryExport {
    /// Addresses of the entries that have been made, by plugin id.
    static let entries = Mutex<[String: UInt]>([:])

    static func make(_ plugin: Plugin) -> EntryTable {
        let components = UnsafeMutablePointer<UnsafePointer<sonde_component>?>.allocate(
            capacity: max(plugin.components.count, 1))
        for (index, component) in plugin.components.enumerated() {
            (components + index).initialize(to: ComponentExport.make(component))
        }
        let entry = UnsafeMutablePointer<sonde_entry>.allocate(capacity: 1)
        entry.initialize(
            to: sonde_entry(
                magic: UInt32(SONDE_MAGIC), struct_size: UInt32(MemoryLayout<sonde_entry>.size),
                abi_major: UInt16(SONDE_ABI_MAJOR), abi_minor_built: UInt16(SONDE_ABI_MINOR),
                abi_minor_needed: neededMinor, reserved: 0, id: strdup(plugin.id),
                version: strdup(plugin.version),
                licence: strdup(plugin.licence), build: strdup(buildInformation), components: components,
                component_count: UInt64(plugin.components.count), get_extension: nil))
        return UnsafePointer(entry)
    }

    /// The oldest minor that this kit can live with.
    private static let neededMinor: UInt16 = 1

    private static var buildInformation: String {
        #if arch(x86_64)
            let architecture = "x86_64"
        #elseif arch(arm64)
            let architecture = "arm64"
        #else
            let architecture = "unknown architecture"
        #endif
        #if DEBUG
            let configuration = "debug"
        #else
            let configuration = "release"
        #endif
        #if swift(>=6.4)
            let language = "Swift 6.4 or later"
        #else
            let language = "Swift 6.3"
        #endif
        return "\(language), \(architecture), \(configuration)"
    }
}
