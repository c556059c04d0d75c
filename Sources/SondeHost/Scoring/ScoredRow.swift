import SondeJSON
public import SondeSDK

/// What was found out about one row.
public struct ScoredRow: Sendable {
    /// The row's id.
    public internal(set) var id: String
    /// Each candidate's log-probability, summed over its tokens, from the softmax over the whole vocabulary.
    public internal(set) var logProbabilities: [Double]
    /// The index of the highest; of equals the first.
    public internal(set) var prediction: Int
    /// The loss, where it was asked for.
    public internal(set) var loss: Double?
    /// How the model continues the text, where it was asked for.
    public internal(set) var generated: String?
    /// What the row says should be said, where text was asked for and the row has a label.
    public internal(set) var expected: String?
    /// What each edit did, by the edit as it was written.
    public internal(set) var receipts: [(edit: String, receipt: EditReceipt)] = []

    /// One line of JSON: `id`, `logprobs`, `prediction`, and where asked for `loss`, `generated` (with
    /// `expected`, where it is known) and `receipts`.
    public var jsonLine: String {
        var object: JSONObject = [
            "id": .string(id), "logprobs": .array(logProbabilities.map { .number($0) }),
            "prediction": .integer(Int64(prediction)),
        ]
        object["loss"] = loss.map { .number($0) }
        object["generated"] = generated.map { .string($0) }
        object["expected"] = expected.map { .string($0) }
        if !receipts.isEmpty {
            object["receipts"] = .array(
                receipts.map { edit, receipt in
                    [
                        "edit": .string(edit), "visited": .integer(Int64(receipt.visited)),
                        "changed": .integer(Int64(receipt.changed)),
                        "absolute_change": .number(receipt.absoluteChange),
                    ]
                })
        }
        return JSONValue.object(object).text()
    }
}
