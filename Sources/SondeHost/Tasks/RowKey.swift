import SondeStatistics

/// Names an example for dropout and noise.
///
/// A row's key depends on its split and index alone, so that its numbers do not depend on the batch it is in.
enum RowKey {
    static func value(split: String, index: Int) -> UInt64 {
        var stream = RandomStream(seed: UInt64(index), name: "row/\(split)")
        return stream.next()
    }
}
