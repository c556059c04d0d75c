public import Foundation
import SondeSDK

/// A study whose every word has been checked against what plugins say of themselves; no component has run yet.
public struct Study: Sendable {
    /// The file that it comes from.
    public let file: StudyFile
    let models: [StudyModel]
    let tasks: [StudyTask]
    let metrics: [StudyMetric]
    let probes: [StudyProbe]

    /// The study's name.
    public var name: String { file.name }

    /// Whether models are to say their answers: a metric compares texts.
    var comparesTexts: Bool { metrics.contains { $0.comparesTexts } }

    /// The seeds of its prompts.
    public var seeds: [Int] { file.seeds }

    /// Where its cells are kept unless another place is named.
    public var defaultStore: URL { file.folder.appending(path: "\(name).sonde") }
}

/// A model of a study.
struct StudyModel: Sendable {
    let source: ModelSource
    let place: StudyPlace

    var name: String { source.name }
}

/// A task of a study.
struct StudyTask: Sendable {
    let entry: TaskEntry
    let dataset: ComponentSource
    /// How its prompts are tuned; `nil` if none are.
    let recipe: TuningRecipe?

    var name: String { entry.name }
}

/// A metric of a study.
struct StudyMetric: Sendable {
    let source: ComponentSource
    /// The name of its columns.
    let name: String
    let higherIsBetter: Bool
    /// Whether it compares what models say with what is right, rather than labels.
    let comparesTexts: Bool
    /// Whether it is the share of items that are right, each by itself.
    let isProportion: Bool
}

/// A probe of a study.
struct StudyProbe: Sendable {
    let name: String
    let source: ComponentSource
}
