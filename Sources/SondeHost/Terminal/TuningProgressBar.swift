import Foundation

/// Shows what a tuner does: a bar with loss, speed and time left on a terminal, a line for each evaluation elsewhere.
public final class TuningProgressBar {
    private static let secondsBetweenDrawings = 0.1

    private let title: String
    private let style: OutputStyle
    private let write: (String) -> Void
    private var lastDrawing: ContinuousClock.Instant?
    private var evaluationLoss: Double?

    /// A bar; `write` receives text that is to be written at once.
    public init(title: String, style: OutputStyle, write: @escaping (String) -> Void) {
        self.title = title
        self.style = style
        self.write = write
    }

    /// Shows an event.
    public func show(_ event: TuningEvent) {
        switch event {
        case .resumed(let step): writeLine("\(title): goes on after step \(step)")
        case .step(let step): draw(step)
        case .evaluation(let evaluation):
            evaluationLoss = evaluation.evaluationLoss
            if style == .plain { writeLine("\(title): \(Self.sentence(evaluation))") }
        }
    }

    /// Removes the bar, so that other text can follow.
    public func finish() {
        if case .terminal = style { write("\r\u{1B}[K") }
    }

    private func draw(_ step: TuningStep) {
        guard case .terminal(let columns, let isColoured) = style else { return }
        let now = ContinuousClock.now
        let isDue = lastDrawing.map { now - $0 >= .seconds(Self.secondsBetweenDrawings) } ?? true
        guard isDue || step.step == step.totalSteps else { return }
        lastDrawing = now
        write("\r" + line(step, columns: columns, isColoured: isColoured) + "\u{1B}[K")
    }

    /// One line that fits: the bar takes what the words leave, and gives way where that is too little.
    private func line(_ step: TuningStep, columns: Int, isColoured: Bool) -> String {
        let evaluation = evaluationLoss.map { "  evaluation \($0.rounded(to: 3))" } ?? ""
        let words =
            "  step \(step.step)/\(step.totalSteps)  loss \(step.loss.rounded(to: 3))\(evaluation)"
            + "  \(Int(step.tokensPerSecond)) tokens/s  \(Self.time(step.secondsLeft)) left"
        let room = columns - 1 - title.count - 2 - words.count
        guard room >= 8 else { return String((title + words).prefix(columns - 1)) }
        let filled = room * step.step / max(1, step.totalSteps)
        let bar = String(repeating: "━", count: filled)
        let rest = String(repeating: "─", count: room - filled)
        return title + "  " + (isColoured ? "\u{1B}[32m\(bar)\u{1B}[2m\(rest)\u{1B}[0m" : bar + rest) + words
    }

    private func writeLine(_ line: String) {
        if case .terminal = style { write("\r\u{1B}[K") }
        write(line + "\n")
    }

    private static func sentence(_ evaluation: TuningEvaluation) -> String {
        let loss = evaluation.evaluationLoss.map {
            ", evaluation loss \($0.rounded(to: 4))" + (evaluation.isBest ? " (best so far)" : "")
        }
        return "epoch \(evaluation.epoch), step \(evaluation.step): training loss "
            + "\(evaluation.trainingLoss.rounded(to: 4))\(loss ?? ""), \(Int(evaluation.tokensPerSecond)) tokens/s"
    }

    /// `0:42`, `12:05` or `3:07:00`.
    private static func time(_ seconds: Double) -> String {
        guard seconds.isFinite, seconds < 1e6 else { return "?" }
        let whole = Int(seconds.rounded(.up))
        let (hours, minutes, rest) = (whole / 3600, whole / 60 % 60, whole % 60)
        return hours > 0
            ? String(format: "%d:%02d:%02d", hours, minutes, rest) : String(format: "%d:%02d", minutes, rest)
    }
}

extension Double {
    /// The number with this many digits after the point.
    fileprivate func rounded(to digits: Int) -> String { String(format: "%.\(digits)f", self) }
}
