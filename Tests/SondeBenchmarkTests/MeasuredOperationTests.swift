import SondeBenchmark
import SondeSDK
import Testing

@Suite("What turns amount to")
struct MeasuredOperationTests {
    /// Turns with these seconds; processor time is twice that.
    private func turns(_ seconds: [(reference: Double, operation: Double, floor: Double)])
        -> [MeasuredOperation.Turn]
    {
        func elapsed(_ seconds: Double) -> Elapsed { Elapsed(wall: seconds, processor: 2 * seconds) }
        return seconds.map {
            .init(
                reference: elapsed($0.reference), operation: elapsed($0.operation), floor: elapsed($0.floor))
        }
    }

    private func measured(useful: Double?) -> MeasuredOperation {
        MeasuredOperation(
            .step, turns: turns([(0.5, 4, 3), (1, 5, 2), (9, 50, 30)]), floor: "bare products",
            usefulOperations: useful, peakMemory: 3_000_000_000, threads: .init(asked: 2, openBLAS: 1))
    }

    @Test("times are medians, shares are those of medians")
    func medians() {
        let operation = measured(useful: nil)
        #expect(operation.time == Elapsed(wall: 5, processor: 10))
        #expect(operation.floorTime == Elapsed(wall: 3, processor: 6))
        #expect(operation.shareOfFloor == 3.0 / 5)
        #expect(operation.referenceGigaflops == nil && operation.shareOfRate == nil)
    }

    @Test("the share of the rate compares useful operations with the reference product's")
    func rate() {
        // Twice the operations of the reference product, which takes 1 s, in 5 s.
        let operation = measured(useful: 4 * 2048.0 * 2048 * 2048)
        #expect(operation.referenceGigaflops == 2 * 2048.0 * 2048 * 2048 / 1e9)
        #expect(operation.shareOfRate == 2.0 / 5)
        #expect(operation.shareOfProcessorRate == 2.0 / 5)
    }

    @Test("an even number of times has the middle of two as its median")
    func evenMedian() {
        let times = [4.0, 1, 2, 8].map { Elapsed(wall: $0, processor: $0) }
        #expect(Elapsed(medianOf: times).wall == 3)
    }

    @Test("the table has a row for each operation, and no share where there are no products")
    func table() throws {
        let report = BenchmarkReport(
            machine: MachineFacts(), shape: .small,
            operations: [measured(useful: nil), measured(useful: 1e12)])
        let rows = report.table.rows
        #expect(rows.count == 2)
        #expect(rows.allSatisfy { $0.count == report.table.columns.count })
        #expect(rows[0][0].text == "tuning step")
        #expect(rows[0][1].value == 5 && rows[0][2].text == "bare products" && rows[0][3].value == 3)
        #expect(rows[0][5].value == nil && rows[1][5].value != nil)
        #expect(rows[0][6].value == 3)
        #expect(report.table.note.contains("2 threads, OpenBLAS uses 1."))
    }
}
