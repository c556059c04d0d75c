import SondeHost
import SondeJSON
import SondeSDK

/// Loss and gradient of a batch with respect to a prompt, all of it anew as after an optimiser's step.
final class TuningStep: Operation {
    private let workbench: Workbench
    private let workload: Workload
    private let model: any Model
    private let pass: Pass
    private let operations: PassOperations
    private var result = PassResult()

    init(on workbench: Workbench, modelOptions: JSONObject = [:]) throws {
        self.workbench = workbench
        let shape = try workbench.shape()
        workload = Workload(shape)
        model = try workbench.model(options: modelOptions)
        pass = Pass(
            rows: workload.rows, prompts: [try model.prepare(workload.prompt)], scoring: nil, loss: .language,
            wantsPromptGradient: true)
        let batch = BatchShape(
            workload.rows, promptRows: workload.promptRows, isPromptKnown: false, scoresLabelsOnly: true)
        operations = PassOperations(shape, batch, withGradient: true)
    }

    func elapsed() throws -> Elapsed {
        let elapsed = try Elapsed.of { result = try model.run(pass) }
        guard result.promptGradients.first?.contains(where: { $0 != 0 }) == true else {
            throw HostError.plugin("The model gave no gradient for a pass that asked for one.")
        }
        return elapsed
    }

    func floor() -> any Floor { BareProducts(operations.groups, on: workbench.runtime) }

    var usefulOperations: Double? { operations.useful }

    /// What went into the last step and what came of it.
    var record: StepRecord { StepRecord(model: workbench.directory, workload, result) }
}
