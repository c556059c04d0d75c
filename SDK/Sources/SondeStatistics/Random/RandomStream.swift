/// A named stream of random numbers: xoshiro256\*\*, started from a seed and a name.
///
/// Streams of one seed and different names are independent, so that whoever takes numbers from one stream changes
/// nobody else's numbers. The start is the 64-bit FNV-1a hash of the eight bytes of the seed (lowest first) followed by
/// the UTF-8 bytes of the name; SplitMix64 turns that hash into the four words of the state.
///
///     var order = RandomStream(seed: 33, name: "order")
///     let rows = order.permutation(of: 400)
///
/// The numbers are the same on every machine and with every compiler, except ``normal()``, which goes through the
/// mathematical library. The state is `Codable`: a stream that is stored and read back goes on where it was.
///
/// Sources: Blackman and Vigna, "Scrambled linear pseudorandom number generators", 2021, doi:10.1145/3460772;
/// Steele, Lea and Flood (SplitMix64), 2014, doi:10.1145/2660193.2660195.
public struct RandomStream: RandomNumberGenerator, Hashable, Codable, Sendable {
    private var first: UInt64
    private var second: UInt64
    private var third: UInt64
    private var fourth: UInt64

    /// The stream called `name` of `seed`; names are paths such as `init`, `order` or `probe/semantics/null`.
    public init(seed: UInt64, name: String) {
        var splitter = SplitMix64(state: Self.hash(seed: seed, name: name))
        first = splitter.next()
        second = splitter.next()
        third = splitter.next()
        fourth = splitter.next()
    }

    /// The next 64 random bits.
    public mutating func next() -> UInt64 {
        let result = (second &* 5).rotated(by: 7) &* 9
        let shifted = second << 17
        third ^= first
        fourth ^= second
        second ^= third
        first ^= fourth
        third ^= shifted
        fourth = fourth.rotated(by: 45)
        return result
    }

    /// A number from [0, 1), one of 2^53 equally likely ones.
    public mutating func uniform() -> Double {
        Double(next() >> 11) * 0x1p-53
    }

    /// A number from [0, `bound`), each equally likely.
    ///
    /// `bound` must be positive. Source: Lemire, "Fast random integer generation in an interval", 2019,
    /// doi:10.1145/3230636.
    public mutating func integer(below bound: Int) -> Int {
        precondition(bound > 0, "there is no integer in [0, \(bound))")
        let width = UInt64(bound)
        let rejected = (0 &- width) % width
        var product = next().multipliedFullWidth(by: width)
        while product.low < rejected { product = next().multipliedFullWidth(by: width) }
        return Int(product.high)
    }

    private static func hash(seed: UInt64, name: String) -> UInt64 {
        let seedBytes = (0..<8).map { UInt8(truncatingIfNeeded: seed >> (8 * $0)) }
        return (seedBytes + Array(name.utf8)).reduce(0xcbf2_9ce4_8422_2325) { hash, byte in
            (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
        }
    }
}

/// The generator that fills the state of another: consecutive states of a counter, well mixed.
private struct SplitMix64 {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}

extension UInt64 {
    fileprivate func rotated(by bits: UInt64) -> UInt64 {
        (self << bits) | (self >> (64 - bits))
    }
}
