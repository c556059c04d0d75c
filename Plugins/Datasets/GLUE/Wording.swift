import SondeSDK

/// How tasks of GLUE are worded, here and for their adversarial variants.
///
/// `paper-a`: "On the Relationship between Skill Neurons and Robustness in Prompt Tuning" (Ackermann and Ohmer), which
/// uses the words and separators of Y. Su et al., "On Transferability of Prompt Tuning for Natural Language Processing",
/// 2022, doi:10.18653/v1/2022.naacl-main.290. MNLI and RTE are not among its tasks. It scored the first token of each
/// word only.
enum Wording {
    static let sentiment = [
        neutral("{sentence}\nQuestion: Is this review positive or negative?", " negative", " positive"),
        paperA("roberta", "{sentence}", "negative", "positive"),
        paperA("t5", "{sentence}", "negative", "positive"),
    ]

    static let paraphrase = [
        neutral(
            "{sentence1}\n{sentence2}\nQuestion: Do both sentences mean the same thing?", " no", " yes"),
        paperA("roberta", "{sentence1}</s>{sentence2}", "false", "true"),
        paperA("t5", "{sentence1}<extra_id_0>{sentence2}", "false", "true"),
    ]

    static let questionPair = [
        neutral("{question1}\n{question2}\nQuestion: Do both questions ask the same?", " no", " yes"),
        paperA("roberta", "{question1}</s>{question2}", "false", "true"),
        paperA("t5", "{question1}<extra_id_0>{question2}", "false", "true"),
    ]

    static let answerable = [
        neutral("{sentence}\nQuestion: Does this answer the question \"{question}\"?", " yes", " no"),
        paperA("roberta", "{question}</s>{sentence}", "yes", "no"),
        paperA(
            "t5", "hypothesis: {question} [SEP] sentence: premise: {sentence}", "entailment",
            "contradiction"),
    ]

    static let entailment = [
        neutral("{sentence1}\nQuestion: {sentence2} True or False?", " True", " False")
    ]

    static let inference = [
        neutral(
            "{premise}\nQuestion: {hypothesis} True, False, or Neither?", " True", " Neither", " False")
    ]

    private static func neutral(_ question: String, _ candidates: String...) -> NamedTemplate {
        NamedTemplate(name: "neutral", text: question + "\nAnswer:", candidates: candidates)
    }

    private static func paperA(_ model: String, _ text: String, _ candidates: String...) -> NamedTemplate {
        NamedTemplate(name: "paper-a", text: text, candidates: candidates, models: [model])
    }
}
