import Foundation
import SondeHost
import SondeJSON
import SondeSDK

/// A tuning step that another program can do as well and compare.
struct StepRecord: Encodable {
    /// The folder of the checkpoint.
    let model: String
    /// The tokens of each text.
    let texts: [[Int32]]
    /// The tokens to be learned after each text.
    let answers: [[Int32]]
    /// The prompt, row by row.
    let prompt: [[Float]]
    /// The negative log-probability of all answers' tokens.
    let lossSum: Double
    /// How many tokens the answers have.
    let lossCount: Int
    /// d ``lossSum`` / d ``prompt``, row by row.
    let gradient: [[Float]]

    init(model: String, _ workload: Workload, _ result: PassResult) {
        self.model = model
        let rows = workload.rows
        texts = (0..<rows.count).map { Array(rows.texts[$0]) }
        answers = (0..<rows.count).map { row in
            Array(rows.candidates[rows.candidateRange(of: row).lowerBound + Int(rows.labels[row])])
        }
        func matrix(_ values: [Float]) -> [[Float]] {
            stride(from: 0, to: values.count, by: workload.prompt.width).map {
                Array(values[$0..<$0 + workload.prompt.width])
            }
        }
        prompt = matrix(workload.prompt.values)
        lossSum = result.lossSums.first ?? .nan
        lossCount = result.lossCounts.first ?? 0
        gradient = matrix(result.promptGradients.first ?? [])
    }

    /// Writes the step as JSON.
    func write(to file: String) throws {
        let text = try JSONValue(encoding: self).text()
        do {
            try Data(text.utf8).write(to: URL(filePath: file), options: .atomic)
        } catch {
            throw HostError.inputOutput("\(file): cannot be written: \(error.localizedDescription)")
        }
    }

    private enum CodingKeys: String, CodingKey {
        case model, texts, answers, prompt, gradient
        case lossSum = "loss_sum"
        case lossCount = "loss_count"
    }
}
