import Foundation
import SondeStatistics
import Testing

@Suite struct `Random streams` {
    @Test func `give the numbers of an independent implementation`() throws {
        for expected in try Reference.load().streams {
            let seed = try #require(UInt64(expected.seed))
            var bits = RandomStream(seed: seed, name: expected.name)
            #expect(expected.next == expected.next.map { _ in String(bits.next()) })
            var stream = RandomStream(seed: seed, name: expected.name)
            #expect(expected.uniform == expected.uniform.map { _ in stream.uniform() })
            #expect(expected.below7 == expected.below7.map { _ in stream.integer(below: 7) })
            for normal in expected.normal { #expect(agree(stream.normal(), normal, within: 1e-14)) }
            var items = Array(0..<20)
            stream.shuffle(&items)
            #expect(items == expected.shuffled20)
        }
    }

    @Test func `of another name or seed share no number`() {
        var streams = [
            RandomStream(seed: 1, name: "init"), RandomStream(seed: 1, name: "order"),
            RandomStream(seed: 2, name: "init"), RandomStream(seed: 1, name: "ini"),
        ]
        var seen: Set<UInt64> = []
        for index in streams.indices {
            for _ in 0..<1000 { #expect(seen.insert(streams[index].next()).inserted) }
        }
    }

    @Test func `go on where they were after being stored`() throws {
        var stream = RandomStream(seed: 5, name: "dropout")
        for _ in 0..<17 { _ = stream.next() }
        var restored = try JSONDecoder().decode(RandomStream.self, from: JSONEncoder().encode(stream))
        #expect(restored == stream)
        #expect((0..<100).map { _ in restored.next() } == (0..<100).map { _ in stream.next() })
    }

    @Test func `permute without loss`() {
        var stream = RandomStream(seed: 3, name: "order")
        for count in [0, 1, 2, 7, 100] { #expect(stream.permutation(of: count).sorted() == Array(0..<count)) }
        #expect(stream.permutation(of: 100) != stream.permutation(of: 100))
    }

    @Test func `spread integers evenly`() {
        var stream = RandomStream(seed: 11, name: "even")
        var counts = [Int](repeating: 0, count: 5)
        for _ in 0..<50_000 { counts[stream.integer(below: 5)] += 1 }
        // Five standard deviations of a binomial count of 50,000 with probability 1/5.
        for count in counts { #expect(abs(count - 10_000) < 450) }
    }

    @Test func `draw normal numbers with mean 0 and deviation 1`() throws {
        var stream = RandomStream(seed: 12, name: "normal")
        let sample = Sample((0..<40_000).map { _ in stream.normal() })
        let mean = try #require(sample.mean)
        let deviation = try #require(sample.standardDeviation)
        // Five standard errors of either.
        #expect(abs(mean) < 0.025)
        #expect(abs(deviation - 1) < 0.018)
    }

    @Test func `refuse to draw from nothing`() async {
        await #expect(processExitsWith: .failure) {
            var stream = RandomStream(seed: 0, name: "none")
            _ = stream.integer(below: 0)
        }
    }
}
