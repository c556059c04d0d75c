import DatasetKit
import SondeSDK

/// IMDB: a file for each review, `aclImdb/train/pos/127_8.txt`, the label in the folder's name.
///
/// A. L. Maas et al., "Learning Word Vectors for Sentiment Analysis", 2011, aclanthology.org/P11-1015. The reviews without
/// labels (`unsup`) are left out. A review's line is its number in the split; its file is the field `file`.
struct LargeMovieReviews {
    private static let splits = ["train", "test"]
    private let folder: String
    private let layout: ExampleLayout

    /// - Parameter lineBreaks: what becomes of `<br />`: `space`, `newline` or `keep`.
    init(folder: String, lineBreaks: String) {
        self.folder = folder
        let replacement: String? = ["space": " ", "newline": "\n"][lineBreaks]
        layout = ExampleLayout(
            fields: [.init("text"), .init("file", isText: false)],
            labels: LabelMap(names: SentimentWording.labels),
            edit: { text in replacement.map { text.replacingLineBreaks(by: $0) } ?? text })
    }

    /// The splits whose folders are there.
    /// - Throws: ``SondeError`` if none is, and for a review that cannot be read.
    func dataset(host: any PluginHost) throws -> ColumnDataset {
        let found = Self.splits.filter { SourceFile.isFolder(folder + "/" + $0) }
        guard !found.isEmpty else {
            let files = SplitFiles(
                [.init("train", ["train.jsonl"]), .init("test", ["test.jsonl"])], usualFolder: "aclImdb")
            var plain = layout
            plain.fields = [.init("text")]
            return try ColumnDataset(
                files.found(in: folder), layout: plain, templates: templates, host: host)
        }
        return try ColumnDataset(
            found.map { try split($0, host: host) }, layout: layout, templates: templates)
    }

    private var templates: [NamedTemplate] { SentimentWording.templates(field: "text") }

    private func split(_ name: String, host: any PluginHost) throws -> ColumnSplit {
        let place = "\(folder)/\(name)"
        var builder = SplitBuilder(name: name, file: place, layout: layout)
        var digest = ContentDigest()
        var number = 0
        for (label, kind) in ["neg", "pos"].enumerated() {
            let names = SourceFile.names(in: "\(place)/\(kind)").filter { $0.hasSuffix(".txt") }
            for file in names.sorted(by: Self.isBefore) {
                number += 1
                if number.isMultiple(of: 1024) { try host.checkCancellation() }
                let text = try SourceFile.text(of: "\(place)/\(kind)/\(file)")
                digest.add("\(kind)/\(file)\n\(text)\n".utf8)
                builder.append([layout.edit(text), "\(kind)/\(file)"], label: label, line: number)
            }
        }
        return try builder.finish(digest: digest)
    }

    /// Names begin with a number: `9_10.txt` comes before `10_4.txt`.
    private static func isBefore(_ left: String, _ right: String) -> Bool {
        func number(_ name: String) -> Int { Int(name.prefix { $0 != "_" }) ?? .max }
        return (number(left), left) < (number(right), right)
    }
}

extension String {
    /// The text with one replacement for each run of `<br />`, white space between and around them dropped.
    fileprivate func replacingLineBreaks(by replacement: String) -> String {
        let tag = Array("<br />".utf8)
        let bytes = Array(utf8)
        func isTag(at place: Int) -> Bool {
            place < bytes.count && bytes[place] == tag[0] && bytes[place...].starts(with: tag)
        }
        var result: [UInt8] = []
        var position = 0
        while position < bytes.count {
            guard isTag(at: position) else {
                result.append(bytes[position])
                position += 1
                continue
            }
            while result.last?.isSpace == true { result.removeLast() }
            while isTag(at: position) {
                position += tag.count
                while position < bytes.count, bytes[position].isSpace { position += 1 }
            }
            result += replacement.utf8
        }
        return String(decoding: result, as: UTF8.self)
    }
}

extension UInt8 {
    fileprivate var isSpace: Bool { self == 0x20 || (0x09...0x0D).contains(self) }
}
