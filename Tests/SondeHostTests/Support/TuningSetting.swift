import SondeHost
import SondeJSON
import SondeSDK

/// A small task that the byte model can learn: texts of `a`, `b` and `c` with an answer that depends on which is more
/// frequent.
struct TuningSetting {
    let model = ByteModel()
    let training: Rows
    let evaluation: Rows
    var recipe: TuningRecipe
    let choices: Rows

    init(_ options: JSONObject = [:]) throws {
        var settings: JSONObject = [
            "rows": 3, "epochs": 6, "batch_size": 8, "initialisation": "noise", "learning_rate": 0.1,
        ]
        for (key, value) in options { settings[key] = value }
        recipe = try TuningRecipe(settings)
        let examples: [TableDataset.Example] = (0..<60).map { index in
            let isMostlyA = index % 2 == 0
            let text = String(repeating: "a", count: isMostlyA ? 5 : 1 + index % 3)
            return (
                [text + "c" + String(repeating: "b", count: isMostlyA ? index % 3 : 5)], isMostlyA ? 0 : 1
            )
        }
        let dataset = TableDataset(
            fields: ["text"], labels: ["a", "b"], ("train", Array(examples[..<40])),
            ("validation", Array(examples[40...])))
        let task = try EncodedTask(
            TaskDefinition(name: "letters", template: "{text}:", candidates: .inLabelOrder([" n", " y"])),
            dataset: dataset, model: model, promptRows: recipe.rows)
        training = try recipe.rows(of: task, split: "train")
        evaluation = try recipe.rows(of: task, split: "validation")
        choices = try task.rows(split: "validation")
    }

    /// A job on this task.
    func job(seed: Int = 1, checkpoint: String? = nil, evaluates: Bool = true) -> TuningJob {
        TuningJob(
            model: model, names: (model: "bytes", task: "letters"), training: training,
            evaluation: evaluates ? evaluation : nil, recipe: recipe, seed: seed, checkpoint: checkpoint
        )
    }

    func tuned(seed: Int = 1) throws -> TuningOutcome {
        try PromptTuner(job(seed: seed), host: HostRuntime(threads: 1)).run()
    }
}
