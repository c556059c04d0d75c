import SondeHost
import Testing

/// Proposals for misspelt names.
@Suite struct NearestNameTests {
    private let known = ["accuracy", "jsonlines", "f1", "macro-f1", "neighbours"]

    @Test(
        "A slip of the hand is recognised",
        arguments: [
            ("acuracy", "accuracy"), ("acucracy", "accuracy"), ("Accuracy", "accuracy"),
            ("neighbors", "neighbours"),
            ("jsonlynes", "jsonlines"), ("f2", "f1"),
        ])
    func near(name: String, expected: String) {
        #expect(NearestName.suggestion(for: name, among: known) == expected)
        #expect(NearestName.hint(for: name, among: known) == "; did you mean '\(expected)'?")
    }

    @Test("Something else is not", arguments: ["", "precision", "xyz", "accountancy-of-all"])
    func far(name: String) {
        #expect(NearestName.suggestion(for: name, among: ["accuracy", "jsonlines"]) == nil)
        #expect(NearestName.hint(for: name, among: []) == "")
    }
}
