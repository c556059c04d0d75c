import Testing
import TransformerKit

@Suite("Slopes of linear position bias")
struct PositionBiasTests {
    @Test(
        "are those of BLOOM, also for head counts that are no power of two",
        arguments: [
            (1, [0.00390625]),
            (2, [0.0625, 0.00390625]),
            (3, [0.0625, 0.00390625, 0.25]),
            (6, [0.25, 0.0625, 0.015625, 0.00390625, 0.5, 0.125]),
            (8, [0.5, 0.25, 0.125, 0.0625, 0.03125, 0.015625, 0.0078125, 0.00390625]),
        ])
    func slopes(heads: Int, expected: [Float]) {
        guard case .slopes(let slopes) = PositionBias.linear(headCount: heads) else {
            Issue.record("no slopes")
            return
        }
        #expect(slopes == expected)
    }
}
