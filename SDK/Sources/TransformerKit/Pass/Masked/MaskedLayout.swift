/// Where a masked model's prompt stands and where its answer is read.
public enum MaskedLayout: String, Sendable, CaseIterable {
    /// `<s> PROMPT text </s>`, with one mask in the text and consecutive positions.
    case cloze
    /// `MASK PROMPT[1...] <s> text </s>`: the prompt's first row gives way to the mask's embedding, rows of the prompt have
    /// no position embedding, and positions of the text go on after them. The answer is read at the first row.
    ///
    /// Source: Su et al. 2022, "On Transferability of Prompt Tuning for Natural Language Processing", and its code.
    case leadingMask = "leading-mask"
}
