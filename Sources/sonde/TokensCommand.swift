import ArgumentParser
import Foundation
import SondeHost

/// `sonde tokens`: text to token ids and back.
struct TokensCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tokens",
        abstract: "Turns text into a model's token ids, or ids into text.",
        discussion: """
            Standard input is taken whole and unchanged, a last line feed included; nothing is added to it. With --lines \
            it is JSON, a string or with --decode an array of ids a line, and so is the output.

            Examples:
              printf 'Is it cold?' | sonde tokens --model models/tiny-bloom
              echo '[12, 7, 300]' | sonde tokens --model models/tiny-bloom --decode
              jq .text rows.jsonl | sonde tokens --model models/tiny-bloom --lines
            """)

    @OptionGroup var choice: ModelChoice
    @Flag(help: "Read a JSON array of ids and write their text, special tokens left out.") var decode = false
    @Flag(help: "Read and write one line of JSON a text.") var lines = false
    @OptionGroup var host: HostOptions

    func run() throws {
        let registry = try host.makeRegistry(for: host.makeRuntime())
        let tokens = TokenText(try choice.makeModel(registry))
        let input = Array(try FileHandle.standardInput.readToEnd() ?? Data())
        if lines {
            try tokens.forEachLine(of: input, decoding: decode) { Standard.output($0) }
        } else if decode {
            try FileHandle.standardOutput.write(contentsOf: Data(tokens.text(ofIDs: input).utf8))
        } else {
            Standard.output(try tokens.ids(ofText: input))
        }
    }
}
