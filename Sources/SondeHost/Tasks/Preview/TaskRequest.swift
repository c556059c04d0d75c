import Foundation
public import SondeSDK

/// A task that somebody wants to look at: one of a study, or a dataset with options from the command line.
public struct TaskRequest {
    /// The task; its wording is that of the first template that the dataset brings, where none was named.
    public let definition: TaskDefinition
    /// The examples that it uses.
    public let dataset: any Dataset
    /// Rows of the prompt that must fit beside a text; `nil` where none is known.
    public let promptRows: Int?
    /// The folder of the study's first model; `nil` without a study.
    public let model: String?

    /// A task of a study.
    /// - Throws: ``HostError`` for what is wrong with the study, and for a name that it does not have.
    public init(_ name: String, of study: Study, registry: Registry) throws {
        guard let task = study.tasks.first(where: { $0.name == name }) else {
            let names = study.tasks.map(\.name)
            throw HostError.data(
                "\(study.file.path): there is no task '\(name)', only \(names.joined(separator: ", "))"
                    + NearestName.sentenceEnd(for: name, among: names))
        }
        dataset = try Self.open(task.dataset, task.entry.sampling, registry)
        definition = task.entry.definition
        promptRows = task.recipe?.rows
        model = study.models.first?.source.directory
    }

    /// A dataset with options, each `name=value`, the value as in a study file.
    /// - Parameters:
    ///   - template: a template or the name of one; `nil` for the first that the dataset brings.
    ///   - candidates: a list or a map as in a study file, for a template that is written out.
    /// - Throws: ``HostError`` for an option, template or candidate that is wrong.
    public init(
        dataset id: String, options: [String], template: String?, candidates: String?, maximumTokens: Int?,
        registry: Registry
    ) throws {
        let found = try registry.description(.dataset, id)
        let checked = try ComponentOptions(
            options.map(StudyNode.Entry.init(argument:)), at: StudyPlace(argument: "--option"),
            declarations: found.facts.declarations, owner: "dataset '\(id)'",
            resolve: { URL(filePath: $0).standardizedFileURL.path })
        dataset = try registry.component(.dataset, id).component.makeDataset(options: Options(checked.values))
        definition = TaskDefinition(
            name: id,
            wording: try Self.wording(template, candidates, brought: try dataset.description().templates),
            maximumTokens: maximumTokens)
        promptRows = nil
        model = nil
    }

    private static func open(
        _ source: ComponentSource, _ sampling: RowSampling?, _ registry: Registry
    ) throws -> any Dataset {
        let base = try registry.component(.dataset, source.id).component.makeDataset(
            options: source.options())
        return try sampling.map { try SampledDataset(base, sampling: $0) } ?? base
    }

    private static func wording(
        _ template: String?, _ candidates: String?, brought: [NamedTemplate]
    ) throws -> TaskWording {
        guard let name = template ?? brought.first?.name else {
            throw HostError.usage("The dataset brings no template: give --template and --candidates.")
        }
        if TaskWording.isName(name) {
            guard candidates == nil else {
                throw HostError.usage(
                    "The template '\(name)' brings its candidates; leave --candidates out, or write the template out."
                )
            }
            return .named(name)
        }
        guard let candidates else {
            throw HostError.usage("A template that is written out needs --candidates.")
        }
        let node = try StudyNode(yaml: candidates, file: "--candidates")
        return .written(template: name, candidates: try CandidateTexts(node, of: "--candidates"))
    }
}

extension StudyNode.Entry {
    /// `name=value`.
    fileprivate init(argument: String) throws {
        guard let sign = argument.firstIndex(of: "="), sign > argument.startIndex else {
            throw HostError.usage("--option must be NAME=VALUE, not '\(argument)'.")
        }
        let name = String(argument[..<sign])
        let place = StudyPlace(argument: "--option \(name)")
        let value = try StudyNode(
            yaml: String(argument[argument.index(after: sign)...]), file: "--option \(name)")
        self.init(name: name, place: place, value: StudyNode(content: value.content, place: place))
    }
}
