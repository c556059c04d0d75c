import Foundation
import SondeJSON

/// What a majority or evaluate cell makes: `answers.json`, and `scores.jsonl` with a line for each item.
struct AnswersResult: Sendable {
    /// One test example and what was answered.
    struct Item: Sendable, Hashable {
        /// The line of the data file.
        let line: UInt64
        /// The index of the right label.
        let label: Int
        /// The index of the answer.
        let prediction: Int
        /// The candidates' summed log-probabilities; empty where nothing was scored.
        let scores: [Double]
        /// The answer in words; `nil` where that was not wanted.
        var texts: Texts?

        var isRight: Bool { label == prediction }
    }

    /// What was said, and what is right.
    struct Texts: Sendable, Hashable {
        let said: String
        let expected: String
    }

    private struct Summary: Codable {
        let labels: [String]
        let items: Int
        let right: Int
        let shortened: Int
    }

    private static let summaryFile = "answers.json"
    private static let itemsFile = "scores.jsonl"

    /// Names of the labels.
    let labels: [String]
    /// How many texts lost words.
    let shortened: Int
    var items: [Item] = []

    init(labels: [String], shortened: Int = 0) {
        self.labels = labels
        self.shortened = shortened
    }

    /// How many answers are right.
    var rightCount: Int { items.count(where: \.isRight) }

    /// The one label that is answered everywhere, if there are at least two items.
    var onlyAnswer: String? {
        guard items.count > 1, let first = items.first?.prediction, labels.indices.contains(first) else {
            return nil
        }
        return items.allSatisfy { $0.prediction == first } ? labels[first] : nil
    }

    func write(to folder: String) throws {
        try JSONFile.write(try summary, to: folder + "/" + Self.summaryFile)
        try JSONFile.writeText(lines, to: folder + "/" + Self.itemsFile)
    }

    /// The size of such a result of so many items.
    func bytes(items count: Int) throws -> Int {
        try summary.text(indented: true).utf8.count + lines.utf8.count * count / max(1, items.count)
    }

    private var summary: JSONValue {
        get throws {
            try JSONValue(
                encoding: Summary(
                    labels: labels, items: items.count, right: rightCount, shortened: shortened))
        }
    }

    private var lines: String {
        items.map { item in
            var object: JSONObject = [
                "line": .integer(Int64(item.line)), "label": .integer(Int64(item.label)),
                "prediction": .integer(Int64(item.prediction)),
                "scores": .array(item.scores.map { $0.isFinite ? .number($0) : .null }),
            ]
            object["said"] = item.texts.map { .string($0.said) }
            object["expected"] = item.texts.map { .string($0.expected) }
            return JSONValue.object(object).text() + "\n"
        }.joined()
    }

    init(readFrom folder: String) throws {
        let summary = try JSONFile.read(Summary.self, from: folder + "/" + Self.summaryFile)
        labels = summary.labels
        shortened = summary.shortened
        let path = folder + "/" + Self.itemsFile
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw HostError.inputOutput("\(path): the file cannot be read.")
        }
        for (number, line) in bytes.split(separator: UInt8(ascii: "\n")).enumerated() {
            items.append(try Item(line, place: "\(path):\(number + 1)"))
        }
    }
}

extension AnswersResult.Item {
    fileprivate init(_ text: Data, place: String) throws {
        guard let json = try? JSONValue(parsing: Array(text)), let line = json["line"]?.intValue,
            let label = json["label"]?.intValue, let prediction = json["prediction"]?.intValue,
            let scores = json["scores"]?.arrayValue
        else { throw HostError.data("\(place): this is no answer; delete the cell's folder to do it anew.") }
        var texts: AnswersResult.Texts?
        if let said = json["said"]?.stringValue, let expected = json["expected"]?.stringValue {
            texts = .init(said: said, expected: expected)
        }
        self.init(
            line: UInt64(line), label: label, prediction: prediction,
            scores: scores.map { $0.doubleValue ?? -.infinity }, texts: texts)
    }
}
