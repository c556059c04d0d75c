import SondeJSON
import SondeSDK
import Testing

/// Datasets and metrics behind C tables.
@Suite struct DatasetAndMetricBorderTests {
    private final class Poems: Dataset {
        func description() throws -> DatasetDescription {
            DatasetDescription(
                fields: ["title", "text"], labels: ["sad", "glad"],
                splits: [.init(name: "train", count: 3, file: "poems.jsonl")], digest: "abc")
        }

        func examples(of split: String, _ range: Range<Int>) throws -> Examples {
            guard split == "train" else { throw SondeError.notFound("There is no split '\(split)'.") }
            let all = [("A", "rain", 0), ("", "川", 1), ("C", "", -1)][range]
            return Examples(
                columns: [TextColumn(all.map(\.0)), TextColumn(all.map(\.1))],
                labels: all.map { Int32($0.2) },
                lines: range.map { UInt64($0 + 1) })
        }
    }

    private final class Agreement: Metric {
        func value(of predictions: Predictions) throws -> Double {
            guard predictions.count > 0 else { throw SondeError.invalidArgument("There are no predictions.") }
            let texts = zip(predictions.predictedTexts ?? [], predictions.expectedTexts ?? []).filter {
                $0 == $1
            }
            let labels = zip(predictions.predicted, predictions.expected).filter { $0 == $1 }
            return Double(labels.count + 10 * texts.count + 100 * predictions.labelCount)
        }
    }

    @Test("A description and examples cross whole, empty texts and ranges too")
    func dataset() throws {
        let border = try Border(
            [.dataset(DatasetDescriptor(id: "poems", summary: "Poems")) { _, _ in Poems() }],
            id: "org.example.poems")
        let dataset = try border.component.makeDataset(options: Options())
        #expect(try dataset.description() == Poems().description())
        let examples = try dataset.examples(of: "train", 1..<3)
        #expect(examples.columns == [TextColumn(["", "C"]), TextColumn(["川", ""])])
        #expect(examples.labels == [1, -1])
        #expect(examples.lines == [2, 3])
        #expect(try dataset.examples(of: "train", 0..<0).count == 0)
        #expect(throws: SondeError.notFound("There is no split 'test'.").from("org.example.poems (test)")) {
            try dataset.examples(of: "test", 0..<1)
        }
    }

    @Test("Predictions cross with their texts, errors come back")
    func metric() throws {
        let border = try Border(
            [.metric(MetricDescriptor(id: "agreement", summary: "Agreement")) { _, _ in Agreement() }],
            id: "org.example.agreement")
        let metric = try border.component.makeMetric(options: Options())
        let predictions = Predictions(
            predicted: [0, 1, 1], expected: [0, 1, 0], labelCount: 2, predictedTexts: ["", "a", "ü"],
            expectedTexts: ["", "b", "ü"])
        #expect(try metric.value(of: predictions) == 222)
        #expect(try metric.value(of: Predictions(predicted: [1], expected: [1], labelCount: 3)) == 301)
        #expect(
            throws: SondeError.invalidArgument("There are no predictions.").from(
                "org.example.agreement (test)")
        ) {
            try metric.value(of: Predictions(predicted: [], expected: [], labelCount: 2))
        }
    }

    @Test("A descriptor and options with every type cross whole")
    func descriptor() throws {
        let options: [OptionDeclaration] = [
            .required("zeta", .path, "A path"),
            OptionDeclaration("alpha", .integer(1...9), default: 3, "A number"),
            OptionDeclaration("mode", .choice(["a", "b"]), default: "a", "A choice"),
            .optional("rate", .number(0...1), "A rate"), .optional("flags", .list(of: .boolean), "Flags"),
            .optional("names", .map(of: .string), "Names"), .optional("rest", .anything, "Anything"),
        ]
        let descriptor = MetricDescriptor(
            id: "agreement", summary: "Agreement", range: (nil, 5), higherIsBetter: false, comparison: .texts,
            isProportion: true, options: options)
        let border = try Border([.metric(descriptor) { _, _ in Agreement() }], id: "org.example.descriptor")
        let component = border.component
        #expect(component.kind == .metric && component.id == "agreement" && component.summary == "Agreement")
        #expect(component.descriptor["range"]?[0] == .null)
        #expect(component.descriptor["range"]?[1]?.doubleValue == 5)
        #expect(component.descriptor["higher_is_better"] == false)
        #expect(component.descriptor["compares"] == "texts")
        #expect(component.descriptor["proportion"] == true)
        #expect(component.options.declarations.map(\.name) == options.map(\.name))
        #expect(component.options.declarations.map(\.type) == options.map(\.type))
        #expect(component.options.declarations.map(\.isRequired) == options.map(\.isRequired))
        #expect(component.options.declarations.map(\.defaultValue) == options.map(\.defaultValue))
    }

    @Test("A component of another kind is refused")
    func otherKind() throws {
        let border = try Border(
            [.metric(MetricDescriptor(id: "agreement", summary: "")) { _, _ in Agreement() }],
            id: "org.example.kind")
        let error = #expect(throws: SondeError.self) { try border.component.makeDataset(options: Options()) }
        #expect(error?.code == .invalidArgument)
    }
}
