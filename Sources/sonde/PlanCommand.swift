import ArgumentParser
import Foundation
import SondeHost

/// `sonde plan STUDY.yaml`: what a run would take.
struct PlanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Predicts what a study will take: time, memory and disk of its cells.",
        discussion: """
            Loads each model, measures passes over real rows of each task, and tries probes on prompts that are hardly \
            tuned; then multiplies by what the recipe asks for. Nothing is written to the store. What is finished there \
            costs nothing. Give the same --threads and --workers as to run.

            Examples:
              sonde plan samples/quickstart.yaml
              sonde plan study.yaml --workers 2 --json
            """)

    @OptionGroup var options: StudyOptions
    @Flag(help: "Print one JSON object, with every cell.") var json = false

    func run() throws {
        Interruption.watch()
        let progress = options.makeProgress()
        let (study, _) = try options.makeStudy()
        let forecast = try StudyForecast(
            study, store: options.storeFolder(of: study), options: options.runOptions(),
            report: progress.show)
        progress.finish()
        for warning in forecast.warnings { Standard.error("sonde: warning: \(warning)") }
        Standard.output(json ? try forecast.jsonText : TableText.rendered(forecast.table))
    }
}
