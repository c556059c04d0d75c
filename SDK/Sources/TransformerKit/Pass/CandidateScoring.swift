import Foundation
import SondeSDK

/// From log-probabilities of single tokens to candidate scores, losses, and back to gradients.
struct CandidateScoring {
    /// For each candidate the indices of its tokens' log-probabilities.
    let tokens: [[Int]]
    /// For each row the indices of its candidates.
    let candidates: [Range<Int>]
    /// For each row the index of its right candidate within the row; -1 where that is unknown.
    let labels: [Int32]

    /// The score of every candidate.
    /// - Parameter logProbabilities: of the single tokens.
    func scores(_ logProbabilities: [Float], by scoring: Pass.Scoring) -> [Double] {
        tokens.map { indices in
            let values = indices.map { Double(logProbabilities[$0]) }
            switch scoring {
            case .sequence: return values.reduce(0, +)
            case .mean: return values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
            case .firstToken: return values.first ?? 0
            }
        }
    }

    /// A loss with its gradient.
    struct Loss {
        /// The loss of each row: for the language loss the mean over its target tokens.
        var rows: [Double] = []
        /// Summed over rows (choice) or target tokens (language).
        var sum = 0.0
        /// How many rows or target tokens were summed.
        var count = 0
        /// d sum / d log-probability of every single token.
        var gradient: [Float]
    }

    /// The negative log-probability of the right candidates' tokens.
    /// - Throws: ``SondeError`` naming a row without a label.
    func languageLoss(_ logProbabilities: [Float]) throws -> Loss {
        var loss = Loss(gradient: Array(repeating: 0, count: logProbabilities.count))
        for row in candidates.indices {
            let target = tokens[try label(of: row)]
            let sum = -target.reduce(0) { $0 + Double(logProbabilities[$1]) }
            loss.rows.append(sum / Double(max(target.count, 1)))
            loss.sum += sum
            loss.count += target.count
            for index in target { loss.gradient[index] -= 1 }
        }
        return loss
    }

    /// Cross-entropy over the scores of each row's candidates.
    /// - Throws: ``SondeError`` naming a row without a label.
    func choiceLoss(_ logProbabilities: [Float], by scoring: Pass.Scoring) throws -> Loss {
        let scores = scores(logProbabilities, by: scoring)
        var loss = Loss(gradient: Array(repeating: 0, count: logProbabilities.count))
        for (row, range) in candidates.enumerated() {
            let label = try label(of: row)
            let highest = scores[range].max() ?? 0
            let total = scores[range].reduce(0) { $0 + exp($1 - highest) }
            loss.rows.append(highest + log(total) - scores[label])
            loss.count += 1
            for candidate in range {
                let slope = exp(scores[candidate] - highest) / total - (candidate == label ? 1 : 0)
                spread(slope, over: tokens[candidate], by: scoring, into: &loss.gradient)
            }
        }
        loss.sum = loss.rows.reduce(0, +)
        return loss
    }

    /// Adds d score / d log-probability times `slope`.
    private func spread(
        _ slope: Double, over tokens: [Int], by scoring: Pass.Scoring, into gradient: inout [Float]
    ) {
        switch scoring {
        case .sequence: for index in tokens { gradient[index] += Float(slope) }
        case .mean: for index in tokens { gradient[index] += Float(slope / Double(tokens.count)) }
        case .firstToken: if let first = tokens.first { gradient[first] += Float(slope) }
        }
    }

    private func label(of row: Int) throws -> Int {
        let range = candidates[row]
        let label = Int(labels[row])
        guard label >= 0, label < range.count else {
            throw SondeError.invalidData(
                "Row \(row) has no label among its \(range.count) candidates; a loss needs one.")
        }
        return range.lowerBound + label
    }
}
