import Foundation
import SondeHost
import SondeJSON
import SondeSDK
import TestSupport
import Testing

@Suite("When tuning cannot go on")
struct TuningFailureTests {
    @Test("A loss that is not finite is refused with advice")
    func nonFinite() throws {
        let setting = try TuningSetting()
        // The first pass looks at the model without a prompt.
        setting.model.overflowingPass = 4
        #expect(
            performing: { try setting.tuned() },
            throws: sentence(
                containing: "not finite at step 3", "lower 'learning_rate'", "'letters' on 'bytes'"))
    }

    @Test("A model that changes meanwhile is noticed")
    func changedModel() throws {
        let setting = try TuningSetting()
        let tuner = try PromptTuner(setting.job(), host: HostRuntime(threads: 1))
        #expect(
            performing: {
                try tuner.run { event in
                    if case .step(let step) = event, step.step == 30 { setting.model.disturb() }
                }
            }, throws: sentence(.plugin, containing: "other scores after tuning than before"))
    }

    @Test("Jobs that cannot be done are refused before they begin")
    func impossibleJobs() throws {
        let host = HostRuntime(threads: 1)
        let setting = try TuningSetting(["patience": 2])
        #expect(
            performing: { try PromptTuner(setting.job(evaluates: false), host: host) },
            throws: sentence(containing: "'patience' needs an evaluation split"))
        var empty = setting.job()
        empty.training = Rows()
        #expect(performing: { try PromptTuner(empty, host: host) }, throws: sentence(containing: "no rows"))
        setting.model.capabilities = []
        #expect(
            performing: { try PromptTuner(setting.job(), host: host) },
            throws: sentence(containing: "no gradients")
        )
    }

    @Test(
        "Stopped after any step and taken up again, the same bits come out",
        arguments: [0, 1, 4, 5, 17, 29, 30])
    func resuming(_ stop: Int) throws {
        let options: JSONObject = ["patience": 4, "schedule": "linear", "warm_up": 0.2]
        let expected = try TuningSetting(options).tuned()
        let folder = try TemporaryFolder()
        let setting = try TuningSetting(options)
        let file = folder.path("checkpoint")
        let host = HostRuntime(threads: 1)
        if stop == 0 { host.cancel() }
        let tuner = try PromptTuner(setting.job(checkpoint: file), host: host)
        let stopped = Result {
            try tuner.run { event in
                if case .step(let step) = event, step.step == stop { host.cancel() }
            }
        }
        if stop < 30 {
            #expect(
                performing: { try stopped.get() },
                throws: sentence(.cancelled, containing: "after step \(stop) of 30"))
        }
        var resumedAt: Int?
        let outcome = try PromptTuner(setting.job(checkpoint: file), host: HostRuntime(threads: 1)).run {
            event in
            if case .resumed(let step) = event { resumedAt = step }
        }
        #expect(resumedAt == stop)
        #expect(outcome.prompt.values == expected.prompt.values)
        #expect(outcome.course.history.map(\.withoutSpeed) == expected.course.history.map(\.withoutSpeed))
        #expect(outcome.course.bestStep == expected.course.bestStep)
    }

    @Test("Killed without warning, it goes on from the last checkpoint to the same bits")
    func killed() throws {
        let expected = try TuningSetting().tuned()
        let folder = try TemporaryFolder()
        let setting = try TuningSetting()
        setting.model.failingPass = 20
        var job = setting.job(checkpoint: folder.path("checkpoint"))
        job.checkpointInterval = .zero
        #expect(throws: SondeError.self) { try PromptTuner(job, host: HostRuntime(threads: 1)).run() }
        setting.model.failingPass = nil
        var resumedAt: Int?
        let outcome = try PromptTuner(job, host: HostRuntime(threads: 1)).run { event in
            if case .resumed(let step) = event { resumedAt = step }
        }
        #expect(try #require(resumedAt) > 10)
        #expect(outcome.prompt.values == expected.prompt.values)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["checkpoint"])
    }

    @Test("A checkpoint of another job, or a damaged one, is refused and left alone")
    func foreignCheckpoint() throws {
        let folder = try TemporaryFolder()
        let file = folder.path("checkpoint")
        let host = HostRuntime(threads: 1)
        let setting = try TuningSetting()
        _ = try PromptTuner(setting.job(checkpoint: file), host: host).run()
        let content = try Data(contentsOf: URL(filePath: file))
        let other = try PromptTuner(setting.job(seed: 2, checkpoint: file), host: host)
        #expect(
            performing: { try other.run() }, throws: sentence(containing: file, "another tuning"))
        #expect(try Data(contentsOf: URL(filePath: file)) == content)
        try content.prefix(content.count / 2).write(to: URL(filePath: file))
        let same = try PromptTuner(setting.job(checkpoint: file), host: host)
        #expect(
            performing: { try same.run() },
            throws: sentence(containing: file, "no readable checkpoint"))
    }

    @Test("A checkpoint that cannot be written is an error of input and output")
    func unwritable() throws {
        let setting = try TuningSetting()
        let job = setting.job(checkpoint: "/nonexistent/folder/checkpoint")
        #expect(
            performing: { try PromptTuner(job, host: HostRuntime(threads: 1)).run() },
            throws: sentence(.inputOutput, containing: "/nonexistent/folder/checkpoint"))
    }
}

extension TuningEvaluation {
    /// Speed belongs to the machine.
    fileprivate var withoutSpeed: TuningEvaluation {
        var copy = self
        copy.tokensPerSecond = 0
        return copy
    }
}
