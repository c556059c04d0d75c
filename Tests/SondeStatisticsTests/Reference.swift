import Foundation

/// What SciPy, scikit-learn and a second implementation of the generator say; see record_statistics.py.
struct Reference: Decodable {
    let streams: [Stream]
    let distributions: [Distribution]
    let wilson: [Wilson]
    let samples: [Sample]
    let bootstraps: Bootstraps
    let mcnemar: [McNemar]
    let pairedPermutations: [PairedPermutation]
    let swaps: [Swaps]
    let spearman: [Spearman]
    let falseDiscoveries: [FalseDiscoveries]
    let detectableDifferences: [DetectableDifference]
    let quantiles: [Quantiles]

    static func load() throws -> Reference {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let file = folder.appending(path: "Fixtures/statistics/reference.json")
        return try JSONDecoder().decode(Reference.self, from: Data(contentsOf: file))
    }

    struct Stream: Decodable {
        let seed: String
        let name: String
        let next: [String]
        let uniform: [Double]
        let below7: [Int]
        let normal: [Double]
        let shuffled20: [Int]
    }

    struct Distribution: Decodable {
        /// Absent for the normal distribution.
        let degreesOfFreedom: Double?
        let cumulative: [[Double]]
        let quantile: [[Double]]
    }

    struct Wilson: Decodable {
        let successes: Int
        let trials: Int
        let level: Double
        let interval: [Double]
    }

    struct Sample: Decodable {
        let values: [Double]
        let mean: Double
        let standardDeviation: Double
        let interval: [Double]
    }

    struct Bootstraps: Decodable {
        let references: [Int]
        let predictions: [Int]
        let oneWay: [Double]
        let scores: [[Double]]
        let twoWay: [Double]
    }

    struct McNemar: Decodable {
        let onlyFirst: Int
        let onlySecond: Int
        let p: Double
    }

    struct PairedPermutation: Decodable {
        let differences: [Double]
        let p: Double
    }

    struct Swaps: Decodable {
        let references: [Int]
        let first: [Int]
        let second: [Int]
        let observed: Double
        let p: Double
    }

    struct Spearman: Decodable {
        let first: [Double]
        let second: [Double]
        let ranks: [Double]
        let coefficient: Double
    }

    struct FalseDiscoveries: Decodable {
        let p: [Double]
        let q: [Double]
    }

    struct DetectableDifference: Decodable {
        let examples: Int
        let independent: Double
        let paired: Double
    }

    struct Quantiles: Decodable {
        let values: [Double]
        let levels: [Double]
        let quantiles: [Double]
    }
}

/// Tells whether two numbers agree to `tolerance`, relative to the larger where that exceeds 1.
func agree(_ first: Double, _ second: Double, within tolerance: Double = 1e-10) -> Bool {
    first == second || abs(first - second) <= tolerance * max(1, abs(first), abs(second))
}
