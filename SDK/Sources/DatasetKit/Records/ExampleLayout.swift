import SondeJSON
public import SondeSDK

/// What is what in a file's records: where the fields and the label of an example stand.
public struct ExampleLayout: Sendable {
    /// One text field of an example.
    public struct Field: Sendable {
        /// Its name in templates.
        public let name: String
        /// The columns or keys under which files have it; the first that is there counts.
        let sources: [String]
        /// What is read for each value of a closed set; `nil` where any text may stand.
        let words: [String: String]?
        /// Whether it is for reading, not a number or a name.
        let isText: Bool

        /// A field that stands under its own name or under one of these.
        /// - Parameters:
        ///   - words: what is read for each value that may stand there; without it, the text itself.
        ///   - isText: whether it is for reading; a number or a name is left out of the neutral template.
        public init(
            _ name: String, from sources: [String]? = nil, words: [String: String]? = nil, isText: Bool = true
        ) {
            self.name = name
            self.sources = sources ?? [name]
            self.words = words
            self.isText = isText
        }
    }

    /// The fields, or `nil` to take what the first record has, the label left out.
    public var fields: [Field]?
    /// The columns or keys under which files have the label; the first that is there counts.
    public var labelSources: [String]
    /// The labels.
    public var labels: LabelMap
    /// What is done to every text as it is read.
    public var edit: @Sendable (String) -> String

    /// A layout.
    public init(
        fields: [Field]?, label labelSources: [String] = ["label"], labels: LabelMap,
        edit: @escaping @Sendable (String) -> String = { $0 }
    ) {
        self.fields = fields
        self.labelSources = labelSources
        self.labels = labels
        self.edit = edit
    }
}

extension ExampleLayout {
    /// A template that says the names of fields and labels and nothing else: `premise: {premise}`, a line each, then
    /// `label:`; `nil` while no field is known.
    public var neutralTemplate: NamedTemplate? {
        let texts = (fields ?? []).filter(\.isText).map { "\($0.name): {\($0.name)}\n" }
        guard !texts.isEmpty else { return nil }
        return NamedTemplate(
            name: "neutral", text: texts.joined() + "label:",
            candidates: labels.names.map { " " + $0.replacing("_", with: " ") })
    }
}

extension ExampleLayout.Field {
    /// The field's text in a record.
    /// - Throws: ``RecordProblem`` if it is absent or not one of the closed set.
    func text(
        in record: Record, edit: (String) -> String
    ) throws(RecordProblem) -> String {
        for source in sources {
            guard let text = try record.text(source) else { continue }
            if let words {
                guard let word = words[text] else {
                    let known = words.keys.sorted().joined(separator: ", ")
                    throw RecordProblem(
                        reason: "the field '\(source)' is '\(text)', which is not one of \(known)")
                }
                return word
            }
            return edit(text)
        }
        throw RecordProblem(reason: "the field '\(sources[0])' is missing or holds no text or number")
    }
}
