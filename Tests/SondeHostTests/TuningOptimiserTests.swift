import SondeHost
import SondeJSON
import Testing

@Suite("The optimiser against torch, transformers and PEFT")
struct TuningOptimiserTests {
    private let reference: JSONValue

    init() throws {
        reference = try Fixture.json("tuning/reference.json")
    }

    @Test("AdamW walks as torch's does")
    func adamW() throws {
        let cases = try #require(reference["adamw"]?.arrayValue)
        #expect(cases.count == 3)
        for recorded in cases {
            let optimiser = AdamW(
                firstDecay: try #require(recorded["first_decay"]?.doubleValue),
                secondDecay: try #require(recorded["second_decay"]?.doubleValue),
                epsilon: try #require(recorded["epsilon"]?.doubleValue),
                weightDecay: try #require(recorded["weight_decay"]?.doubleValue))
            var parameters = try #require(recorded["start"]).floats
            var moments = AdamW.Moments(count: parameters.count)
            for step in try #require(recorded["steps"]?.arrayValue) {
                optimiser.update(
                    &parameters, moments: &moments, gradient: try #require(step["gradient"]).floats,
                    learningRate: try #require(step["learning_rate"]?.doubleValue))
                // The order of roundings may differ between vectorised and plain arithmetic.
                for (value, expected) in zip(parameters, try #require(step["parameters"]).floats) {
                    #expect(abs(value - expected) <= 2e-6 * max(1, abs(expected)))
                }
            }
        }
    }

    @Test("The defaults are torch's")
    func defaults() throws {
        let recorded = try #require(reference["adamw"]?[0])
        let optimiser = AdamW()
        #expect(optimiser.firstDecay == recorded["first_decay"]?.doubleValue)
        #expect(optimiser.secondDecay == recorded["second_decay"]?.doubleValue)
        #expect(optimiser.epsilon == recorded["epsilon"]?.doubleValue)
        #expect(optimiser.weightDecay == recorded["weight_decay"]?.doubleValue)
        let recipe = try TuningRecipe([:])
        #expect(recipe.betas == [optimiser.firstDecay, optimiser.secondDecay])
        #expect(recipe.epsilon == optimiser.epsilon)
        #expect(recipe.weightDecay == optimiser.weightDecay)
    }

    @Test("Learning rates are those of transformers")
    func schedules() throws {
        let cases = try #require(reference["schedules"]?.arrayValue)
        #expect(cases.count == 8)
        for recorded in cases {
            let total = try #require(recorded["total"]?.intValue)
            let schedule = LearningRateSchedule(
                peak: try #require(recorded["peak"]?.doubleValue),
                shape: try #require(
                    recorded["shape"]?.stringValue.flatMap { TuningRecipe.Schedule(rawValue: $0) }),
                warmUpSteps: try #require(recorded["warm_up"]?.intValue), totalSteps: total)
            let expected = try #require(recorded["rates"]).doubles
            let rates = (0..<total).map(schedule.learningRate)
            #expect(zip(rates, expected).allSatisfy { abs($0 - $1) < 1e-15 })
            #expect(rates.count == expected.count)
        }
    }

    @Test("Gradients are clipped as torch does it")
    func clipping() throws {
        let cases = try #require(reference["clipping"]?.arrayValue)
        #expect(cases.count == 4)
        for recorded in cases {
            let values = try #require(recorded["gradient"]).floats
            var gradient = Gradient(count: values.count)
            gradient.add(values)
            let clipped = gradient.mean(
                of: 1, liveRows: [true], width: values.count,
                clippedTo: try #require(recorded["limit"]?.doubleValue))
            #expect(relativeDistance(clipped, try #require(recorded["clipped"]).floats) < 1e-6)
        }
    }

    @Test("Gradients of several passes make the mean of all")
    func addition() {
        var gradient = Gradient(count: 4)
        gradient.add([1, 2, 3, 4])
        gradient.add([5, 6, 7, 8])
        #expect(gradient.mean(of: 3, liveRows: [true, false], width: 2, clippedTo: nil) == [2, 8 / 3, 0, 0])
    }
}
