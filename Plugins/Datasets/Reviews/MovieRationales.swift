import DatasetKit
import SondeJSON
import SondeSDK

/// ERASER's movie reviews: rows name a document under `docs`, which holds the review, a sentence a line.
///
/// J. DeYoung et al., "ERASER: A Benchmark to Evaluate Rationalized NLP Models", 2020, arXiv:1911.03429. Rows that hold the
/// review themselves, as Hugging Face's copy does, are read, too.
struct MovieRationales {
    let folder: String

    private static let layout = ExampleLayout(
        fields: [.init("review"), .init("evidence", isText: false)], label: ["classification", "label"],
        labels: LabelMap(
            names: SentimentWording.labels, aliases: ["NEG": "negative", "POS": "positive"]))

    /// The splits that are there.
    /// - Throws: ``SondeError`` for what is wrong with a file.
    func dataset(host: any PluginHost) throws -> ColumnDataset {
        let files = SplitFiles(
            [
                .init("train", ["train.jsonl"]), .init("validation", ["val.jsonl", "validation.jsonl"]),
                .init("test", ["test.jsonl"]),
            ], usualFolder: "movies")
        var layout = Self.layout
        let splits = try files.found(in: folder).map { file in
            try ColumnSplit(
                file.name, from: DocumentReader(path: file.path, documents: folder + "/docs"),
                layout: &layout, host: host)
        }
        return try ColumnDataset(
            splits, layout: layout, templates: SentimentWording.templates(field: "review"))
    }
}

/// Puts the review and its evidence into each row.
private struct DocumentReader: RecordReader {
    private let documents: String
    private var rows: JSONLinesReader
    private(set) var digest = ContentDigest()
    let notes: [String] = []

    var path: String { rows.path }

    init(path: String, documents: String) throws {
        self.documents = documents
        rows = try JSONLinesReader(path: path)
    }

    mutating func next() throws -> Record? {
        guard let row = try rows.nextObject() else {
            digest.add(rows.digest.text.utf8)
            return nil
        }
        var object = row.object
        object["evidence"] = .string(Self.evidence(object["evidences"] ?? .null).joined(separator: " ... "))
        if object["review"] == nil {
            let review = try review(of: object, line: row.line)
            digest.add(review.utf8)
            object["review"] = .string(review)
        }
        return Record(object, line: row.line)
    }

    private func review(of object: JSONObject, line: Int) throws -> String {
        guard let name = object["annotation_id"]?.stringValue else {
            throw SondeError.invalidData(
                "\(path):\(line): the field 'annotation_id', which names the document, is missing.")
        }
        do {
            return try SourceFile.text(of: documents + "/" + name)
        } catch let error as SondeError {
            throw SondeError(error.code, "\(path):\(line): \(error.message)")
        }
    }

    /// All evidence texts, which stand as plain texts or as objects in lists of lists.
    private static func evidence(_ value: JSONValue) -> [String] {
        switch value {
        case .string(let text): [text]
        case .array(let values): values.flatMap(evidence)
        case .object(let object): object["text"]?.stringValue.map { [$0] } ?? []
        default: []
        }
    }
}
