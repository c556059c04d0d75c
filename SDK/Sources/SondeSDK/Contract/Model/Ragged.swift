/// Items of unequal length, one after another, without padding (compressed sparse rows).
public struct Ragged<Element: Sendable>: Sendable {
    /// Item i is `values[offsets[i] ..< offsets[i + 1]]`; one more than there are items.
    public private(set) var offsets: [Int]
    /// All elements of all items.
    public private(set) var values: [Element]

    /// No items.
    public init() {
        offsets = [0]
        values = []
    }

    /// These items.
    public init(_ items: some Sequence<some Sequence<Element>>) {
        self.init()
        for item in items { append(item) }
    }

    /// Items over offsets (ascending from 0 to the number of values) and values.
    public init(offsets: [Int], values: [Element]) {
        precondition(offsets.first == 0 && offsets.last == values.count)
        self.offsets = offsets
        self.values = values
    }

    /// How many items there are.
    public var count: Int { offsets.count - 1 }

    /// One item.
    public subscript(index: Int) -> ArraySlice<Element> { values[offsets[index]..<offsets[index + 1]] }

    /// The length of one item.
    public func count(of index: Int) -> Int { offsets[index + 1] - offsets[index] }

    /// Adds an item at the end.
    public mutating func append(_ item: some Sequence<Element>) {
        values.append(contentsOf: item)
        offsets.append(values.count)
    }
}

extension Ragged: Equatable where Element: Equatable {}
extension Ragged: Hashable where Element: Hashable {}
