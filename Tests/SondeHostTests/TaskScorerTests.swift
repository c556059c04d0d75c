import SondeHost
import SondeSDK
import TestSupport
import Testing

@Suite("Scores of candidates")
struct TaskScorerTests {
    private func rows(_ texts: [String], candidates: [String] = ["x", "q"]) -> Rows {
        var rows = Rows()
        let model = ByteModel()
        for text in texts {
            rows.append(
                text: model.encode([text], as: .text)[0],
                candidates: candidates.map { Array(model.encode([$0], as: .candidate)[0]) }, label: 0, line: 5
            )
        }
        return rows
    }

    @Test("The prediction is the first of the best candidates")
    func firstMaximum() throws {
        let scores = try Scorer().score(rows(["a", "b"], candidates: ["x", "y", "x"]), with: ByteModel())
        #expect(scores.candidateScores.allSatisfy { $0[0] == $0[2] })
        for (row, prediction) in scores.predictions.enumerated() {
            #expect(
                prediction
                    == scores.candidateScores[row].firstIndex(of: scores.candidateScores[row].max() ?? 0))
            #expect(prediction != 2)
        }
    }

    @Test("Scores do not depend on how many tokens go into a pass", arguments: [1, 8, 9, 1000])
    func batching(_ tokens: Int) throws {
        let rows = rows(["a", "bb", "ccc", "dddd"])
        let whole = try Scorer().score(rows, with: ByteModel(), loss: .language)
        let model = ByteModel()
        #expect(try Scorer(tokensPerPass: tokens).score(rows, with: model, loss: .language) == whole)
        #expect(model.largestPass <= max(tokens, 6))
        #expect(whole.rowLosses?.count == 4)
    }

    @Test("What is said does not depend on how many rows go into a pass, and is not said unasked")
    func generation() throws {
        let model = ArithmeticModel()
        var rows = Rows()
        for text in ["a", "bb", "ccc"] {
            rows.append(
                text: try model.encode([text], as: .text)[0],
                candidates: [Array(try model.encode(["dd"], as: .candidate)[0])], label: 0, line: 1)
        }
        let whole = try Scorer().score(rows, with: model, generationLimit: 3)
        #expect(whole.generated?.map { (try? model.decode($0)) ?? "" } == ["aaa", "bbb", "ccc"])
        #expect(try Scorer(tokensPerPass: 1).score(rows, with: model, generationLimit: 3) == whole)
        #expect(try Scorer().score(rows, with: model).generated == nil)
    }

    @Test("One answer to everything is noticed")
    func onlyPrediction() throws {
        #expect(try Scorer().score(rows(["a", "a", "a"]), with: ByteModel()).onlyPrediction != nil)
        #expect(try Scorer().score(rows(["a"]), with: ByteModel()).onlyPrediction == nil)
        let texts = (97...122).map { String(repeating: Character(Unicode.Scalar($0)), count: 3) }
        #expect(try Scorer().score(rows(texts), with: ByteModel()).onlyPrediction == nil)
    }

    @Test("A row without candidates is an error with its line")
    func noCandidates() {
        #expect(
            performing: { try Scorer().score(rows(["a"], candidates: []), with: ByteModel()) },
            throws: sentence(containing: "line 5"))
    }
}
