import ArgumentParser
import Foundation
import SondeHost

/// `sonde task`: data and wording before anything is tuned.
struct TaskCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "task", abstract: "Shows what a model would read of a dataset.",
        discussion: """
            Examples:
              sonde task show cb --study samples/quickstart.yaml
              sonde task show superglue --option task=cb --option path=data/CB --model models/tiny-bloom
            """,
        subcommands: [Show.self])
}

extension TaskCommand {
    /// `sonde task show DATASET`: labels, lengths, wording and a few examples.
    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Shows label balance, lengths, shared examples, wording and rendered examples.",
            discussion: """
                With --model, examples are shown as its tokens: the prompt's place in magenta, words that are cut \
                away in red, the position that is scored and the candidates in green. 'sonde plugins show DATASET' \
                lists a dataset's options.

                Examples:
                  sonde task show cb --study samples/quickstart.yaml
                  sonde task show superglue --option task=cb --option path=data/CB --model models/tiny-bloom
                  sonde task show csv --option train=mine.csv --option 'labels=[no, yes]' \
                --template 'text: {text} answer:' --candidates '[" no", " yes"]'
                """)

        @Argument(help: "A dataset's id, or with --study the name of a task.") var dataset: String
        @Option(help: ArgumentHelp("Take a task of this study.", valueName: "file")) var study: String?
        @Option(
            name: .customLong("option"),
            help: ArgumentHelp("An option of the dataset. May be repeated.", valueName: "name=value"))
        var options: [String] = []
        @Option(help: "A template, or the name of one that the dataset brings; otherwise the first of these.")
        var template: String?
        @Option(help: "Candidates of a template that is written out: a list or a map, as in a study.")
        var candidates: String?
        @Option(
            help: ArgumentHelp(
                "The folder of a checkpoint.", discussion: "Default: the study's first model.",
                valueName: "folder"))
        var model: String?
        @Option(
            help: ArgumentHelp(
                "Rows of the prompt.", discussion: "Default: those of the study, otherwise 8.",
                valueName: "rows"))
        var promptRows: Int?
        @Option(help: ArgumentHelp("Most tokens of a sequence.", valueName: "tokens")) var maximumTokens: Int?
        @Option(help: "The split whose lengths and examples are shown; otherwise the first.")
        var split: String?
        @Option(help: "How many examples to show.") var examples = 3
        @Option(help: "By which texts are drawn where there are many.") var seed = 0
        @OptionGroup var host: HostOptions

        func validate() throws {
            if examples < 0 { throw ValidationError("--examples must be 0 or more.") }
            if let promptRows, promptRows < 0 { throw ValidationError("--prompt-rows must be 0 or more.") }
            if study != nil, !options.isEmpty || template != nil || candidates != nil || maximumTokens != nil
            {
                throw ValidationError("--study says all of a task; leave the other options out.")
            }
        }

        func run() throws {
            let style = OutputStyle(descriptor: FileHandle.standardOutput.fileDescriptor)
            let file = try study.map { try StudyFile(path: $0) }
            let registry = try host.makeRegistry(for: host.makeRuntime(), alsoNamed: file?.plugins ?? [])
            let task = try request(file, registry)
            let preview = try TaskPreview(
                task, model: (model ?? task.model).map { try registry.makeModel(directory: $0) },
                promptRows: promptRows ?? task.promptRows ?? 8, seed: seed)
            Standard.output(
                try preview.text(
                    split: split, examples: examples, columns: style.columns, isColoured: style.isColoured))
        }

        private func request(_ file: StudyFile?, _ registry: Registry) throws -> TaskRequest {
            if let file {
                return try TaskRequest(dataset, of: Study(file, registry: registry), registry: registry)
            }
            return try TaskRequest(
                dataset: dataset, options: options, template: template, candidates: candidates,
                maximumTokens: maximumTokens, registry: registry)
        }
    }
}

extension OutputStyle {
    fileprivate var columns: Int {
        if case .terminal(let columns, _) = self { columns } else { 100 }
    }

    fileprivate var isColoured: Bool {
        if case .terminal(_, let isColoured) = self { isColoured } else { false }
    }
}
