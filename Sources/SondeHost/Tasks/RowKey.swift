/// Names an example for dropout and noise: FNV-1a with 64 bits over the split's name and the example's index.
///
/// A row's key depends on nothing else, so that its numbers do not depend on the batch it is in.
enum RowKey {
    static func value(split: String, index: Int) -> UInt64 {
        "\(split)/\(index)".utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }
}
