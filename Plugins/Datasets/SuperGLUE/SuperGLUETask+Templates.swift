import DatasetKit
import SondeSDK

extension SuperGLUETask {
    /// `paper-b`: "Interpreting Prompt-Tuning Across SuperGLUE Tasks" (Dayton, O'Rahilly, Werner).
    ///
    /// The paper gives the words that its soft prompts begin as and neither template nor label words; these are those of
    /// the tutorial on prompt tuning in PEFT's documentation, which it follows: `column : value` and `Label : `, the
    /// answer right after it.
    var templates: [NamedTemplate] { [neutral, paperB] }

    private var neutral: NamedTemplate {
        switch self {
        case .cb:
            NamedTemplate(
                name: "neutral", text: "{premise}\nQuestion: {hypothesis} True, False, or Neither?\nAnswer:",
                candidates: [" True", " False", " Neither"])
        case .rte:
            NamedTemplate(
                name: "neutral", text: "{premise}\nQuestion: {hypothesis} True or False?\nAnswer:",
                candidates: [" True", " False"])
        case .copa:
            NamedTemplate(
                name: "neutral", text: "{premise} What is the {question}?\nAnswer:",
                candidates: [" {choice1}", " {choice2}"])
        case .wsc:
            NamedTemplate(
                name: "neutral",
                text:
                    "{text}\nQuestion: In the passage above, does the pronoun \"{span2_text}\" refer to {span1_text}?\n"
                    + "Answer:",
                candidates: [" No", " Yes"])
        }
    }

    private var paperB: NamedTemplate {
        switch self {
        case .cb:
            NamedTemplate(
                name: "paper-b", text: "premise : {premise} hypothesis : {hypothesis} Label : ",
                candidates: layout.labels.names,
                prompt: "Does the hypothesis entail, contradict or is neutral about the premise?")
        case .rte:
            NamedTemplate(
                name: "paper-b", text: "premise : {premise} hypothesis : {hypothesis} Label : ",
                candidates: layout.labels.names,
                prompt: "Does the hypothesis entail, or not entail the premise?")
        case .copa:
            NamedTemplate(
                name: "paper-b",
                text:
                    "premise : {premise} choice1 : {choice1} choice2 : {choice2} question : {question} Label : ",
                candidates: layout.labels.names,
                prompt: "Pick the correct choice given the premise and the question.")
        case .wsc:
            NamedTemplate(
                name: "paper-b",
                text: "text : {text} span1_text : {span1_text} span2_text : {span2_text} Label : ",
                candidates: layout.labels.names,
                prompt:
                    "Given the following text, decide whether the span1_text is referenced by the pronoun in span2_text"
            )
        }
    }
}
