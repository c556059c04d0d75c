import Foundation
import SondeHost
import Synchronization
import TestSupport
import Testing

/// A plugin that fails, crashes or hangs costs its own cell and those that read it.
@Suite struct WorkerTests {
    private let fixture: StudyFixture
    private static let probes = "{bad: {probe: probe}, good: {probe: semantics}}"

    init() throws {
        fixture = try StudyFixture()
    }

    /// Runs a study with a probe that does `harm` in its unit `a`.
    private func run(harm: String, limits: WorkerLimits = WorkerLimits()) throws -> StudyRun {
        try run(compile(harm: harm), limits: limits)
    }

    private func compile(harm: String) throws -> String {
        try fixture.compile(
            CPlugin.probe(measure: "if (strstr(unit, \"\\\"a\\\"\")) { \(harm) } say(measurement, \"{}\");"))
    }

    private func run(_ library: String, limits: WorkerLimits = WorkerLimits()) throws -> StudyRun {
        let run = try fixture.run(
            fixture.study(StudyFixture.yaml(probes: Self.probes), plugins: [library]), limits: limits)
        try run.finish()
        return run
    }

    @Test(arguments: [
        ("raise(SIGSEGV);", "crashed with SIGSEGV"), ("abort();", "crashed with SIGABRT"),
        ("exit(3);", "ended its process with exit code 3"),
    ])
    func pluginThatEndsItsProcessFailsItsCellAlone(harm: String, words: String) throws {
        let run = try run(harm: "fprintf(stderr, \"last words\"); fflush(stderr); \(harm)")
        #expect(run.failures.map(\.title) == ["measure bad: a", "conclude bad"])
        let failure = try #require(run.failures.first)
        #expect(failure.reason.contains("org.example.probe"))
        #expect(failure.reason.contains(words))
        #expect(failure.reason.contains("measuring 'a'"))
        let log = try #require(failure.log)
        #expect(try String(contentsOfFile: log, encoding: .utf8).contains("last words"))
        #expect(run.failures.last?.blocker == "measure bad: a")
        let finished = run.cells.filter(\.isFinished).map(\.cell.title)
        #expect(finished.contains("measure bad: b"))
        #expect(finished.contains("conclude good"))
    }

    @Test func pluginThatHangsIsEnded() throws {
        let run = try run(harm: "pause();", limits: WorkerLimits(silence: .seconds(1)))
        #expect(run.failures.first?.reason.contains("hung") == true)
        #expect(run.cells.filter(\.isFinished).map(\.cell.title).contains("conclude good"))
    }

    @Test func pluginThatSpinsIsEndedAtTheLimitOfCells() throws {
        let run = try run(
            harm: "for (volatile int i = 0;; i++) {}", limits: WorkerLimits(cell: .seconds(2)))
        #expect(run.failures.first?.reason.contains("took longer than the 2.0 seconds") == true)
    }

    @Test func errorOfAPluginIsToldInItsOwnWords() throws {
        let run = try run(
            harm: "probe->host->set_error(probe->host, SONDE_ERROR_NUMERIC, \"No number fits.\", NULL); "
                + "return SONDE_ERROR_NUMERIC;")
        #expect(run.failures.first?.reason.contains("No number fits.") == true)
        #expect(run.failures.first?.reason.contains("org.example.probe") == true)
        #expect(run.failures.first?.kind == .plugin)
    }

    @Test func nextRunTriesOnlyWhatFailed() throws {
        let mark = fixture.folder.path("mark")
        let library = try compile(harm: "if (access(\"\(mark)\", F_OK) != 0) abort();")
        let first = try run(library)
        #expect(first.failures.count == 2)
        try fixture.folder.write("", to: "mark")
        let second = try run(library)
        #expect(second.failures.isEmpty)
        #expect(second.doneCount == 2)
    }

    @Test func failureStandsInTheReportWithItsLog() throws {
        let run = try run(harm: "fprintf(stderr, \"last words\"); fflush(stderr); abort();")
        let report = try run.results().report(failures: run.failures, provenance: [])
        #expect(report.failures.first?.name == "measure bad: a")
        #expect(report.failures.first?.log.contains("last words") == true)
    }

    @Test func probeThatCannotPlanCostsItsConclusionAlone() throws {
        let library = try fixture.compile(CPlugin.probe(plan: "abort();"))
        let run = try fixture.run(
            fixture.study(StudyFixture.yaml(probes: Self.probes), plugins: [library]))
        try run.finish()
        #expect(run.failures.map(\.title) == ["conclude bad", "plan bad"])
        #expect(run.cells.filter(\.isFinished).map(\.cell.title).contains("conclude good"))
    }
}
