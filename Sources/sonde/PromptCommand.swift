import ArgumentParser
import SondeHost
import SondeSDK

/// `sonde prompt`: prompts in and out.
struct PromptCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prompt",
        abstract: "Shows prompts, and exchanges them with PEFT, NumPy and torch.",
        discussion: """
            A prompt lies in a PEFT prompt-tuning folder: adapter_config.json and adapter_model.safetensors. What PEFT \
            has no field for rides in the metadata of the second.

            Examples:
              sonde prompt show adapter
              sonde prompt import prompt.npy adapter --model models/tiny-bloom
              sonde prompt export quickstart.sonde/cells/tune-5c0b2a9be9a1 adapter
            """,
        subcommands: [Show.self, Import.self, Export.self])
}

extension PromptCommand {
    /// `sonde prompt show FOLDER`: a prompt's facts.
    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Shows a prompt's size, facts and the norm of each row.",
            discussion: """
                Example:
                  sonde prompt show adapter
                """)

        @Argument(help: "An adapter's folder, a tune cell's folder, or a .npy, .safetensors or .pt file.")
        var source: String

        func run() throws {
            Standard.output(PromptListing(try PromptSource.prompt(at: source)).text)
        }
    }

    /// `sonde prompt import SOURCE DESTINATION`: any prompt to an adapter's folder.
    struct Import: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Checks a prompt from elsewhere and writes it as an adapter's folder.",
            discussion: """
                Examples:
                  sonde prompt import downloads/adapter adapters/sst2
                  sonde prompt import sst2.npy adapters/sst2 --model models/t5-base
                  sonde prompt import SST2.pt adapters/sst2 --placement leading-mask
                """)

        @Argument(
            help: "An adapter's folder, or a matrix [rows x width] in a .npy, .safetensors or .pt file.")
        var source: String
        @Argument(help: "The adapter's folder to write.") var destination: String
        @Option(
            help: ArgumentHelp(
                "Check that the prompt fits this checkpoint, and name it as the base model.",
                valueName: "folder"))
        var model: String?
        @Option(
            help: ArgumentHelp(
                "Where the prompt goes in a sequence, if its source does not say and the model has several places.",
                valueName: "name"))
        var placement: String?
        @Flag(help: "Replace an adapter that is there.") var replace = false
        @OptionGroup var host: HostOptions

        func run() throws {
            var prompt = try PromptSource.prompt(at: source)
            prompt.placement = placement ?? prompt.placement
            prompt.tellWhatWasLeftOut()
            if let model {
                let registry = try host.makeRegistry(for: host.makeRuntime())
                prompt = try prompt.fitted(to: registry.makeModel(directory: model).card, named: model)
            }
            try PEFTAdapter.write(prompt, to: destination, replacing: replace)
        }
    }

    /// `sonde prompt export SOURCE DESTINATION`: a study's prompt to an adapter's folder.
    struct Export: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Writes a prompt from a study's store as an adapter's folder that PEFT loads.",
            discussion: """
                Example:
                  sonde prompt export quickstart.sonde/cells/tune-5c0b2a9be9a1 adapter
                """)

        @Argument(help: "A tune cell's folder, or an adapter's.") var source: String
        @Argument(help: "The adapter's folder to write.") var destination: String
        @Flag(help: "Replace an adapter that is there.") var replace = false

        func run() throws {
            try PEFTAdapter.write(PromptSource.adapter(in: source), to: destination, replacing: replace)
        }
    }
}

extension StoredPrompt {
    /// Says on standard error which rows of the source were left out, if any were.
    func tellWhatWasLeftOut() {
        if let leftOut { Standard.error("sonde: note: left out are \(leftOut)") }
    }
}
