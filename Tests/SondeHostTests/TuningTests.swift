import SondeHost
import SondeJSON
import SondeSDK
import Testing

@Suite("Tuning a prompt")
struct TuningTests {
    @Test("The byte model's gradient is that of its loss", arguments: TuningRecipe.Loss.allCases)
    func gradient(_ loss: TuningRecipe.Loss) throws {
        let setting = try TuningSetting(["loss": .string(loss.rawValue)])
        let kind: Pass.Loss = loss == .choice ? .choice : .language
        let values = (0..<18).map { Float($0) / 20 - 0.4 }
        func result(_ values: [Float]) throws -> PassResult {
            let prompt = setting.model.prepare(SoftPrompt(values: values, rows: 3, width: 6))
            return try setting.model.run(
                Pass(rows: setting.training, prompts: [prompt], loss: kind, wantsPromptGradient: true))
        }
        let slope = try result(values).promptGradients[0]
        let differences = try values.indices.map { index in
            var (up, down) = (values, values)
            up[index] += 0.01
            down[index] -= 0.01
            return Float(
                (try result(up).lossSums[0] - (try result(down).lossSums[0]))
                    / Double(up[index] - down[index]))
        }
        #expect(relativeDistance(slope, differences) < 1e-3)
    }

    @Test("The loss falls", arguments: TuningRecipe.Loss.allCases)
    func falling(_ loss: TuningRecipe.Loss) throws {
        let outcome = try TuningSetting(["loss": .string(loss.rawValue), "epochs": 30]).tuned()
        let losses = outcome.course.history.compactMap(\.evaluationLoss)
        #expect(losses.count == 30)
        #expect(try #require(losses.last) < 0.8 * (try #require(losses.first)))
    }

    @Test("A prompt that tells the candidates apart makes the answers right")
    func learning() throws {
        let setting = try TuningSetting(["loss": "choice", "epochs": 30])
        let outcome = try setting.tuned()
        func accuracy(_ values: [Float]) throws -> Double {
            let prompt = setting.model.prepare(SoftPrompt(values: values, rows: 3, width: 6))
            let scores = try Scorer().score(setting.choices, with: setting.model, prompt: prompt)
            let right = zip(scores.predictions, setting.choices.labels).count { $0 == Int($1) }
            return Double(right) / Double(setting.choices.count)
        }
        #expect(try accuracy(outcome.initial.values) < 0.6)
        #expect(try accuracy(outcome.prompt.values.values) > 0.9)
    }

    @Test("The outcome states what was trained and what it began as")
    func facts() throws {
        let setting = try TuningSetting(["initialisation": "text", "text": "ab"])
        let outcome = try setting.tuned(seed: 5)
        #expect(outcome.course.trainedParameters == 18)
        #expect(outcome.course.frozenParameters == ByteModel.vocabulary * 6)
        #expect(outcome.course.steps == 30)
        #expect(outcome.prompt.facts.initialTokens == [97, 98, 97])
        #expect(outcome.prompt.facts.initialText == "ab")
        #expect(outcome.prompt.facts.seed == 5)
        #expect(outcome.prompt.facts.liveRows == [true, true, true])
        #expect(outcome.initial.values != outcome.prompt.values.values)
    }

    @Test("The same seed gives the same bits, another seed others")
    func determinism() throws {
        let setting = try TuningSetting(["initialisation": "text", "text": "ab"])
        let first = try setting.tuned(seed: 1).prompt.values
        #expect(try setting.tuned(seed: 1).prompt.values == first)
        #expect(try setting.tuned(seed: 2).prompt.values != first)
    }

    @Test("A batch in several passes takes the same steps as in one", arguments: TuningRecipe.Loss.allCases)
    func microBatches(_ loss: TuningRecipe.Loss) throws {
        let whole = try TuningSetting(["loss": .string(loss.rawValue)])
        let parts = try TuningSetting(["loss": .string(loss.rawValue), "tokens_per_pass": 40])
        let expected = try whole.tuned().prompt.values.values
        #expect(relativeDistance(try parts.tuned().prompt.values.values, expected) < 1e-4)
        #expect(whole.model.largestPass > 80)
        // The check that the model is unchanged scores eight rows at once.
        #expect(parts.model.passes > 2 * whole.model.passes)
    }

    @Test("The prompt with the lowest evaluation loss is kept, and tuning stops when none is lower")
    func earlyStopping() throws {
        // Large steps make the loss jump about.
        let setting = try TuningSetting([
            "learning_rate": 3, "epochs": 50, "patience": 3, "schedule": "constant",
        ])
        let outcome = try setting.tuned()
        let losses = outcome.course.history.compactMap(\.evaluationLoss)
        let best = try #require(losses.min())
        #expect(outcome.course.stoppedEarly)
        #expect(outcome.course.steps < 250)
        #expect(outcome.course.history.count == (try #require(losses.firstIndex(of: best))) + 1 + 3)
        #expect(outcome.course.history.first { $0.step == outcome.course.bestStep }?.evaluationLoss == best)
        let prompt = setting.model.prepare(
            SoftPrompt(values: outcome.prompt.values.values, rows: 3, width: 6))
        let result = try setting.model.run(
            Pass(rows: setting.evaluation, prompts: [prompt], scoring: nil, loss: .language))
        #expect(abs(result.lossSums[0] / Double(result.lossCounts[0]) - best) < 1e-12)
    }

    @Test("Evaluations come at the interval that is asked for, and at the end")
    func evaluationInterval() throws {
        let outcome = try TuningSetting(["evaluation_interval": 7]).tuned()
        #expect(outcome.course.history.map(\.step) == [7, 14, 21, 28, 30])
        #expect(outcome.course.history.map(\.epoch) == [2, 3, 5, 6, 6])
    }

    @Test("Without an evaluation split the last prompt is kept")
    func withoutEvaluation() throws {
        let setting = try TuningSetting()
        let outcome = try PromptTuner(setting.job(evaluates: false), host: HostRuntime(threads: 1)).run()
        #expect(outcome.course.bestStep == 30)
        #expect(outcome.course.history.allSatisfy { $0.evaluationLoss == nil })
        #expect(outcome.course.history.count == 6)
    }

    @Test("A row that the model never reads stays as it began")
    func deadRows() throws {
        let setting = try TuningSetting()
        setting.model.deadRows = [0]
        let outcome = try setting.tuned()
        #expect(outcome.prompt.values.values[..<6] == outcome.initial.values[..<6])
        #expect(outcome.prompt.values.values[6...] != outcome.initial.values[6...])
        #expect(outcome.course.trainedParameters == 12)
    }
}
