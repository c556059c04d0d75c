import SondeStatistics
import Testing

@Suite struct `McNemar's test` {
    @Test func `agrees with SciPy's binomial test`() throws {
        for expected in try Reference.load().mcnemar {
            let test = McNemarTest(onlyFirst: expected.onlyFirst, onlySecond: expected.onlySecond)
            #expect(agree(test.pValue, expected.p), "\(expected)")
        }
    }

    @Test func `counts the examples that one alone gets right`() {
        let test = McNemarTest(
            first: [true, true, false, false, true], second: [true, false, true, false, false])
        #expect(test == McNemarTest(onlyFirst: 2, onlySecond: 1))
    }

    @Test func `refuses lists of different lengths`() async {
        await #expect(processExitsWith: .failure) { _ = McNemarTest(first: [true], second: []) }
    }
}

@Suite struct `Permutation tests` {
    @Test func `of few pairs count every combination of signs`() throws {
        var stream = RandomStream(seed: 0, name: "signs")
        let untouched = stream
        for expected in try Reference.load().pairedPermutations {
            let test = PermutationTest.paired(differences: expected.differences, using: &stream)
            #expect(agree(test.pValue, expected.p), "\(expected)")
            #expect(test.isExact)
        }
        #expect(stream == untouched)
    }

    @Test func `of many pairs come near the exact answer`() {
        let differences = (0..<12).map { Double($0) - 3.5 }
        var stream = RandomStream(seed: 1, name: "signs")
        let exact = PermutationTest.paired(differences: differences, using: &stream)
        let sampled = PermutationTest.paired(differences: differences, replicates: 4000, using: &stream)
        #expect(exact.isExact && !sampled.isExact && sampled.null.count == 4000)
        // Five standard errors of a share of 4,000.
        let error = (exact.pValue * (1 - exact.pValue) / 4000).squareRoot()
        #expect(abs(exact.pValue - sampled.pValue) < 5 * error)
    }

    @Test func `of F1 count every combination of swaps, as SciPy does`() throws {
        var stream = RandomStream(seed: 0, name: "swaps")
        let untouched = stream
        func f1(_ answers: [Int], _ references: [Int]) -> Double {
            let right = zip(answers, references).count { $0 == 1 && $1 == 1 }
            let places = answers.reduce(0, +) + references.reduce(0, +)
            return places == 0 ? 0 : Double(2 * right) / Double(places)
        }
        for expected in try Reference.load().swaps {
            let pairs = Array(zip(expected.first, expected.second))
            let test = PermutationTest.swaps(of: pairs.count, using: &stream) { isSwapped in
                let swapped = zip(pairs, isSwapped).map { $1 ? ($0.1, $0.0) : $0 }
                return f1(swapped.map(\.0), expected.references) - f1(swapped.map(\.1), expected.references)
            }
            #expect(agree(test.observed, expected.observed) && agree(test.pValue, expected.p), "\(expected)")
            #expect(test.isExact)
        }
        #expect(stream == untouched)
    }

    @Test func `by swaps agree with those by signs where the statistic is a mean`() {
        let differences = (0..<40).map { Double($0 % 7) - 2 }
        var stream = RandomStream(seed: 5, name: "swaps")
        let swaps = PermutationTest.swaps(of: 40, replicates: 4000, using: &stream) { isSwapped in
            zip(differences, isSwapped).reduce(0) { $0 + ($1.1 ? -$1.0 : $1.0) } / 40
        }
        let signs = PermutationTest.paired(differences: differences, replicates: 4000, using: &stream)
        #expect(swaps.observed == signs.observed && !swaps.isExact && swaps.null.count == 4000)
        // Five standard errors of the difference of two shares of 4,000.
        let error = (2 * signs.pValue * (1 - signs.pValue) / 4000).squareRoot()
        #expect(abs(swaps.pValue - signs.pValue) < 5 * error)
    }

    @Test func `never report a p-value of zero`() {
        let test = PermutationTest(observed: 9, null: [0, 1, 2], alternative: .greater)
        #expect(test.pValue == 0.25)
        #expect(PermutationTest(observed: 9, null: [], alternative: .greater).pValue == 1)
    }

    @Test func `look at the side they are asked about`() {
        let null = [-3.0, -1, 0, 1, 2]
        #expect(PermutationTest(observed: -2, null: null, alternative: .less).pValue == 2.0 / 6)
        #expect(PermutationTest(observed: -2, null: null, alternative: .greater).pValue == 5.0 / 6)
        #expect(PermutationTest(observed: -2, null: null, alternative: .twoSided).pValue == 3.0 / 6)
    }

    @Test func `of labels find a real relation and no other`() {
        let labels = (0..<40).map { $0 % 2 }
        var stream = RandomStream(seed: 2, name: "labels")
        func agreement(with answers: [Int]) -> PermutationTest {
            .labels(labels, replicates: 199, using: &stream) { shuffled in
                Double(zip(shuffled, answers).count { $0 == $1 })
            }
        }
        #expect(agreement(with: labels).pValue == 1.0 / 200)
        #expect(agreement(with: (0..<40).map { $0 / 20 }).pValue > 0.2)
    }
}

@Suite struct `False discovery rates` {
    @Test func `agree with SciPy`() throws {
        for expected in try Reference.load().falseDiscoveries {
            let adjusted = benjaminiHochberg(expected.p)
            #expect(adjusted.count == expected.q.count)
            for (value, q) in zip(adjusted, expected.q) { #expect(agree(value, q)) }
        }
    }

    @Test func `of no test are none`() {
        #expect(benjaminiHochberg([]).isEmpty)
    }
}

@Suite struct `Minimum detectable differences` {
    @Test func `follow the normal approximation`() throws {
        let question = MinimumDetectableDifference()
        for expected in try Reference.load().detectableDifferences {
            #expect(
                agree(try #require(question.independent(examples: expected.examples)), expected.independent))
            #expect(agree(try #require(question.paired(examples: expected.examples)), expected.paired))
        }
    }

    @Test func `do not exist for tiny test sets`() {
        let question = MinimumDetectableDifference()
        #expect(question.independent(examples: 0) == nil)
        #expect(question.independent(examples: 2) == nil)
        #expect(question.paired(examples: 0) == nil)
        #expect(question.paired(examples: 1) == nil)
    }
}
