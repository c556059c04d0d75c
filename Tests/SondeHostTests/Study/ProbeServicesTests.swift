import Foundation
import SondeHost
import SondeJSON
import SondeSDK
import TestSupport
import Testing

/// Probes get what their units have named, and nothing else.
@Suite struct ProbeServicesTests {
    private let fixture: StudyFixture

    init() throws {
        fixture = try StudyFixture()
    }

    /// Reads a measurement into `text`.
    private static let read =
        "char text[4096] = \"\"; sonde_sink into = {text, add}; sonde_status status = "

    private func run(_ probes: String, plugins: [String]) throws -> StudyRun {
        let run = try fixture.run(fixture.study(StudyFixture.yaml(probes: probes), plugins: plugins))
        try run.finish()
        return run
    }

    @Test func probeReadsAnotherProbesMeasurements() throws {
        let first = try fixture.compile(
            CPlugin.probe(
                plugin: "org.example.first", id: "first", measure: #"say(measurement, "{\"value\": 42}");"#),
            to: "libfirst.so")
        let second = try fixture.compile(
            CPlugin.probe(
                plugin: "org.example.second", id: "second",
                plan: #"""
                    if (!strstr(study, "\"name\":\"one\"")) return SONDE_ERROR_INVALID_ARGUMENT;
                    say(units, "[{\"id\": \"last\", \"measurements\": [{\"unit\": \"twice\"}]}, "
                        "{\"id\": \"twice\", \"measurements\": [{\"probe\": \"one\", \"unit\": \"b\"}]}]");
                    """#,
                measure: Self.read
                    + #"""
                    strstr(unit, "\"id\":\"last\"") ? services->measurement(services, NULL, "twice", &into)
                                                 : services->measurement(services, "one", "b", &into);
                    if (status != SONDE_OK) return status;
                    char answer[4200];
                    snprintf(answer, sizeof answer, "{\"read\": %s}", text);
                    say(measurement, answer);
                    """#,
                conclude: Self.read
                    + #"""
                    services->measurement(services, NULL, "last", &into);
                    if (status != SONDE_OK) return status;
                    char answer[4400];
                    for (char *c = text; *c; c++) if (*c == '"') *c = '\'';
                    snprintf(answer, sizeof answer, "{\"tables\": [], \"figures\": [], \"statements\": [{\"text\": \"%s\", "
                        "\"sample\": \"\", \"baseline\": \"\", \"uncertainty\": \"\", \"caveat\": \"\"}]}", text);
                    say(findings, answer);
                    """#),
            to: "libsecond.so")
        let run = try run("{one: {probe: first}, two: {probe: second}}", plugins: [first, second])
        #expect(run.failures.map(\.reason) == [])
        let report = try run.results().report(failures: [], provenance: [])
        let statement = report.sections.first { $0.heading == "two" }?.findings.statements.first?.text
        #expect(statement == "{'read':{'read':{'value':42}}}")
    }

    @Test func unitsThatWaitForEachOtherAreNamed() throws {
        let probe = try fixture.compile(
            CPlugin.probe(
                plan: #"""
                    say(units, "[{\"id\": \"a\", \"measurements\": [{\"unit\": \"b\"}]}, "
                        "{\"id\": \"b\", \"measurements\": [{\"unit\": \"a\"}]}]");
                    """#))
        let run = try run("{p: {probe: probe}}", plugins: [probe])
        #expect(
            run.failures.first?.reason
                == "The probe 'p' plans units that wait for each other: 'a' needs 'b' needs 'a'.")
    }

    @Test func unitThatNeedsWhatThereIsNotIsNamed() throws {
        let probe = try fixture.compile(
            CPlugin.probe(plan: #"say(units, "[{\"id\": \"a\", \"prompts\": [\"tiny/cb/7\"]}]");"#))
        let run = try run("{p: {probe: probe}}", plugins: [probe])
        #expect(
            run.failures.first?.reason
                == "The unit 'a' of probe 'p' needs the prompt 'tiny/cb/7', which there is not; did you mean 'tiny/cb/1'?"
        )
    }

    @Test func probeDoesNotGetWhatItsUnitHasNotNamed() throws {
        let probe = try fixture.compile(
            CPlugin.probe(
                plan: #"say(units, "[{\"id\": \"a\"}]");"#,
                measure:
                    "sonde_tensor tensor; return services->prompt(services, \"tiny/cb/1\", &tensor, NULL);"))
        let run = try run("{p: {probe: probe}}", plugins: [probe])
        #expect(run.failures.first?.reason.contains("has not named the prompt 'tiny/cb/1'") == true)
    }

    @Test func probeReadsPromptsWithTheirFactsAndRows() throws {
        let probe = try fixture.compile(
            CPlugin.probe(
                plan: #"""
                    say(units, "[{\"id\": \"a\", \"prompts\": [\"tiny/cb/1\"], \"models\": [\"tiny\"], \"tasks\": [\"cb\"]}]");
                    """#,
                measure: Self.read
                    + #"""
                    SONDE_OK;
                    sonde_tensor tuned, initial;
                    sonde_rows rows = {0};
                    rows.struct_size = sizeof rows;
                    status = services->prompt(services, "tiny/cb/1", &tuned, &into);
                    if (status == SONDE_OK) status = services->initial_prompt(services, "tiny/cb/1", &initial);
                    if (status == SONDE_OK) status = services->rows(services, "cb", "test", "tiny", 2, 3, 4, &rows);
                    if (status != SONDE_OK) return status;
                    char answer[5000];
                    snprintf(answer, sizeof answer, "{\"facts\": %s, \"rows\": %d, \"moved\": %s, \"texts\": %d}", text,
                        (int)tuned.shape[0], tuned.values[0] != initial.values[0] ? "true" : "false", (int)rows.row_count);
                    say(measurement, answer);
                    services->emit_tensor(services, "tuned", &tuned);
                    """#))
        let run = try run("{p: {probe: probe}}", plugins: [probe])
        #expect(run.failures.map(\.reason) == [])
        let name = try #require(run.cells.first { $0.cell.kind == .measure }?.cell.name)
        let bytes = try Data(
            contentsOf: URL(filePath: fixture.folder.path("store/cells/\(name)/measurement.json")))
        let json = try JSONValue(parsing: Array(bytes))
        #expect(json["rows"]?.intValue == 2)
        #expect(json["moved"]?.boolValue == true)
        #expect(json["texts"]?.intValue == 4)
        #expect(json["facts"]?["task"]?.stringValue == "cb")
        #expect(json["facts"]?["initialisation"]?.stringValue == "noise")
        #expect(
            FileManager.default.fileExists(
                atPath: fixture.folder.path("store/cells/\(name)/tensors.safetensors")))
    }
}
