import Foundation

/// A study as its file says it: well-formed, every key known, nothing compared with plugins yet.
///
///     name: quickstart
///     plugins: [extra/libmine.so]        # more plugins, optional
///     models:
///       tiny: models/tiny                # or {path: models/tiny, options: {...}}
///     tasks:
///       cb:
///         dataset: jsonlines             # a dataset's id
///         options: {train: cb/train.jsonl, validation: cb/val.jsonl, test: cb/test.jsonl, labels: [yes, no]}
///         template: "{premise} question: {hypothesis} answer:"   # or the name of one that the dataset brings
///         candidates: {yes: " yes", no: " no"}   # or a list in the order of the labels; none beside a name
///         variants:                      # what models of an architecture or a type read instead, optional
///           masked: {template: "{premise} question: {hypothesis} answer:<mask>."}  # candidates as above
///         train: train                   # the splits: learned from, ...
///         evaluate: validation           # ... watched while tuning, ...
///         test: test                     # ... and reported; these are the defaults
///         examples:                      # fewer than all, drawn by a seed, optional
///           limit: {train: 64, test: 500} # or one number for every split
///           per_label: true              # the limit is for each label
///           hold_out: 0.1                # a tenth of 'train' becomes the 'validation' that the data lack
///           seed: 1
///         scoring: first-token           # a candidate's first token alone is scored and learned; default: sequence
///         maximum_tokens: 512            # shorter than the model allows, optional
///         tuning: {epochs: 8}            # what differs from the study's recipe, optional
///     seeds: [1, 2, 3]
///     tuning: {rows: 8, epochs: 4}       # without it nothing is tuned
///     metrics: [accuracy, {metric: f1, positive: 0}]
///     probes:
///       nearest: {probe: semantics, neighbours: 5}
///
/// Paths are relative to the study file. The options of models and datasets stand under `options`, since these have keys
/// of their own; those of metrics and probes stand beside `metric` and `probe`.
public struct StudyFile: Sendable {
    /// The file's path as it was given; messages begin with it.
    public let path: String
    /// The study's name.
    public let name: String
    /// Plugin libraries and folders that it names, as absolute paths.
    public let plugins: [String]
    let models: [ModelEntry]
    let tasks: [TaskEntry]
    let seeds: [Int]
    let tuning: StudyNode?
    let metrics: [ComponentEntry]
    let probes: [ComponentEntry]

    /// Where relative paths begin, which is also where the store is.
    var folder: URL { Self.folder(of: path) }

    /// Reads a study file.
    /// - Throws: ``HostError`` with file, line and column for the first thing that is wrong.
    public init(path: String) throws {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw HostError.data("\(path): the study cannot be read; is there such a file?")
        }
        guard let text = String(bytes: data, encoding: .utf8) else {
            throw HostError.data("\(path): the study is not encoded in UTF-8.")
        }
        try self.init(yaml: text, path: path)
    }

    /// Reads a study's text as if it stood at `path`.
    public init(yaml: String, path: String) throws {
        let root = try StudyNode(yaml: yaml, file: path)
        let keys = ["name", "plugins", "models", "tasks", "seeds", "tuning", "metrics", "probes"]
        _ = try root.entries("the study", known: keys)
        self.path = path
        name = try Self.name(root, path: path)
        plugins =
            try root["plugins"]?.elements("'plugins'").map {
                try Self.absolute($0.text("a plugin"), beside: path)
            } ?? []
        models = try root.required("models", of: "the study").entries("'models'").map(ModelEntry.init)
        tasks = try root.required("tasks", of: "the study").entries("'tasks'").map(TaskEntry.init)
        seeds = try Self.seeds(root["seeds"])
        tuning = root["tuning"]
        metrics = try root["metrics"]?.elements("'metrics'").map(ComponentEntry.init(metric:)) ?? []
        probes = try root["probes"]?.entries("'probes'").map(ComponentEntry.init(probe:)) ?? []
        if let tuning {
            guard !seeds.isEmpty else {
                throw tuning.place.error("the study tunes prompts but has no 'seeds'")
            }
        }
    }
}

extension StudyFile {
    /// An absolute path from one that is relative to the study file.
    func absolute(_ path: String) -> String { Self.absolute(path, beside: self.path) }

    private static func absolute(_ path: String, beside study: String) -> String {
        URL(filePath: path, relativeTo: folder(of: study)).standardizedFileURL.path
    }

    private static func folder(of path: String) -> URL {
        URL(filePath: path).standardizedFileURL.deletingLastPathComponent()
    }

    /// The given name, or the file's own.
    private static func name(_ root: StudyNode, path: String) throws(HostError) -> String {
        guard let node = root["name"] else {
            return URL(filePath: path).deletingPathExtension().lastPathComponent
        }
        let name = try node.text("'name'")
        guard !name.contains("/"), !name.hasPrefix(".") else {
            throw node.place.error(
                "'name' becomes a folder's name, so it must not have '/' or begin with '.'")
        }
        return name
    }

    private static func seeds(_ node: StudyNode?) throws(HostError) -> [Int] {
        guard let node else { return [] }
        var seeds: [Int] = []
        for element in try node.elements("'seeds'") {
            let seed = try element.integer("a seed")
            guard !seeds.contains(seed) else { throw element.place.error("the seed \(seed) stands twice") }
            seeds.append(seed)
        }
        return seeds
    }
}
