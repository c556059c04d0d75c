import SondeStatistics

/// Which examples each step sees: every epoch goes through all of them once, in an order of its own.
///
/// The order of an epoch comes from a stream named after it, so that it is known without having gone through the epochs
/// before. The last batch of an epoch may be smaller.
struct TrainingOrder {
    let count: Int
    let batchSize: Int
    let seed: Int
    private var shuffled: (epoch: Int, order: [Int])?

    init(count: Int, batchSize: Int, seed: Int) {
        self.count = count
        self.batchSize = batchSize
        self.seed = seed
    }

    var stepsPerEpoch: Int { (count + batchSize - 1) / batchSize }

    /// The epoch of a step, both counted from 0.
    func epoch(of step: Int) -> Int { step / stepsPerEpoch }

    /// The examples of a step, counted from 0.
    mutating func batch(_ step: Int) -> ArraySlice<Int> {
        let epoch = epoch(of: step)
        let first = (step % stepsPerEpoch) * batchSize
        return order(of: epoch)[first..<min(first + batchSize, count)]
    }

    private mutating func order(of epoch: Int) -> [Int] {
        if let shuffled, shuffled.epoch == epoch { return shuffled.order }
        var stream = RandomStream(seed: UInt64(bitPattern: Int64(seed)), name: "order/\(epoch)")
        let order = stream.permutation(of: count)
        shuffled = (epoch, order)
        return order
    }
}
