import SondeSDK

/// How both sets of reviews are worded.
enum SentimentWording {
    /// The names of the labels in the order of their indices.
    static let labels = ["negative", "positive"]

    /// `paper-a`: "On the Relationship between Skill Neurons and Robustness in Prompt Tuning" (Ackermann and Ohmer).
    static func templates(field: String) -> [NamedTemplate] {
        [
            NamedTemplate(
                name: "neutral", text: "{\(field)}\nQuestion: Is this review positive or negative?\nAnswer:",
                candidates: [" negative", " positive"]),
            NamedTemplate(
                name: "paper-a", text: "{\(field)}", candidates: labels, models: ["roberta", "t5"]),
        ]
    }
}
