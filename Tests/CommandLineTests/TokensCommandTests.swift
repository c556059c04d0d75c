import Foundation
import SondeJSON
import TestSupport
import Testing

/// `sonde tokens` end to end.
@Suite struct TokensCommandTests {
    private let home: TemporaryFolder
    private let fixture: ModelFixture

    init() throws {
        home = try TemporaryFolder()
        fixture = try ModelFixture("bloom/four-heads")
    }

    @Test("Ids are those of the reference tokenizer")
    func ids() throws {
        for row in fixture.rows {
            let run = try tokens(input: #require(row["text"]?.stringValue))
            #expect(try JSONValue(parsing: run.output) == row["text_ids"])
        }
    }

    @Test(
        "Standard input is taken unchanged and comes back unchanged",
        arguments: [
            "", "\n", " two  spaces \n\n", "Füße, 川は冷たく😀👩‍👩‍👧", "a\u{0301}\u{00a0}b\r\n",
        ])
    func roundTrip(text: String) throws {
        let ids = try tokens(input: text)
        #expect(ids.status == 0)
        #expect(try tokens(["--decode"], input: ids.output).output == text)
    }

    @Test(
        "Wrong input is an error with its place",
        arguments: [
            ("[1, 2", "Standard input is no JSON: line 1, column 6"), ("{}", "must be an array of token ids"),
            ("[1, 1.5]", "Element 1 of standard input"), ("[-1]", "Element 0 of standard input"),
            ("[1, 100000000]", "Element 1 of standard input"),
        ])
    func wrongIDs(input: String, sentence: String) throws {
        let run = try tokens(["--decode"], input: input)
        #expect(run.status == 65)
        #expect(run.output.isEmpty)
        #expect(run.errors.contains(sentence))
    }

    @Test("Lines of JSON become lines of JSON, one by one")
    func lines() throws {
        let texts = fixture.rows.map { $0["text"]?.text() ?? "" }
        let ids = try tokens(["--lines"], input: texts.joined(separator: "\n"))
        #expect(ids.output == fixture.rows.map { ($0["text_ids"]?.text() ?? "") + "\n" }.joined())
        let back = try tokens(["--lines", "--decode"], input: ids.output)
        #expect(back.output == texts.map { $0 + "\n" }.joined())
    }

    @Test(
        "A wrong line is named, after the lines before",
        arguments: [
            ([], "\"a\"\n\n[1]\n", "Line 3 of standard input must be a string, not an array."),
            ([], "\"a\"\n\"b", "Line 2 of standard input is no JSON: line 1, column 3"),
            (["--decode"], "[1]\n[2, -1]", "Element 1 of line 2 of standard input must be a token id"),
        ] as [([String], String, String)])
    func wrongLine(flags: [String], input: String, sentence: String) throws {
        let run = try tokens(["--lines"] + flags, input: input)
        #expect(run.status == 65)
        #expect(run.output.count { $0 == "\n" } == 1)
        #expect(run.errors.contains(sentence))
    }

    private func tokens(_ arguments: [String] = [], input: String) throws -> CommandRun {
        try CommandRun.sonde(["tokens", "--model", fixture.model] + arguments, home: home, input: input)
    }
}
