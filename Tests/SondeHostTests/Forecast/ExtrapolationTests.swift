import SondeHost
import SondeJSON
import Testing

/// From rates to predictions, with rates that are given.
@Suite struct ExtrapolationTests {
    private func cost(tokens: Int, secondsPerToken: Double, largestPass: Int = 100, bytes: Int = 300)
        -> PassCost
    {
        PassCost(
            tokens: tokens, largestPass: largestPass, largestMeasured: 100,
            timePerToken: WorkTime(seconds: secondsPerToken, processorSeconds: 2 * secondsPerToken),
            memoryBefore: 300, measuredMemory: bytes)
    }

    private func recipe(_ change: (inout TuningRecipe) -> Void = { _ in }) throws -> TuningRecipe {
        var recipe = try TuningRecipe([:])
        (recipe.epochs, recipe.batchSize) = (3, 8)
        change(&recipe)
        return recipe
    }

    @Test("A tuning goes through the training split once an epoch and through the other once an evaluation")
    func tuningTime() throws {
        let cost = TuningCost(
            training: cost(tokens: 1000, secondsPerToken: 0.5),
            watching: cost(tokens: 200, secondsPerToken: 0.25), extent: TuningExtent(try recipe(), rows: 20))
        #expect(cost.time == WorkTime(seconds: 3 * 500 + 3 * 50, processorSeconds: 2 * 1650))
    }

    @Test("Without an evaluation split only gradients cost")
    func tuningTimeWithoutEvaluation() throws {
        let cost = TuningCost(
            training: cost(tokens: 1000, secondsPerToken: 0.5), watching: nil,
            extent: TuningExtent(try recipe(), rows: 20))
        #expect(cost.time.seconds == 1500)
    }

    @Test(
        "Steps and evaluations are those that the tuner makes: the last batch is smaller, the last prompt is watched"
    )
    func extent() throws {
        let extent = TuningExtent(try recipe(), rows: 20)
        #expect((extent.steps, extent.evaluations) == (9, 3))
        let often = TuningExtent(try recipe { $0.evaluationInterval = 2 }, rows: 20)
        #expect((often.steps, often.evaluations) == (9, 5))
        let rarely = TuningExtent(try recipe { $0.evaluationInterval = 100 }, rows: 20)
        #expect((rarely.steps, rarely.evaluations) == (9, 1))
    }

    @Test(
        "Memory of a pass that was measured is taken as it is; what a larger one adds is in proportion to its tokens"
    )
    func memory() {
        #expect(cost(tokens: 1, secondsPerToken: 1, largestPass: 100, bytes: 800).peakMemory == 800)
        #expect(cost(tokens: 1, secondsPerToken: 1, largestPass: 90, bytes: 800).peakMemory == 800)
        #expect(cost(tokens: 1, secondsPerToken: 1, largestPass: 250, bytes: 800).peakMemory == 300 + 1250)
    }

    @Test("A tuning needs what its larger kind of pass needs")
    func tuningMemory() throws {
        let extent = TuningExtent(try recipe(), rows: 20)
        let small = cost(tokens: 1, secondsPerToken: 1, bytes: 400)
        let large = cost(tokens: 1, secondsPerToken: 1, bytes: 500)
        #expect(TuningCost(training: small, watching: large, extent: extent).peakMemory == 500)
        #expect(TuningCost(training: large, watching: small, extent: extent).peakMemory == 500)
    }
}
