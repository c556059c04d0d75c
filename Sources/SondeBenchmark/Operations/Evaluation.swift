import SondeHost
import SondeSDK

/// Scores of a batch's candidates under prompts whose keys and values are known.
final class Evaluation: Operation {
    private let workbench: Workbench
    private let model: any Model
    private let pass: Pass
    private let operations: PassOperations

    /// - Parameter prompts: how many prompts the same rows are scored under, in one call.
    init(prompts: Int, on workbench: Workbench) throws {
        self.workbench = workbench
        let shape = try workbench.shape()
        let workload = Workload(shape)
        let model = try workbench.model()
        self.model = model
        pass = Pass(
            rows: workload.rows, prompts: try (0..<prompts).map { _ in try model.prepare(workload.prompt) })
        let batch = BatchShape(
            workload.rows, promptRows: workload.promptRows, isPromptKnown: true, scoresLabelsOnly: false,
            runs: prompts)
        operations = PassOperations(shape, batch, withGradient: false)
    }

    func elapsed() throws -> Elapsed {
        var result = PassResult()
        let elapsed = try Elapsed.of { result = try model.run(pass) }
        guard result.candidateScores.map(\.count) == pass.prompts.map({ _ in pass.rows.candidates.count })
        else { throw HostError.plugin("The model did not score every candidate.") }
        return elapsed
    }

    func floor() -> any Floor { BareProducts(operations.groups, on: workbench.runtime) }

    var usefulOperations: Double? { operations.useful }
}
