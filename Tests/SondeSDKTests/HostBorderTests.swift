import SondeSDK
import Testing

/// The host as a plugin sees it.
@Suite struct HostBorderTests {
    private final class Talkative: Metric {
        let host: any PluginHost

        init(_ host: any PluginHost) {
            self.host = host
        }

        func value(of predictions: Predictions) throws -> Double {
            host.log(.warning, "Füße")
            host.report(progress: 0.5, "halfway")
            try host.checkCancellation()
            var visits = [Int](repeating: 0, count: 5)
            host.parallel(5) { visits[$0] += 1 }
            return visits == [1, 1, 1, 1, 1] ? Double(host.threadBudget) : -1
        }
    }

    @Test("Log, progress, budget, loops and cancellation reach the host")
    func services() throws {
        let border = try Border(
            [.metric(MetricDescriptor(id: "talkative", summary: "Talks")) { _, host in Talkative(host) }],
            id: "org.example.talkative")
        let metric = try border.component.makeMetric(options: Options())
        let predictions = Predictions(predicted: [0], expected: [0], labelCount: 1)
        #expect(try metric.value(of: predictions) == 3)
        #expect(border.host.log == ["warning Füße"])
        #expect(border.host.progress == ["0.5 halfway"])
        border.host.cancel()
        let error = #expect(throws: SondeError.self) { try metric.value(of: predictions) }
        #expect(error?.code == .cancelled)
    }

    @Test("An entry carries who the plugin is")
    func entry() throws {
        let border = try Border(
            [.metric(MetricDescriptor(id: "talkative", summary: "Talks")) { _, host in Talkative(host) }],
            id: "org.example.entry")
        #expect(border.entry.id == "org.example.entry")
        #expect(border.entry.version == "1.2.3")
        #expect(border.entry.licence == "MIT")
        #expect(border.entry.build.contains("Swift"))
        #expect(border.entry.minorNeeded <= border.entry.minorBuilt)
    }

    @Test("A plugin that returns no entry is refused with its reason")
    func declined() {
        let exported = ExportedHost(RecordingHost(), name: "test host", version: "1") { nil }
        #expect(throws: EntryProblem.declined(reason: "it gave no reason")) {
            try ImportedEntry(nil, host: exported.table)
        }
        exported.table.pointee.set_error?(
            exported.table, SondeError.Code.inputOutput.rawValue, "The disk is gone.", nil)
        #expect(throws: EntryProblem.declined(reason: "The disk is gone.")) {
            try ImportedEntry(nil, host: exported.table)
        }
    }
}
