import SondeJSON

extension RowSampling {
    /// Reads `{limit: 64, per_label: true, hold_out: 0.1, seed: 1}`; the limit may also be one for each split.
    init(_ node: StudyNode, train: String, evaluate: String) throws(HostError) {
        let known = ["limit", "per_label", "hold_out", "seed"]
        _ = try node.entries("'examples'", known: known)
        let share = try Self.share(node["hold_out"])
        self.init(
            holdOut: share.map { HoldOut(share: $0, source: train, name: evaluate) },
            limit: try Self.limit(node["limit"]), isPerLabel: try Self.isSet(node["per_label"]),
            seed: try node["seed"]?.integer("'seed'") ?? 0)
        guard holdOut != nil || limit != nil else {
            throw node.place.error("'examples' has neither 'limit' nor 'hold_out', so it changes nothing")
        }
    }

    private static func limit(_ node: StudyNode?) throws(HostError) -> Limit? {
        guard let node else { return nil }
        guard case .map(let entries) = node.content else { return .all(try count(node)) }
        var counts: [String: Int] = [:]
        for entry in entries { counts[entry.name] = try count(entry.value) }
        return .bySplit(counts)
    }

    private static func count(_ node: StudyNode) throws(HostError) -> Int {
        let count = try node.integer("a limit")
        guard count > 0 else { throw node.place.error("a limit must be 1 or more, not \(count)") }
        return count
    }

    private static func share(_ node: StudyNode?) throws(HostError) -> Double? {
        guard let node else { return nil }
        guard case .scalar(let value) = node.content, let share = value.doubleValue, share > 0, share < 1
        else {
            throw node.place.error(
                "'hold_out' must be a share between 0 and 1, such as 0.1 for a tenth")
        }
        return share
    }

    private static func isSet(_ node: StudyNode?) throws(HostError) -> Bool {
        guard let node else { return false }
        guard case .scalar(.boolean(let isSet)) = node.content else {
            throw node.place.error("'per_label' must be true or false")
        }
        return isSet
    }
}
