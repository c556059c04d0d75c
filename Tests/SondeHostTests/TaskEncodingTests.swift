import SondeHost
import SondeSDK
import Testing

@Suite("Examples as tokens")
struct TaskEncodingTests {
    private func task(
        _ examples: [TableDataset.Example], template: String = "{a}|{b}:",
        candidates: [String] = [" no", " maybe"], scoring: CandidateScoring = .sequence,
        maximumTokens: Int? = nil, promptRows: Int = 0,
        model: ByteModel = ByteModel()
    ) throws -> EncodedTask {
        try EncodedTask(
            TaskDefinition(
                name: "pair", template: template, candidates: .inLabelOrder(candidates),
                scoring: scoring, maximumTokens: maximumTokens),
            dataset: TableDataset(fields: ["a", "b"], labels: ["no", "maybe"], ("train", examples)),
            model: model,
            promptRows: promptRows)
    }

    private func texts(_ task: EncodedTask) throws -> [String] {
        let rows = try task.rows(split: "train")
        return (0..<rows.count).map { ByteModel().decode(Array(rows.texts[$0])) }
    }

    @Test("A row holds the rendered text, all candidates, the label, the line and a key of its own")
    func rows() throws {
        let rows = try task([(["x y", "z"], 0), (["é", ""], 1)]).rows(split: "train")
        #expect(rows.count == 2)
        #expect(ByteModel().decode(Array(rows.texts[1])) == "é|:")
        #expect(
            rows.candidateRange(of: 1).map { ByteModel().decode(Array(rows.candidates[$0])) } == [
                " no", " maybe",
            ])
        #expect(rows.labels == [0, 1])
        #expect(rows.lines == [1, 2])
        #expect(Set(rows.keys).count == 2)
    }

    @Test("A row's key does not depend on the rows around it")
    func keys() throws {
        let two = try task([(["a", "b"], 0), (["c", "d"], 1)]).rows(split: "train")
        let one = try task([(["other", "text"], 1)]).rows(split: "train")
        #expect(two.keys[0] == one.keys[0])
    }

    @Test("Targets hold the right candidate, followed by the end token unless that is switched off")
    func targets() throws {
        let task = try task([(["x", "y"], 1)])
        let target = Array(" maybe".utf8).map { Int32($0) }
        #expect(try task.targets(split: "train").candidates == Ragged([target + [ByteModel.endToken]]))
        #expect(try task.targets(split: "train", endToken: false).candidates == Ragged([target]))
    }

    @Test("Where first tokens are scored, they are all that is learned, too, and each label has its own")
    func firstTokens() throws {
        let examples: [TableDataset.Example] = [(["x", "y"], 1)]
        let first = try task(examples, candidates: ["no", "maybe"], scoring: .firstToken)
        let tokens = ["n", "m"].map { Array($0.utf8).map { Int32($0) } }
        #expect(try first.rows(split: "train").candidates == Ragged(tokens))
        #expect(try first.targets(split: "train").candidates == Ragged([tokens[1]]))
        let error = #expect(throws: HostError.self) {
            try task(examples, scoring: .firstToken).rows(split: "train")
        }
        #expect(
            error?.sentence.contains(
                "the candidates for 'no' and 'maybe' of task 'pair' begin with the same token")
                == true)
    }

    @Test("Candidates may be fields, each example its own")
    func fieldCandidates() throws {
        let rows = try task([(["x", "yy"], 1)], template: "{a}:", candidates: [" {a}", " {b}"]).rows(
            split: "train")
        #expect(rows.candidateRange(of: 0).map { rows.candidates[$0].count } == [2, 3])
    }

    @Test("A text that is too long loses words of its longest field, as few as suffice")
    func shortening() throws {
        // The longest target, " maybe" and the end token, takes 7 of the 19.
        let long = try task([(["aa bb cc dd", "ee ff"], 0), (["a", "b"], 0)], maximumTokens: 19)
        #expect(try texts(long) == ["aa bb|ee ff:", "a|b:"])
        #expect(try long.shortenedCount(split: "train") == 1)
    }

    @Test("Fields of equal length lose words in turn, the first of them first")
    func shorteningInTurn() throws {
        func shortened(_ limit: Int) throws -> [String] {
            try texts(task([(["a b c", "d e f"], 0)], maximumTokens: limit + 7))
        }
        #expect(try shortened(12) == ["a b c|d e f:"])
        #expect(try shortened(11) == ["a b|d e f:"])
        #expect(try shortened(9) == ["a b|d e:"])
        #expect(try shortened(7) == ["a|d e:"])
        #expect(try shortened(2) == ["|:"])
    }

    @Test("Bisection removes no word more than one at a time would", arguments: 3...60)
    func bisection(_ limit: Int) throws {
        let fields = ["one two three four five", "six  seven\teight nine ten eleven "]
        let text = try texts(task([(fields, 0)], maximumTokens: limit + 7))[0]
        #expect(text.utf8.count <= limit)
        var (left, right) = (
            fields[0].split(whereSeparator: \.isWhitespace), fields[1].split(whereSeparator: \.isWhitespace)
        )
        var expected = "\(fields[0])|\(fields[1]):"
        while expected.utf8.count > limit {
            if left.count >= right.count { left.removeLast() } else { right.removeLast() }
            let ends = [
                left.last?.endIndex ?? fields[0].startIndex, right.last?.endIndex ?? fields[1].startIndex,
            ]
            let first = left.count == 5 ? fields[0] : String(fields[0][..<ends[0]])
            let second = right.count == 6 ? fields[1] : String(fields[1][..<ends[1]])
            expected = "\(first)|\(second):"
        }
        #expect(text == expected)
    }

    @Test("The prompt's rows and the longest answer keep their room")
    func roomForPrompt() throws {
        let model = ByteModel()
        model.maximumLength = 19
        #expect(
            try texts(task([(["aa bb cc dd", "ee ff"], 0)], promptRows: 3, model: model)) == ["aa|ee ff:"])
        model.architecture = .seq2seq
        #expect(
            try texts(task([(["aa bb cc dd", "ee ff"], 0)], promptRows: 3, model: model)) == [
                "aa bb cc|ee ff:"
            ])
    }

    @Test("A template that does not fit with empty fields is refused with file and line")
    func templateTooLong() throws {
        let long = try task(
            [(["a", "b"], 0), (["x y", "b"], 0)], template: "{a} a long template {b}", maximumTokens: 20)
        #expect(
            performing: { try long.rows(split: "train") },
            throws: sentence(containing: "train.jsonl:1:", "17 tokens", "room for 13"))
    }

    @Test("An unknown split is refused with the nearest one")
    func unknownSplit() throws {
        let task = try task([(["a", "b"], 0)])
        #expect(
            performing: { try task.rows(split: "trian") },
            throws: sentence(containing: "did you mean 'train'?"))
    }

    @Test("An example without a label can be scored but not learned")
    func unlabelled() throws {
        let task = try task([(["a", "b"], 0), (["a", "b"], -1)])
        #expect(try task.rows(split: "train").labels == [0, -1])
        #expect(
            performing: { try task.targets(split: "train") }, throws: sentence(containing: "train.jsonl:2:"))
    }
}
