import SondeJSON

/// One piece of a study's work, named by everything that it depends on.
public struct Cell: Sendable {
    /// Its kind and the first digits of the digest of what it depends on: `tune-5c0b2a9be9a1`.
    public let name: String
    /// What it is, as people say it: `tune tiny/cb/1`.
    public let title: String
    let work: CellWork
    let inputs: [CellInput]
    /// Everything that it depends on, in the clear.
    let record: CellRecord

    /// What it does.
    public var kind: CellKind { work.kind }
}

/// Everything that a cell depends on and how it came about, as its `cell.json` says it.
struct CellRecord: Codable, Sendable, Hashable {
    /// A build that was used.
    struct Build: Codable, Sendable, Hashable {
        let version: String
        let digest: String
    }

    let format: Int
    let name: String
    let title: String
    let kind: CellKind
    /// What the results depend on besides builds and inputs.
    let work: JSONValue
    /// Names of the cells that it reads, by their role.
    let inputs: [String: String]
    let host: Build
    /// Plugins by their ids.
    let plugins: [String: Build]
    /// The digest of all of the above but the builds, with the content keys of inputs in place of their names.
    ///
    /// `--accept-build` looks cells up by it.
    let contentKey: String
    /// How it came about; `nil` as long as it is not finished.
    var made: CellMaking?

    private enum CodingKeys: String, CodingKey {
        case format, name, title, kind, work, inputs, host, plugins, made
        case contentKey = "content_key"
    }

    /// The version of this form of records.
    static let currentFormat = 1
}
