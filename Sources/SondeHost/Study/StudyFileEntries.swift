import SondeJSON

/// A model as the study file names it.
struct ModelEntry: Sendable {
    let name: String
    let place: StudyPlace
    let path: String
    let pathPlace: StudyPlace
    let options: StudyNode?

    init(_ entry: StudyNode.Entry) throws(HostError) {
        try entry.checkName(of: "model")
        let what = "model '\(entry.name)'"
        var path = entry.value
        if case .map = path.content {
            _ = try path.entries(what, known: ["path", "options"])
            path = try path.required("path", of: what)
        }
        name = entry.name
        place = entry.place
        self.path = try path.text("the path of \(what)")
        pathPlace = path.place
        options = entry.value["options"]
    }
}

/// A task as the study file names it.
struct TaskEntry: Sendable {
    /// A split and the place where it is named; no place where it is the default.
    struct SplitName: Sendable {
        let name: String
        let place: StudyPlace?
    }

    let name: String
    let place: StudyPlace
    let dataset: String
    let datasetPlace: StudyPlace
    let options: StudyNode?
    let definition: TaskDefinition
    let templatePlace: StudyPlace
    /// The models that have a wording of their own, by architecture or type.
    let variants: [StudyNode.Entry]
    /// Which examples are used; `nil` for all.
    let sampling: RowSampling?
    let train: SplitName
    let evaluate: SplitName
    let test: SplitName
    let tuning: StudyNode?

    private static let keys = [
        "dataset", "options", "template", "candidates", "variants", "train", "evaluate", "test", "examples",
        "scoring", "maximum_tokens", "tuning",
    ]

    init(_ entry: StudyNode.Entry) throws(HostError) {
        try entry.checkName(of: "task")
        let what = "task '\(entry.name)'"
        let node = entry.value
        _ = try node.entries(what, known: Self.keys)
        let dataset = try node.required("dataset", of: what)
        let template = try node.required("template", of: what)
        name = entry.name
        place = entry.place
        self.dataset = try dataset.text("the dataset of \(what)")
        datasetPlace = dataset.place
        options = node["options"]
        variants = try node["variants"]?.entries("'variants' of \(what)") ?? []
        definition = TaskDefinition(
            name: entry.name, wording: try Self.wording(template, variants, in: node, of: what),
            scoring: try node["scoring"].map(CandidateScoring.init) ?? .sequence,
            maximumTokens: try node["maximum_tokens"]?.integer("'maximum_tokens'"))
        templatePlace = template.place
        train = try Self.split("train", in: node, default: "train")
        evaluate = try Self.split("evaluate", in: node, default: "validation")
        test = try Self.split("test", in: node, default: "test")
        tuning = node["tuning"]
        if let examples = node["examples"] {
            sampling = try RowSampling(examples, train: train.name, evaluate: evaluate.name)
        } else {
            sampling = nil
        }
    }

    private static func wording(
        _ template: StudyNode, _ variants: [StudyNode.Entry], in node: StudyNode, of what: String
    ) throws(HostError) -> TaskWording {
        let text = try template.text("the template of \(what)")
        guard TaskWording.isName(text) else {
            let candidates = try CandidateTexts(node.required("candidates", of: what), of: what)
            var written: [String: WrittenVariant] = [:]
            for entry in variants {
                written[entry.name] = try WrittenVariant(entry, of: what, candidates: candidates)
            }
            return .written(template: text, candidates: candidates, variants: written)
        }
        for own in ["candidates", "variants"].compactMap(node.entry) {
            throw own.place.error(
                "the template '\(text)' of \(what) brings its \(own.name); remove them, or write the template out"
            )
        }
        return .named(text)
    }

    private static func split(
        _ key: String, in node: StudyNode, default name: String
    ) throws(HostError) -> SplitName {
        guard let given = node[key] else { return SplitName(name: name, place: nil) }
        return SplitName(name: try given.text("'\(key)'"), place: given.place)
    }
}

extension CandidateScoring {
    /// `first-token` or `sequence`.
    init(_ node: StudyNode) throws(HostError) {
        let name = try node.text("'scoring'")
        guard let scoring = Self(rawValue: name) else {
            throw node.place.error(
                "unknown scoring '\(name)'" + StudyNode.hint(name, Self.allCases.map(\.rawValue)))
        }
        self = scoring
    }
}

extension WrittenVariant {
    /// `masked: {template: "{text} <mask>", candidates: [" no", " yes"]}`.
    /// - Parameters:
    ///   - what: whose variant it is, for messages.
    ///   - candidates: those of the task, for a variant that has none of its own.
    init(_ entry: StudyNode.Entry, of what: String, candidates: CandidateTexts) throws(HostError) {
        let what = "the variant '\(entry.name)' of \(what)"
        _ = try entry.value.entries(what, known: ["template", "candidates"])
        template = try entry.value.required("template", of: what).text("the template of \(what)")
        guard let own = entry.value["candidates"] else {
            self.candidates = candidates
            return
        }
        self.candidates = try CandidateTexts(own, of: what)
    }
}

extension CandidateTexts {
    /// A list or a map.
    /// - Parameter what: whose candidates they are, for messages.
    init(_ node: StudyNode, of what: String) throws(HostError) {
        if case .list(let elements) = node.content {
            var texts: [String] = []
            for element in elements { texts.append(try element.text("a candidate of \(what)")) }
            self = .inLabelOrder(texts)
            return
        }
        var texts: [String: String] = [:]
        for entry in try node.entries("the candidates of \(what)") {
            texts[entry.name] = try entry.value.text("a candidate of \(what)")
        }
        self = .byLabel(texts)
    }
}

/// A metric or a probe as the study file names it, with its options.
struct ComponentEntry: Sendable {
    /// The name that it has in the study.
    let name: String
    let place: StudyPlace
    /// The component's id.
    let id: String
    let idPlace: StudyPlace
    let options: [StudyNode.Entry]

    /// `accuracy` or `{metric: f1, positive: 0}`.
    init(metric node: StudyNode) throws(HostError) {
        var id = node
        var options: [StudyNode.Entry] = []
        if case .map(let entries) = node.content {
            id = try node.required("metric", of: "a metric")
            options = entries.filter { $0.name != "metric" }
        }
        self.id = try id.text("a metric")
        // Two that differ in options alone are told apart in tables.
        name =
            options.isEmpty
            ? self.id
            : "\(self.id) (\(options.map { "\($0.name) \($0.value.json.text())" }.joined(separator: ", ")))"
        place = node.place
        idPlace = id.place
        self.options = options
    }

    /// `nearest: {probe: semantics, neighbours: 5}`.
    init(probe entry: StudyNode.Entry) throws(HostError) {
        try entry.checkName(of: "probe")
        let id = try entry.value.required("probe", of: "probe '\(entry.name)'")
        self.id = try id.text("the probe of '\(entry.name)'")
        name = entry.name
        place = entry.place
        idPlace = id.place
        options = try entry.value.entries("probe '\(entry.name)'").filter { $0.name != "probe" }
    }
}

extension StudyNode.Entry {
    /// Names become parts of prompts' names, `model/task/seed`.
    fileprivate func checkName(of kind: String) throws(HostError) {
        guard !name.isEmpty, !name.contains("/") else {
            throw place.error("the name of a \(kind) must not be empty or have '/'")
        }
    }
}
