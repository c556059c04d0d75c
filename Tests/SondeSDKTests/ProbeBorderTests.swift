import SondeJSON
import SondeSDK
import TestSupport
import Testing

/// A probe behind C tables, with the host's services going the other way.
@Suite struct ProbeBorderTests {
    /// Says in its measurement all that it was given.
    private final class Curious: Probe {
        func plan(_ study: StudyOutline) throws -> [ProbeUnit] {
            study.prompts.map { prompt in
                ProbeUnit(
                    id: prompt.name, prompts: [prompt.name], models: [prompt.model], tasks: [prompt.task],
                    measurements: [.init(probe: "earlier", unit: "u")],
                    parameters: ["seed": .integer(Int64(prompt.seed))])
            }
        }

        func measure(_ unit: ProbeUnit, with services: any ProbeServices) throws -> Measurement {
            let prompt = try services.prompt(unit.prompts[0])
            let model = try services.model(unit.models[0])
            let rows = try services.rows(
                task: unit.tasks[0], split: "test", model: unit.models[0], promptRows: 2, 1..<3)
            let scores = try model.run(Pass(rows: rows, prompts: [try model.prepare(prompt.softPrompt)]))
            return Measurement(
                json: [
                    "facts": try JSONValue(encoding: prompt.facts),
                    "score": .number(scores.candidateScores[0][0]),
                    "lines": .array(rows.lines.map { .integer(Int64($0)) }),
                    "earlier": try services.measurement(of: "u", by: "earlier"),
                    "key": .string("\(services.randomKey("order"))"), "parameters": unit.parameters,
                ],
                tensors: [
                    "initial": try services.initialPrompt(unit.prompts[0]),
                    "copy": try services.tensor("t", of: "u", by: "earlier"),
                ])
        }

        func conclude(_ units: [ProbeUnit], with services: any ProbeServices) throws -> Findings {
            let value = try services.measurement(of: units[0].id)
            return Findings(
                tables: [
                    Table(
                        title: "T", columns: [.init("unit"), .init("value", digits: 2)],
                        rows: [[.text(units[0].id), .interval(value.doubleValue ?? 0, 0.25, 0.75)]],
                        note: "n = 1")
                ])
        }
    }

    private final class Services: ProbeServices {
        let facts = PromptFacts(
            model: "m", task: "t", seed: 5, placement: "prefix", liveRows: [true, true],
            initialisation: "text",
            initialText: "Füße", initialTokens: [3, 4])

        func model(_ name: String) throws -> any Model {
            guard name == "m" else { throw SondeError.notFound("There is no model '\(name)'.") }
            return ArithmeticModel()
        }
        func prompt(_ name: String) throws -> TunedPrompt {
            TunedPrompt(values: DenseTensor(shape: [2, 3], values: [1, 0, 0, 0, 0, 0]), facts: facts)
        }
        func initialPrompt(_ name: String) throws -> DenseTensor {
            DenseTensor(shape: [2, 3], values: [1, 2, 3, 4, 5, 6])
        }
        func measurement(of unit: String, by probe: String?) throws -> JSONValue {
            switch probe {
            case "earlier"?: ["n": 1]
            case nil: 0.5
            default: throw SondeError.notFound("There is no probe '\(probe ?? "")'.")
            }
        }
        func tensor(_ name: String, of unit: String, by probe: String?) throws -> DenseTensor {
            DenseTensor(shape: [0, 4], values: [])
        }
        func rows(task: String, split: String, model: String, promptRows: Int, _ range: Range<Int>) throws
            -> Rows
        {
            var rows = Rows()
            for index in range {
                rows.append(text: [97], candidates: [[100]], label: 0, line: UInt64(10 * index))
            }
            return rows
        }
        func randomKey(_ name: String) -> UInt64 { name == "order" ? .max : 0 }
    }

    private let probe: any Probe

    init() throws {
        let border = try Border(
            [.probe(ProbeDescriptor(id: "curious", summary: "Asks", needs: [.taps])) { _, _ in Curious() }],
            id: "org.example.curious")
        #expect(border.component.descriptor["needs"] == ["taps"])
        probe = try border.component.makeProbe(options: Options())
    }

    private var units: [ProbeUnit] {
        get throws {
            try probe.plan(
                StudyOutline(
                    models: [.init(name: "m", modelType: "arithmetic", capabilities: [.taps])],
                    tasks: [
                        .init(name: "t", labels: ["no", "yes"], splits: [.init(name: "test", count: 3)])
                    ], seeds: [5],
                    prompts: [.init(name: "m/t/5", model: "m", task: "t", seed: 5, rows: 2)]))
        }
    }

    @Test("A plan crosses whole")
    func plan() throws {
        #expect(
            try units == [
                ProbeUnit(
                    id: "m/t/5", prompts: ["m/t/5"], models: ["m"], tasks: ["t"],
                    measurements: [.init(probe: "earlier", unit: "u")], parameters: ["seed": 5])
            ])
    }

    @Test("A measurement sees every service and gives back JSON and tensors")
    func measure() throws {
        let measurement = try probe.measure(units[0], with: Services())
        #expect(try measurement.json["facts"]?.decoded(as: PromptFacts.self) == Services().facts)
        // One token of cost 0.1, and a prompt whose values sum to 1.
        #expect(measurement.json["score"]?.doubleValue == -0.2)
        #expect(measurement.json["lines"] == [10, 20])
        #expect(measurement.json["earlier"] == ["n": 1])
        #expect(measurement.json["key"] == "18446744073709551615")
        #expect(measurement.json["parameters"] == ["seed": 5])
        #expect(
            measurement.tensors == [
                "initial": DenseTensor(shape: [2, 3], values: [1, 2, 3, 4, 5, 6]),
                "copy": DenseTensor(shape: [0, 4], values: []),
            ])
    }

    @Test("Findings cross whole")
    func conclude() throws {
        let findings = try probe.conclude(units, with: Services())
        #expect(findings.tables[0].rows == [[.text("m/t/5"), .interval(0.5, 0.25, 0.75)]])
        #expect(findings.tables[0].note == "n = 1")
    }

    @Test("A service that fails comes back with its sentence")
    func failingService() throws {
        var unit = try units[0]
        unit.models = ["n"]
        let error = #expect(throws: SondeError.self) { try probe.measure(unit, with: Services()) }
        #expect(error?.code == .notFound)
        #expect(error?.message == "There is no model 'n'.")
    }
}
