import SondeHost
import SondeStatistics
import TransformerKit

/// Encodes a text on one thread, a line at a time.
final class Encoding: Operation {
    /// Bytes of the text.
    private static let size = 1_000_000

    private let tokenizer: Tokenizer
    private let lines: [String]

    init(on workbench: Workbench) throws {
        tokenizer = try Tokenizer(checkpoint: workbench.directory)
        lines = Self.lines(of: tokenizer)
    }

    func elapsed() throws -> Elapsed {
        var count = 0
        let elapsed = Elapsed.of {
            for line in lines { count += tokenizer.encode(line, addingSpecialTokens: false).count }
        }
        guard count > 0 else { throw HostError(.internal, "A text of a megabyte has no tokens.") }
        return elapsed
    }

    /// A megabyte a second.
    func floor() -> any Floor { Goal(seconds: Double(Self.size) / 1e6) }

    /// Words made of the tokenizer's own tokens, in lines of twelve.
    private static func lines(of tokenizer: Tokenizer) -> [String] {
        var stream = RandomStream(seed: 0, name: "benchmark/text")
        var (lines, line, bytes): ([String], [String], Int) = ([], [], 0)
        while bytes < size {
            let pieces = (0...stream.integer(below: 2)).map { _ in
                tokenizer.text(ofToken: Int32(stream.integer(below: tokenizer.tokenCount))) ?? ""
            }
            line.append(pieces.joined())
            bytes += pieces.joined().utf8.count + 1
            if line.count == 12 || bytes >= size {
                lines.append(line.joined(separator: " "))
                line.removeAll()
            }
        }
        return lines
    }
}
