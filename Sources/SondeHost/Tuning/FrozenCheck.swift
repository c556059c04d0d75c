import SondeSDK

/// Shows that a model is the same after tuning: it says the same about a few texts without a prompt, bit for bit.
struct FrozenCheck {
    private static let rowCount = 8

    private let rows: Rows
    private let scores: [[Double]]

    /// Asks the model before tuning.
    init(_ rows: Rows, model: any Model) throws {
        self.rows = rows.subset(
            (0..<rows.count).lazy.filter { rows.texts.count(of: $0) > 0 }.prefix(Self.rowCount))
        scores = try Scorer().score(self.rows, with: model).candidateScores
    }

    /// Asks again.
    /// - Throws: ``HostError`` if any bit differs.
    func verify(_ model: any Model) throws {
        guard try Scorer().score(rows, with: model).candidateScores == scores else {
            throw HostError.plugin(
                "The model gives other scores after tuning than before, although only a prompt was to be tuned."
            )
        }
    }
}
