import SondeHost
import SondeSDK
import Testing

@Suite("Examples drawn from a dataset")
struct SamplingTests {
    /// 40 examples of which every fourth has the label 1.
    private let dataset = TableDataset(
        fields: ["a"], labels: ["no", "yes"],
        ("train", (0..<40).map { (["train \($0)"], $0 % 4 == 0 ? 1 : 0) }),
        ("test", (0..<10).map { (["test \($0)"], 0) }))

    private func lines(_ split: String, _ sampling: RowSampling) throws -> [UInt64] {
        let sampled = try SampledDataset(dataset, sampling: sampling)
        let count = try #require(sampled.description().splits.first { $0.name == split }).count
        let examples = try sampled.examples(of: split, 0..<count)
        for (index, line) in examples.lines.enumerated() {
            #expect(examples.columns[0][index] == "\(split == "test" ? "test" : "train") \(line - 1)")
            if split != "test" { #expect(examples.labels[index] == ((line - 1) % 4 == 0 ? 1 : 0)) }
        }
        return examples.lines
    }

    @Test("A limit leaves so many examples, in their order, others with another seed")
    func limit() throws {
        let some = try lines("train", RowSampling(limit: .all(7), seed: 1))
        #expect(some.count == 7 && some == some.sorted() && Set(some).count == 7)
        #expect(try lines("train", RowSampling(limit: .all(7), seed: 1)) == some)
        #expect(try lines("train", RowSampling(limit: .all(7), seed: 2)) != some)
        #expect(try lines("test", RowSampling(limit: .all(100))).count == 10)
        #expect(try lines("test", RowSampling(limit: .bySplit(["train": 3]))).count == 10)
        #expect(try lines("train", RowSampling(limit: .bySplit(["train": 3]))).count == 3)
    }

    @Test("A limit for each label leaves so many of each, or all there are")
    func limitPerLabel() throws {
        let few = try lines("train", RowSampling(limit: .all(6), isPerLabel: true))
        #expect(few.count { ($0 - 1) % 4 == 0 } == 6 && few.count == 12)
        #expect(try lines("train", RowSampling(limit: .all(15), isPerLabel: true)).count == 25)
    }

    @Test("What is held out is a split of its own and nowhere else")
    func holdOut() throws {
        let sampling = RowSampling(
            holdOut: .init(share: 0.2, source: "train", name: "validation"), seed: 3)
        let (held, left) = (try lines("validation", sampling), try lines("train", sampling))
        #expect(held.count == 8 && left.count == 32)
        #expect(Set(held + left) == Set(1...40))
        #expect(
            try SampledDataset(dataset, sampling: sampling).description().splits.map(\.name) == [
                "train", "validation", "test",
            ])
        var limited = sampling
        limited.limit = .bySplit(["validation": 5, "train": 4])
        #expect(Set(try lines("validation", limited)).isSubset(of: held))
        #expect(Set(try lines("train", limited)).isSubset(of: left))
    }

    @Test("Ranges of a drawn split are those of the whole")
    func ranges() throws {
        let sampled = try SampledDataset(dataset, sampling: RowSampling(limit: .all(9)))
        let all = try sampled.examples(of: "train", 0..<9)
        let some = try sampled.examples(of: "train", 3..<5)
        #expect(some.lines == Array(all.lines[3..<5]))
        #expect(some.columns[0][1] == all.columns[0][4])
        #expect(throws: SondeError.self) { try sampled.examples(of: "train", 8..<10) }
    }

    @Test("What cannot be drawn is refused")
    func refusals() {
        func expectProblem(_ sampling: RowSampling, _ parts: String...) {
            #expect(
                performing: { try SampledDataset(dataset, sampling: sampling) },
                throws: { error in parts.allSatisfy("\(error)".contains) })
        }
        expectProblem(RowSampling(limit: .bySplit(["trian": 3])), "'trian'", "did you mean 'train'?")
        expectProblem(
            RowSampling(holdOut: .init(share: 0.2, source: "train", name: "test")), "'test' already")
        expectProblem(
            RowSampling(holdOut: .init(share: 0.01, source: "train", name: "validation")), "one side empty")
        expectProblem(
            RowSampling(holdOut: .init(share: 0.2, source: "dev", name: "validation")), "no split 'dev'")
    }
}
