import DatasetKit
import SondeSDK

/// The tasks of GLUE that are read here: their files, columns and labels.
///
/// A. Wang et al., "GLUE: A Multi-Task Benchmark and Analysis Platform for Natural Language Understanding", 2019,
/// arXiv:1804.07461. Labels are numbered as in Hugging Face's copy of the data, whose names of fields and integer labels
/// are read, too. White space around texts is dropped: the sentences of SST-2's training file end with a space, those of
/// its other files do not.
enum GLUETask: String, CaseIterable {
    case sst2, mrpc, qqp, qnli, rte

    /// All splits of a folder.
    /// - Throws: ``SondeError`` for what is wrong with a file.
    func dataset(in folder: String, host: any PluginHost) throws -> ColumnDataset {
        if self == .mrpc, let original = ParaphraseCorpus(folder: folder) {
            return try original.dataset(layout: layout, templates: templates, host: host)
        }
        let files = SplitFiles(
            [
                .init("train", ["train.tsv", "train.jsonl"]),
                .init("validation", ["dev.tsv", "validation.tsv", "validation.jsonl"]),
                .init("test", ["test.tsv", "test.jsonl"]),
            ], usualFolder: self == .sst2 ? "SST-2" : rawValue.uppercased())
        return try ColumnDataset(
            files.found(in: folder), layout: layout, templates: templates, host: host)
    }

    private var templates: [NamedTemplate] {
        switch self {
        case .sst2: Wording.sentiment
        case .mrpc: Wording.paraphrase
        case .qqp: Wording.questionPair
        case .qnli: Wording.answerable
        case .rte: Wording.entailment
        }
    }

    private var layout: ExampleLayout {
        switch self {
        case .sst2: Self.layout(["sentence": []], ["label"], ["negative", "positive"])
        case .mrpc:
            Self.layout(
                ["sentence1": ["#1 String"], "sentence2": ["#2 String"]], ["Quality", "label"],
                ["not_equivalent", "equivalent"])
        case .qqp:
            Self.layout(
                ["question1": [], "question2": []], ["is_duplicate", "label"], ["not_duplicate", "duplicate"])
        case .qnli:
            Self.layout(["question": [], "sentence": []], ["label"], ["entailment", "not_entailment"])
        case .rte:
            Self.layout(["sentence1": [], "sentence2": []], ["label"], ["entailment", "not_entailment"])
        }
    }

    /// - Parameter fields: names with the columns of the official files that have other names.
    private static func layout(
        _ fields: KeyValuePairs<String, [String]>, _ label: [String], _ labels: [String]
    ) -> ExampleLayout {
        ExampleLayout(
            fields: fields.map { ExampleLayout.Field($0.key, from: [$0.key] + $0.value) }, label: label,
            labels: LabelMap(names: labels), edit: \.trimmed)
    }
}

extension String {
    /// The text without white space at its ends.
    fileprivate var trimmed: String {
        guard first?.isWhitespace == true || last?.isWhitespace == true else { return self }
        let start = drop(while: \.isWhitespace)
        guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(start[...last])
    }
}
