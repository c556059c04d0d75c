import SondeHost
import Testing

/// Runs that are played through with given times.
@Suite struct ScheduleTests {
    private func time(_ seconds: Double) -> WorkTime { WorkTime(seconds: seconds, processorSeconds: seconds) }

    private func item(
        _ seconds: Double, models: Set<String> = [], loading: Double? = nil, memory: Int = 0,
        after inputs: [Int] = []
    ) -> Schedule.Item {
        let readings = loading.map {
            [Schedule.Reading(name: "\(models.sorted())", models: models, time: time($0))]
        }
        return Schedule.Item(
            time: time(seconds), readings: readings ?? [], models: models, peakMemory: memory, inputs: inputs)
    }

    @Test("One worker does one after another, two share what does not wait")
    func workers() {
        let items = [item(4), item(3), item(2, after: [0]), item(1, after: [1])]
        #expect(Schedule(items, workers: 1).seconds == 10)
        // 0 and 3 at once until 4; then 2 until 6.
        #expect(Schedule(items, workers: 2).seconds == 6)
        #expect(Schedule(items, workers: 9).seconds == 6)
    }

    @Test("What is finished takes no time and lets others begin")
    func finished() {
        let schedule = Schedule([nil, item(2, after: [0]), nil], workers: 1)
        #expect(schedule.seconds == 2)
        #expect(schedule.times.map(\.seconds) == [0, 2, 0])
    }

    @Test("A worker loads a model once, and again after another one; what uses none lets it be")
    func models() {
        let schedule = Schedule(
            [
                item(1, models: ["a"], loading: 10), item(1, models: ["a"], loading: 10), item(1),
                item(1, models: ["a"], loading: 10), item(1, models: ["b"], loading: 20),
                item(1, models: ["a"], loading: 10),
            ], workers: 1)
        #expect(schedule.times.map(\.seconds) == [11, 1, 1, 1, 21, 11])
        #expect(schedule.seconds == 46)
    }

    @Test("Each worker loads its own, but the first one begins with what it has read before")
    func modelsOfWorkers() {
        let items = [item(5, models: ["a"], loading: 10), item(5, models: ["a"], loading: 10)]
        let held = [Schedule.Reading(name: "[\"a\"]", models: ["a"], time: .zero)]
        #expect(Schedule(items, workers: 2, held: held).times.map(\.seconds) == [5, 15])
    }

    @Test("Memory stays with a worker until another model comes")
    func memory() {
        let schedule = Schedule(
            [
                item(1, memory: 5), item(1, models: ["a"], memory: 70), item(1, memory: 8),
                item(1, models: ["a"], memory: 60), item(1, models: ["b"], memory: 20),
            ], workers: 1)
        #expect(schedule.peaks == [5, 70, 70, 70, 20])
    }
}
