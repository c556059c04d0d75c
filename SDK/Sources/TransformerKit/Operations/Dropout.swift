import CKernels

/// Dropout whose choices depend on what a row is, and not on where it stands in a batch.
///
/// An entry is dropped by a hash of the stream, the site, the key of its row and its column: the same row makes the same
/// choices in any batch, in any order and on any number of threads.
public struct Dropout {
    /// The probability that an entry becomes 0; the others are divided by the probability of staying.
    public var rate: Float
    /// The random stream, for example derived from the seed, the name `dropout` and the step.
    public var stream: UInt64
    /// What each row of the batch is, for example a hash of its example and its position.
    public var rowKeys: [UInt64]

    /// Describes dropout for the rows of one batch.
    public init(rate: Float, stream: UInt64, rowKeys: [UInt64]) {
        precondition(rate >= 0 && rate < 1, "a dropout rate of \(rate)")
        self.rate = rate
        self.stream = stream
        self.rowKeys = rowKeys
    }

    /// The key of one row at one place of the model.
    func key(row: Int, site: UInt64) -> UInt64 { mixed(mixed(stream ^ mixed(site)) ^ rowKeys[row]) }
}

/// A bijection of 64 bits without visible structure: the finaliser of SplitMix64 (Steele, Lea and Flood 2014,
/// doi:10.1145/2660193.2660195) after its increment.
func mixed(_ value: UInt64) -> UInt64 {
    var z = value &+ 0x9e37_79b9_7f4a_7c15
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
}

extension Tape {
    /// Sets random entries to 0 and scales the others up.
    ///
    /// - Parameters:
    ///   - input: `[rows × width]`; `dropout` has a key for each row.
    ///   - dropout: Rate and randomness.
    ///   - site: A number of this place in the model; places with different numbers choose independently.
    public func dropout(_ input: Value, _ dropout: Dropout, site: UInt64) -> Value {
        guard dropout.rate > 0 else { return input }
        precondition(dropout.rowKeys.count == input.rows, "dropout keys for another number of rows")
        let output = workspace.tensor(rows: input.rows, width: input.width)
        workspace.apply(dropout, site: site, from: input.tensor, to: output)
        let slot = input.gradient
        return value(output, of: input) { [workspace] gradient in
            workspace.apply(dropout, site: site, from: gradient, to: gradient)
            slot?.add(gradient, in: workspace)
        }
    }
}

extension Workspace {
    fileprivate func apply(_ dropout: Dropout, site: UInt64, from source: Tensor, to target: Tensor) {
        forEachPiece(rows: source.rows, width: source.width) { rows in
            for row in rows {
                let key = dropout.key(row: row, site: site)
                kernels.dropout(
                    source.width, key, dropout.rate, source.rowAddress(row), target.rowAddress(row))
            }
        }
    }
}
