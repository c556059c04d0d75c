import TransformerKit

/// Reads tokenizer.json.
final class TokenizerLoading: Operation {
    private let directory: String

    init(on workbench: Workbench) {
        directory = workbench.directory
    }

    func elapsed() throws -> Elapsed {
        // The tokenizer before is gone by now, so that there is one at a time.
        try Elapsed.of { _ = try Tokenizer(checkpoint: directory) }
    }

    func floor() -> any Floor { Goal(seconds: 0.6) }
}
