import Glibc

extension RandomStream {
    /// A number from the normal distribution with mean 0 and standard deviation 1.
    ///
    /// Two uniform numbers make one normal number and nothing is kept for the next call, so that the state of a stream
    /// stays four words. Source: Box and Muller, 1958, doi:10.1214/aoms/1177706645.
    public mutating func normal() -> Double {
        let radius = (-2 * log(1 - uniform())).squareRoot()
        return radius * cos(2 * .pi * uniform())
    }

    /// Puts `items` into a random order, each equally likely (Fisher and Yates).
    public mutating func shuffle<Item>(_ items: inout [Item]) {
        for last in stride(from: items.count - 1, to: 0, by: -1) {
            items.swapAt(last, integer(below: last + 1))
        }
    }

    /// The numbers of [0, `count`) in a random order.
    public mutating func permutation(of count: Int) -> [Int] {
        var order = Array(0..<count)
        shuffle(&order)
        return order
    }

    /// `count` numbers from [0, `count`), drawn with replacement: one bootstrap sample of `count` items.
    public mutating func resample(of count: Int) -> [Int] {
        (0..<count).map { _ in integer(below: count) }
    }
}
