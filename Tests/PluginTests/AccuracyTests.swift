import SondeSDK
import Testing

@Suite("The metric 'accuracy'")
struct AccuracyTests {
    private func accuracy(_ predicted: [Int], _ expected: [Int]) throws -> Double {
        try BundledPlugins.metric("accuracy").value(
            of: Predictions(predicted: predicted, expected: expected, labelCount: 3))
    }

    @Test("It is the share of right labels")
    func share() throws {
        #expect(try accuracy([0, 1, 2, 1], [0, 1, 1, 1]) == 0.75)
        #expect(try accuracy([2], [2]) == 1)
        #expect(try accuracy([2, 0], [1, 1]) == 0)
    }

    @Test("It is not defined for no predictions, nor for examples without a label")
    func undefined() {
        #expect(performing: { try accuracy([], []) }, throws: { "\($0)".contains("not defined") })
        #expect(performing: { try accuracy([0, 0], [0, -1]) }, throws: { "\($0)".contains("Item 1") })
    }
}
