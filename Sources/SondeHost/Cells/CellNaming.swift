import SondeJSON

/// Names cells by digests of what they depend on.
struct CellNaming: Sendable {
    /// The running host.
    let host: CellRecord.Build
    private static let digits = 12

    /// Makes a cell whose inputs are known.
    /// - Parameter inputs: what it reads, each with the content key of the cell that is read.
    func cell(
        _ work: CellWork, title: String, inputs: [(input: CellInput, contentKey: String)]
    ) throws -> Cell {
        let kind = work.kind
        let identity = try work.identity
        let plugins = Dictionary(
            work.components.map { component in
                let plugin = component.plugin
                return (plugin.id, CellRecord.Build(version: plugin.version, digest: plugin.digest))
            }, uniquingKeysWith: { first, _ in first })
        let contentKey = try Self.digest([
            "kind": .string(kind.rawValue), "work": identity,
            "inputs": .object(
                JSONObject(inputs.map { ($0.input.role.description, .string($0.contentKey)) })),
        ])
        let name = try Self.digest([
            "content": .string(contentKey), "host": .string(host.digest),
            "plugins": .object(JSONObject(plugins.map { ($0.key, .string($0.value.digest)) })),
            "inputs": .object(
                JSONObject(inputs.map { ($0.input.role.description, .string($0.input.cell)) })),
        ])
        let fullName = "\(kind.rawValue)-\(name.prefix(Self.digits))"
        return Cell(
            name: fullName, title: title, work: work, inputs: inputs.map(\.input),
            record: CellRecord(
                format: CellRecord.currentFormat, name: fullName, title: title, kind: kind, work: identity,
                inputs: Dictionary(
                    inputs.map { ($0.input.role.description, $0.input.cell) }, uniquingKeysWith: { $1 }),
                host: host, plugins: plugins, contentKey: contentKey))
    }

    /// The digest of a value's canonical text: keys in alphabetical order, no spaces.
    private static func digest(_ value: JSONValue) throws -> String {
        ContentDigest(of: try JSONValue(encoding: value).text()).description
    }
}
