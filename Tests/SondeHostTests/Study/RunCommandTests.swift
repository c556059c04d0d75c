import Foundation
import SondeHost
import TestSupport
import Testing

/// `sonde run` from the outside.
@Suite struct RunCommandTests {
    private let fixture: StudyFixture

    init() throws {
        fixture = try StudyFixture()
    }

    private func run(_ arguments: [String]) throws -> CommandRun {
        try CommandRun.sonde(["run", "study.yaml", "--threads", "1"] + arguments, home: fixture.folder)
    }

    @Test func runEndsWithATableAndAReportAndASecondOneSaysThatNothingWasLeft() throws {
        try fixture.folder.write(StudyFixture.yaml(), to: "study.yaml")
        let first = try run([])
        #expect(first.status == 0, "\(first.errors)")
        for word in ["majority", "no prompt", "tuned", "cells were done now"] {
            #expect(first.output.contains(word))
        }
        let page = try String(contentsOfFile: fixture.folder.path("small.sonde/report.html"), encoding: .utf8)
        #expect(page.contains("Answers with and without tuned prompts"))
        #expect(page.contains("environment of 8 cells"))
        #expect(page.contains("worker threads: 1; OpenBLAS threads: 1, kernels: "))
        let second = try run([])
        #expect(second.status == 0)
        #expect(second.output.contains("Nothing was left to do"))
        #expect(!second.errors.contains("done in"))
    }

    @Test func dryRunListsCellsAndDoesNone() throws {
        try fixture.folder.write(StudyFixture.yaml(), to: "study.yaml")
        let listed = try run(["--dry-run"])
        #expect(listed.status == 0)
        #expect(listed.output.contains("tune tiny/cb/1"))
        #expect(listed.output.contains("8 cells, 8 to do."))
        #expect(try run(["--dry-run"]).output == listed.output)
    }

    @Test func mistakeInTheStudyEndsWithOneSentenceAndCode65() throws {
        try fixture.folder.write(
            StudyFixture.yaml(probes: "{nearest: {probe: semantics, neighbors: 5}}"), to: "study.yaml")
        let refused = try run([])
        #expect(refused.status == 65)
        #expect(
            refused.errors
                == "sonde: study.yaml:14:38: unknown option 'neighbors' of probe 'semantics'; "
                + "did you mean 'neighbours'?\n")
    }

    @Test func pluginThatCrashesEndsTheRunWithCode69AfterTheReport() throws {
        let library = try fixture.compile(CPlugin.probe(measure: "abort();"))
        try fixture.folder.write(StudyFixture.yaml(probes: "{p: {probe: probe}}"), to: "study.yaml")
        let crashed = try run(["--plugin", library])
        #expect(crashed.status == 69)
        #expect(crashed.output.contains("2 failed, 1 were skipped"))
        #expect(crashed.errors.contains("log.txt"))
        #expect(FileManager.default.fileExists(atPath: fixture.folder.path("small.sonde/report.html")))
    }

    @Test func stoppedAndTakenUpAgainEqualsNeverStoppedBitForBit() throws {
        try fixture.folder.write(
            StudyFixture.yaml(tuning: "{rows: 4, epochs: 150, batch_size: 4, initialisation: noise}"),
            to: "study.yaml")
        let status = try statusAfterInterrupt(when: "epoch 2", store: "stopped")
        #expect(status == 130)
        #expect(adapters("stopped").isEmpty)
        let resumed = try run(["--store", "stopped"])
        #expect(resumed.status == 0)
        #expect(resumed.errors.contains("goes on after step"))
        #expect(try run(["--store", "whole"]).status == 0)
        let whole = adapters("whole")
        #expect(whole.count == 1)
        #expect(whole == adapters("stopped"))
    }

    /// Runs the study and sends SIGINT as soon as a text stands on standard error.
    private func statusAfterInterrupt(when text: String, store: String) throws -> Int32 {
        let process = Process()
        process.executableURL = URL(filePath: BuiltProducts.sonde)
        process.arguments = ["run", "study.yaml", "--threads", "1", "--store", store]
        process.currentDirectoryURL = URL(filePath: fixture.folder.path)
        process.environment = ProcessInfo.processInfo.environment.merging([
            "XDG_CACHE_HOME": fixture.folder.path("cache"), "XDG_DATA_HOME": fixture.folder.path("data"),
        ]) { $1 }
        let errors = try fixture.folder.write("", to: "errors")
        process.standardError = try FileHandle(forWritingTo: URL(filePath: errors))
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        while process.isRunning, try !String(contentsOfFile: errors, encoding: .utf8).contains(text) {
            usleep(2000)
        }
        process.interrupt()
        process.waitUntilExit()
        return process.terminationStatus
    }

    /// The prompts in a store.
    private func adapters(_ store: String) -> [Data] {
        let folder = fixture.folder.path(store + "/cells")
        let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
        return names.filter { $0.hasSuffix("adapter_model.safetensors") }.compactMap {
            FileManager.default.contents(atPath: folder + "/" + $0)
        }
    }
}
