import DatasetKit
import SondeSDK

/// The Microsoft Research Paraphrase Corpus as it is distributed: a training file, a test file with labels, and the
/// identifiers of those training pairs that GLUE holds out.
struct ParaphraseCorpus {
    private let training: String
    private let held: String
    private let test: String?

    /// The corpus in a folder, or `nil` if its training file or list of identifiers is not there.
    init?(folder: String) {
        func file(_ names: String...) -> String? {
            names.map { folder + "/" + $0 }.first(where: SourceFile.exists)
        }
        guard let training = file("msr_paraphrase_train.txt"), let held = file("dev_ids.tsv", "dev_ids")
        else { return nil }
        self.training = training
        self.held = held
        test = file("msr_paraphrase_test.txt")
    }

    /// Training pairs, those that are held out, and test pairs.
    func dataset(
        layout: ExampleLayout, templates: [NamedTemplate], host: any PluginHost
    ) throws -> ColumnDataset {
        let heldPairs = Set(
            try SourceFile.text(of: held).split(whereSeparator: \.isNewline).map {
                $0.split(separator: "\t").map(String.init)
            })
        func isHeld(_ record: Record) -> Bool {
            heldPairs.contains(["#1 ID", "#2 ID"].compactMap(record.text(under:)))
        }
        var layout = layout
        func split(
            _ name: String, _ path: String, where isWanted: (Record) -> Bool = { _ in true }
        ) throws -> ColumnSplit {
            try ColumnSplit(
                name, from: TableReader(path: path, format: .tabs), layout: &layout, host: host,
                where: isWanted)
        }
        var splits = [
            try split("train", training) { !isHeld($0) }, try split("validation", training, where: isHeld),
        ]
        if let test { splits.append(try split("test", test)) }
        return try ColumnDataset(splits, layout: layout, templates: templates)
    }
}
