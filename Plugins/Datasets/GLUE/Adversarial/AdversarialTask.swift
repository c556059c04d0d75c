import DatasetKit
import SondeSDK

/// The tasks of Adversarial GLUE, whose development set is one split, `validation`.
///
/// B. Wang et al., "Adversarial GLUE: A Multi-Task Benchmark for Robustness Evaluation of Language Models", 2021,
/// arXiv:2111.02840. Labels are numbered as in Hugging Face's copy of GLUE.
enum AdversarialTask: String, CaseIterable {
    case sst2, qqp, qnli, mnli, rte
    case mismatched = "mnli-mm"

    /// The rows of the task.
    /// - Throws: ``SondeError`` for what is wrong with the file.
    func dataset(in path: String, host: any PluginHost) throws -> ColumnDataset {
        var layout = layout
        let split = try ColumnSplit(
            "validation", from: MemberReader(rawValue, path: path), layout: &layout, host: host)
        return try ColumnDataset([split], layout: layout, templates: templates)
    }

    private var layout: ExampleLayout {
        let (fields, labels) =
            switch self {
            case .sst2: (["sentence"], ["negative", "positive"])
            case .qqp: (["question1", "question2"], ["not_duplicate", "duplicate"])
            case .qnli: (["question", "sentence"], ["entailment", "not_entailment"])
            case .rte: (["sentence1", "sentence2"], ["entailment", "not_entailment"])
            case .mnli, .mismatched: (["premise", "hypothesis"], ["entailment", "neutral", "contradiction"])
            }
        return ExampleLayout(
            fields: fields.map { ExampleLayout.Field($0) }, labels: LabelMap(names: labels))
    }

    private var templates: [NamedTemplate] {
        switch self {
        case .sst2: Wording.sentiment
        case .qqp: Wording.questionPair
        case .qnli: Wording.answerable
        case .rte: Wording.entailment
        case .mnli, .mismatched: Wording.inference
        }
    }
}
