/// When each cell is done: the first that can be done goes to the first idle worker, as in a run.
///
/// A worker keeps models and rows until a cell of other models comes to it.
public struct Schedule: Sendable {
    /// Something that a worker reads once.
    public struct Reading: Sendable, Hashable {
        /// What it is, unique.
        public var name: String
        /// The models that it goes away with.
        public var models: Set<String>
        /// The time of reading it.
        public var time: WorkTime

        /// Something to read.
        public init(name: String, models: Set<String>, time: WorkTime) {
            self.name = name
            self.models = models
            self.time = time
        }
    }

    /// A cell.
    public struct Item: Sendable {
        /// Its time, without readings.
        public var time: WorkTime
        /// What it reads unless its worker has it.
        public var readings: [Reading]
        /// The models that it uses.
        public var models: Set<String>
        /// The most memory that it needs on a worker that has nothing yet, in bytes.
        public var peakMemory: Int
        /// The items that must be done before.
        public var inputs: [Int]

        /// A cell.
        public init(
            time: WorkTime, readings: [Reading] = [], models: Set<String> = [], peakMemory: Int = 0,
            inputs: [Int] = []
        ) {
            self.time = time
            self.readings = readings
            self.models = models
            self.peakMemory = peakMemory
            self.inputs = inputs
        }
    }

    fileprivate struct Worker {
        var freeAt = 0.0
        var models: Set<String> = []
        var held: [Reading] = []
        /// The most memory since it has these models.
        var memory = 0
    }

    /// The time of each item, with what its worker had to read for it.
    public private(set) var times: [WorkTime]
    /// The most memory of each item's worker, with what that has kept.
    public private(set) var peaks: [Int]
    /// When the last item is done, in seconds.
    public private(set) var seconds = 0.0

    /// Plays a run through.
    /// - Parameters:
    ///   - items: in the order of the work; an item that is `nil` is done already.
    ///   - held: what the first worker has read before.
    public init(_ items: [Item?], workers count: Int, held: [Reading] = []) {
        times = items.map { _ in .zero }
        peaks = items.map { _ in 0 }
        var workers = Array(repeating: Worker(), count: max(1, count))
        workers[0].held = held
        var ends: [Double?] = items.map { $0 == nil ? 0 : nil }
        var left = items.indices.filter { items[$0] != nil }
        var now = 0.0
        while !left.isEmpty {
            let ready = left.first { index in
                items[index]?.inputs.allSatisfy { ends[$0].map { $0 <= now } ?? false } ?? true
            }
            guard let index = ready, let item = items[index],
                let worker = workers.firstIndex(where: { $0.freeAt <= now })
            else {
                guard let next = workers.map(\.freeAt).filter({ $0 > now }).min() else { break }
                now = next
                continue
            }
            left.removeAll { $0 == index }
            times[index] = workers[worker].take(item)
            peaks[index] = workers[worker].memory
            workers[worker].freeAt = now + times[index].seconds
            ends[index] = workers[worker].freeAt
            seconds = max(seconds, workers[worker].freeAt)
        }
    }
}

extension Schedule.Worker {
    /// The time of an item on this worker, which has read afterwards what the item reads.
    fileprivate mutating func take(_ item: Schedule.Item) -> WorkTime {
        if !item.models.isEmpty, item.models != models {
            held.removeAll { !$0.models.isSubset(of: item.models) }
            (models, memory) = (item.models, 0)
        }
        memory = max(memory, item.peakMemory)
        let new = item.readings.filter { reading in !held.contains { $0.name == reading.name } }
        held += new
        return new.reduce(item.time) { $0 + $1.time }
    }
}
