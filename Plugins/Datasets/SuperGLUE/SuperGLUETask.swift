import DatasetKit

/// The tasks of SuperGLUE that are read here: their files, fields and labels.
///
/// A. Wang et al., "SuperGLUE: A Stickier Benchmark for General-Purpose Language Understanding Systems", 2019,
/// arXiv:1905.00537. Labels are numbered as in Hugging Face's copy of the data, whose names of fields and integer labels
/// are read, too.
enum SuperGLUETask: String, CaseIterable {
    case cb, rte, copa, wsc

    /// The splits' files; the test split has no labels.
    var files: SplitFiles {
        SplitFiles(
            [
                .init("train", ["train.jsonl"]), .init("validation", ["val.jsonl", "validation.jsonl"]),
                .init("test", ["test.jsonl"]),
            ], usualFolder: rawValue.uppercased())
    }

    var layout: ExampleLayout {
        switch self {
        case .cb:
            ExampleLayout(
                fields: [.init("premise"), .init("hypothesis")],
                labels: LabelMap(names: ["entailment", "contradiction", "neutral"]))
        case .rte:
            ExampleLayout(
                fields: [.init("premise"), .init("hypothesis")],
                labels: LabelMap(names: ["entailment", "not_entailment"]))
        case .copa:
            ExampleLayout(
                fields: [
                    .init("premise"), .init("choice1"), .init("choice2"),
                    .init("question", words: ["cause": "cause", "effect": "effect"]),
                    .init("connective", from: ["question"], words: ["cause": "because", "effect": "so"]),
                ], labels: LabelMap(names: ["choice1", "choice2"]))
        case .wsc:
            ExampleLayout(
                fields: [
                    .init("text"), .init("span1_text", from: ["target.span1_text", "span1_text"]),
                    .init("span2_text", from: ["target.span2_text", "span2_text"]),
                    .init("span1_index", from: ["target.span1_index", "span1_index"], isText: false),
                    .init("span2_index", from: ["target.span2_index", "span2_index"], isText: false),
                ], labels: LabelMap(names: ["false", "true"]))
        }
    }
}
