/// A set of characters, such as `[^\s\p{L}]`.
struct ScalarSet {
    /// What makes a character a member.
    indirect enum Rule: Sendable {
        case range(ClosedRange<Unicode.Scalar>)
        case property(ScalarProperty)
        case union([Rule])
        case intersection(Rule, Rule)
        case complement(Rule)

        /// Whether answers take long enough to be worth a table.
        var hasProperties: Bool {
            switch self {
            case .range: false
            case .property: true
            case .union(let rules): rules.contains(where: \.hasProperties)
            case .intersection(let one, let other): one.hasProperties || other.hasProperties
            case .complement(let rule): rule.hasProperties
            }
        }

        func holds(for scalar: Unicode.Scalar) -> Bool {
            switch self {
            case .range(let range): range.contains(scalar)
            case .property(let property): property.holds(for: scalar)
            case .union(let rules): rules.contains { $0.holds(for: scalar) }
            case .intersection(let one, let other): one.holds(for: scalar) && other.holds(for: scalar)
            case .complement(let rule): !rule.holds(for: scalar)
            }
        }
    }

    private let rule: Rule
    /// The answers for the first characters, a bit each.
    private let bits: [UInt64]

    /// The characters for which a rule holds.
    init(_ rule: Rule) {
        self.rule = rule
        // The plane of nearly all text, or ASCII.
        let words = rule.hasProperties ? 1024 : 2
        bits = (0..<words).map { word in
            (0..<64).reduce(0) { bits, place in
                let isMember = Unicode.Scalar(UInt32(64 * word + place)).map(rule.holds) ?? false
                return isMember ? bits | 1 << UInt64(place) : bits
            }
        }
    }

    /// Whether a character is a member.
    func contains(_ scalar: Unicode.Scalar) -> Bool {
        let word = Int(scalar.value >> 6)
        return word < bits.count
            ? (bits[word] >> UInt64(scalar.value & 63)) & 1 != 0 : rule.holds(for: scalar)
    }
}
