import SondeJSON
public import SondeSDK

/// The options of a dataset whose files may be anybody's: which files there are and where their labels stand.
public struct OpenDatasetOptions {
    /// What a study may give.
    public static let declarations: [OptionDeclaration] = [
        .optional("train", .path, "File of the split 'train'"),
        .optional("validation", .path, "File of the split 'validation'"),
        .optional("test", .path, "File of the split 'test'"),
        OptionDeclaration("splits", .map(of: .path), default: [:], "Files of further splits by name"),
        OptionDeclaration(
            "label", .string, default: "label",
            "Field or column that holds the label; of a nested field 'outer.inner'"),
        .required(
            "labels", .anything,
            "Names of the labels in the order of their indices, or a map from the value in the file to the name"
        ),
    ]

    /// The splits in the order train, validation, test, others.
    public let files: [SplitFile]
    /// A layout whose fields the first record tells.
    public let layout: ExampleLayout

    /// Reads checked options.
    /// - Throws: ``SondeError`` if no file is given, a split is named twice, or the labels cannot be understood.
    public init(_ options: Options) throws {
        var files: [SplitFile] = []
        for name in ["train", "validation", "test"] {
            if let path = options[name]?.stringValue { files.append(SplitFile(name: name, path: path)) }
        }
        for (name, path) in options["splits"]?.objectValue ?? [:] {
            guard !files.contains(where: { $0.name == name }) else {
                throw SondeError.invalidArgument(
                    "The split '\(name)' is named twice, as an option of its own and under 'splits'; keep one."
                )
            }
            files.append(SplitFile(name: name, path: path.stringValue ?? ""))
        }
        guard !files.isEmpty else {
            throw SondeError.invalidArgument(
                "The dataset has no file: give 'train', 'validation', 'test' or others under 'splits'.")
        }
        self.files = files
        layout = ExampleLayout(
            fields: nil, label: [try options.string("label")],
            labels: try LabelMap(options["labels"] ?? .null))
    }
}

extension ColumnDataset {
    /// Reads the files of a dataset that may be anybody's, whose fields the first record tells.
    /// - Throws: ``SondeError`` for what is wrong with a file.
    public convenience init<Reader: RecordReader>(
        _ options: OpenDatasetOptions, host: any PluginHost, open: (_ path: String) throws -> Reader
    ) throws {
        var layout = options.layout
        let splits = try options.files.map { file in
            try ColumnSplit(file.name, from: open(file.path), layout: &layout, host: host)
        }
        try self.init(splits, layout: layout, templates: [layout.neutralTemplate].compactMap(\.self))
    }
}
