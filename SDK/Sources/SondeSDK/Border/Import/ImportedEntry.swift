import CSonde
import SondeJSON

/// Why a library's entry was refused.
public enum EntryProblem: Error, Sendable, Hashable {
    /// It returned no entry; the reason is the plugin's own.
    case declined(reason: String)
    /// The entry does not begin with the magic number.
    case notAPlugin
    /// It was built for another major version of the contract.
    case otherMajor(id: String, plugin: Int, host: Int)
    /// It needs a newer minor version of the contract.
    case newerMinor(id: String, needed: Int, host: Int)
    /// A field is missing or not as the contract says.
    case malformed(String)
}

/// A plugin's entry, checked and read.
public struct ImportedEntry: Sendable {
    /// Reverse-DNS name.
    public let id: String
    /// Semantic version.
    public let version: String
    /// SPDX expression.
    public let licence: String
    /// Compiler, platform, configuration.
    public let build: String
    /// The major of the contract that it was built for.
    public let major: Int
    /// The minor of the contract that it was built with.
    public let minorBuilt: Int
    /// The oldest minor that it can live with.
    public let minorNeeded: Int
    /// What it brings.
    public let components: [ImportedComponent]

    /// Reads what `sonde_plugin_main` returned.
    /// - Parameter host: the table that the plugin was given.
    public init(_ pointer: EntryTable?, host: HostTable) throws(EntryProblem) {
        guard let pointer else {
            throw .declined(reason: LastError.takeReasonOfRefusal())
        }
        guard pointer.pointee.magic == UInt32(SONDE_MAGIC) else { throw .notAPlugin }
        let entry = covered(pointer, size: UInt64(pointer.pointee.struct_size))
        major = Int(entry.abi_major)
        minorBuilt = Int(entry.abi_minor_built)
        minorNeeded = Int(entry.abi_minor_needed)
        guard major == Int(SONDE_ABI_MAJOR) else {
            throw .otherMajor(id: text(entry.id), plugin: major, host: Int(SONDE_ABI_MAJOR))
        }
        guard minorNeeded <= Int(SONDE_ABI_MINOR) else {
            throw .newerMinor(id: text(entry.id), needed: minorNeeded, host: Int(SONDE_ABI_MINOR))
        }
        id = try Self.field(entry.id, "id")
        version = try Self.field(entry.version, "version")
        licence = try Self.field(entry.licence, "licence")
        build = text(entry.build)
        guard entry.component_count > 0, entry.component_count <= 1000, let list = entry.components else {
            throw .malformed("it brings \(entry.component_count) components")
        }
        var components: [ImportedComponent] = []
        for index in 0..<Int(entry.component_count) {
            guard let component = list[index] else { throw .malformed("component \(index) is missing") }
            components.append(try ImportedComponent(component, plugin: id, host: host))
        }
        self.components = components
    }

    static func field(_ pointer: UnsafePointer<CChar>?, _ name: String) throws(EntryProblem) -> String {
        let value = text(pointer)
        guard !value.isEmpty else { throw .malformed("its \(name) is empty") }
        return value
    }
}
