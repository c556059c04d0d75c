/// The learning rate of each step, as `get_constant_schedule_with_warmup` and `get_linear_schedule_with_warmup` of
/// transformers have it: it rises from 0 at the first step to its peak, and then stays or falls to 0.
public struct LearningRateSchedule: Sendable, Hashable {
    /// The highest learning rate.
    public var peak: Double
    /// How it goes on after warm-up.
    public var shape: TuningRecipe.Schedule
    /// Steps of warm-up.
    public var warmUpSteps: Int
    /// All steps.
    public var totalSteps: Int

    /// A schedule.
    public init(peak: Double, shape: TuningRecipe.Schedule, warmUpSteps: Int, totalSteps: Int) {
        self.peak = peak
        self.shape = shape
        self.warmUpSteps = warmUpSteps
        self.totalSteps = totalSteps
    }

    /// The schedule of a recipe; a broken warm-up step counts as a whole one.
    public init(_ recipe: TuningRecipe, totalSteps: Int) {
        self.init(
            peak: recipe.learningRate, shape: recipe.schedule,
            warmUpSteps: Int((recipe.warmUp * Double(totalSteps)).rounded(.up)), totalSteps: totalSteps)
    }

    /// The learning rate of a step, counted from 0.
    public func learningRate(at step: Int) -> Double {
        if step < warmUpSteps { return peak * (Double(step) / Double(max(1, warmUpSteps))) }
        switch shape {
        case .constant: return peak
        case .linear:
            return peak * max(0, Double(totalSteps - step) / Double(max(1, totalSteps - warmUpSteps)))
        }
    }
}
