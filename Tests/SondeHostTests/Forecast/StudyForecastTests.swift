import Foundation
import SondeHost
import SondeJSON
import TestSupport
import Testing

/// What is said of probes that the host knows nothing of.
@Suite struct StudyForecastTests {
    private let fixture: StudyFixture

    init() throws {
        fixture = try StudyFixture()
    }

    /// The row of the forecast with this title, for a study with one probe.
    private func row(
        _ title: String, measure: String, limits: WorkerLimits = WorkerLimits()
    ) throws -> (row: JSONValue, warnings: Int) {
        let library = try fixture.compile(CPlugin.probe(measure: measure))
        let study = try fixture.study(
            StudyFixture.yaml(probes: "{p: {probe: probe}}"), plugins: [library])
        let forecast = try StudyForecast(
            study, store: URL(filePath: fixture.folder.path("store")),
            options: RunOptions(executable: BuiltProducts.sonde, threads: 1, limits: limits))
        let json = try JSONValue(parsing: forecast.jsonText)
        let row = json["rows"]?.arrayValue?.first { $0["cells"]?.stringValue == title }
        return (try #require(row), json["warnings"]?.arrayValue?.count ?? -1)
    }

    @Test("A probe that can be tried is tried once for units that are alike")
    func triedProbe() throws {
        let mark = fixture.folder.path("mark")
        let (row, warnings) = try row(
            "measure p",
            measure:
                #"FILE *f = fopen("\#(mark)", "a"); fputc('x', f); fclose(f); say(measurement, "{\"value\": 1}");"#
        )
        #expect(row["number"]?.intValue == 2)
        #expect(row["known"]?.intValue == 2)
        #expect(row["basis"]?.arrayValue == [.string("trial")])
        #expect(try String(contentsOfFile: mark, encoding: .utf8) == "x")
        #expect(warnings == 0)
    }

    @Test("A probe that fails when it is tried is unknown, with its reason, and so is what reads it")
    func failingProbe() throws {
        let (row, _) = try row("measure p", measure: "abort();")
        #expect(row["known"]?.intValue == 0)
        #expect(row["time"]?["seconds"]?.doubleValue == 0)
        let reason = try #require(row["unknown"]?.arrayValue?.first?.stringValue)
        #expect(reason.contains("'measure p: a' was tried and failed"))
        #expect(reason.contains("SIGABRT"))
        #expect(try self.row("conclude p", measure: "abort();").row["known"]?.intValue == 0)
    }

    @Test("A probe that takes long is judged by its progress, and is unknown if it tells none")
    func longProbe() throws {
        let limits = WorkerLimits(cell: .seconds(6))
        let spin = "for (volatile int i = 0;; i++) {}"
        let tell = "probe->host->report_progress(probe->host, 0.25, \"half of a half\");"
        let telling = try row("measure p", measure: "sleep(1); \(tell) \(spin)", limits: limits).row
        #expect(telling["known"]?.intValue == 2)
        // Two units of four times a second.
        #expect(telling["time"]?["seconds"]?.doubleValue ?? 0 > 7.9)
        let silent = try row("measure p", measure: spin, limits: limits).row
        #expect(silent["known"]?.intValue == 0)
        #expect(silent["unknown"]?.arrayValue?.first?.stringValue?.contains("told no progress") == true)
    }
}
