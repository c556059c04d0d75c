/// Which layers or neurons are meant: `all`, `3`, `0-7` or `1,5,9-12`.
public enum IndexSelection: Sendable, Hashable {
    /// Every one.
    case all
    /// These, ascending.
    case some([Int])

    /// Reads a selection.
    /// - Returns: `nil` for anything that is no selection, such as `7-3` or an index given twice.
    public init?(_ text: some StringProtocol) {
        if text == "all" {
            self = .all
            return
        }
        var indices: [Int] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let bounds = part.split(separator: "-", omittingEmptySubsequences: false).map { UInt32($0) }
            guard let first = bounds.first ?? nil, let last = bounds.last ?? nil, bounds.count <= 2,
                first <= last,
                last - first < 1 << 24
            else { return nil }
            indices += Int(first)...Int(last)
        }
        guard Set(indices).count == indices.count else { return nil }
        self = .some(indices.sorted())
    }

    /// The indices among `count`.
    /// - Returns: `nil` if one of them is beyond.
    func indices(below count: Int) -> [Int]? {
        switch self {
        case .all: Array(0..<count)
        case .some(let indices): (indices.last ?? 0) < count ? indices : nil
        }
    }
}
