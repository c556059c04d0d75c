import SondeSDK

extension TuningRecipe {
    /// The pass that gives the loss of rows and its gradient: that of the prompt, or without one that of the weights.
    /// - Parameter dropoutStream: the stream of random numbers for dropout.
    func trainingPass(_ rows: Rows, prompt: (any PreparedPrompt)?, dropoutStream: UInt64) -> Pass {
        pass(rows, prompt: prompt, wantsGradient: true, dropoutStream: dropoutStream)
    }

    /// The pass that gives the loss of rows.
    func evaluationPass(_ rows: Rows, prompt: (any PreparedPrompt)?) -> Pass {
        pass(rows, prompt: prompt, wantsGradient: false, dropoutStream: nil)
    }

    private func pass(
        _ rows: Rows, prompt: (any PreparedPrompt)?, wantsGradient: Bool, dropoutStream: UInt64?
    ) -> Pass {
        let isChoice = loss == .choice
        return Pass(
            rows: rows, prompts: prompt.map { [$0] } ?? [], scoring: isChoice ? .sequence : nil,
            loss: isChoice ? .choice : .language, wantsPromptGradient: wantsGradient && prompt != nil,
            wantsWeightGradient: wantsGradient && prompt == nil, dropoutStream: dropoutStream)
    }
}
