/// Takes the steps of a regular expression over a text, and goes back to other choices where they fail.
struct RegularExpressionMatcher {
    /// Where to go on if what was chosen fails.
    private struct Choice {
        let step: Int
        var place: Int
        /// The place down to which a run may give back characters one by one.
        let lowest: Int
    }

    private let program: RegularExpressionProgram
    private let text: ArraySlice<UInt8>
    private var choices: [Choice] = []

    init(_ program: RegularExpressionProgram, on text: ArraySlice<UInt8>) {
        self.program = program
        self.text = text
    }

    /// The end of the match that begins at a place.
    ///
    /// - Parameter target: where it has to end, if that matters.
    mutating func end(from start: Int, step firstStep: Int = 0, target: Int? = nil) -> Int? {
        let depth = choices.count
        defer { choices.removeLast(choices.count - depth) }
        var (step, place) = (firstStep, start)
        while true {
            let next: (step: Int, place: Int)?
            switch program.steps[step] {
            case .accept where target == nil || place == target: return place
            case .accept: next = nil
            case .jump(let other): next = (other, place)
            case .fork(let first, let second):
                choices.append(Choice(step: second, place: place, lowest: place))
                next = (first, place)
            case .take(let set): next = scalar(of: set, at: place).map { (step + 1, $0) }
            case .takeRun(let set, let minimum, let maximum, let isPossessive):
                next = run(of: set, at: place, minimum, maximum).map { lowest, end in
                    if !isPossessive, lowest < end {
                        choices.append(Choice(step: step + 1, place: self.place(before: end), lowest: lowest))
                    }
                    return (step + 1, end)
                }
            case .look(let other, let isAhead, let isNegative):
                let isFound =
                    isAhead ? end(from: place, step: step + 1) != nil : isFound(behind: place, step: step + 1)
                next = isFound != isNegative ? (other, place) : nil
            case .atomic(let other): next = end(from: place, step: step + 1).map { (other, $0) }
            case .check(let anchor): next = holds(anchor, at: place) ? (step + 1, place) : nil
            }
            guard let reached = next ?? otherChoice(above: depth) else { return nil }
            (step, place) = reached
        }
    }

    /// The choice made last that is still open.
    private mutating func otherChoice(above depth: Int) -> (step: Int, place: Int)? {
        guard choices.count > depth, var choice = choices.popLast() else { return nil }
        let place = choice.place
        if place > choice.lowest {
            choice.place = self.place(before: place)
            choices.append(choice)
        }
        return (choice.step, place)
    }

    private func place(before place: Int) -> Int { text.placeOfScalar(before: place) ?? place }

    private func scalar(of set: Int, at place: Int) -> Int? {
        guard let next = text.scalar(at: place), program.sets[set].contains(next.scalar) else { return nil }
        return next.end
    }

    /// The longest run of a set's characters, and the place after the fewest that suffice.
    private func run(of set: Int, at start: Int, _ minimum: Int, _ maximum: Int) -> (lowest: Int, end: Int)? {
        var (lowest, end, count) = (start, start, 0)
        while count < maximum, let next = scalar(of: set, at: end) {
            end = next
            count += 1
            if count == minimum { lowest = end }
        }
        return count < minimum ? nil : (lowest, end)
    }

    private mutating func isFound(behind place: Int, step: Int) -> Bool {
        var start = place
        while true {
            if end(from: start, step: step, target: place) != nil { return true }
            guard let before = text.placeOfScalar(before: start) else { return false }
            start = before
        }
    }

    private func holds(_ anchor: RegularExpressionNode.Anchor, at place: Int) -> Bool {
        let lineFeed = UInt8(ascii: "\n")
        let (isAtStart, isAtEnd) = (place == text.startIndex, place == text.endIndex)
        return switch anchor {
        case .textStart: isAtStart
        case .textEnd: isAtEnd
        case .lineStart: isAtStart || text[place - 1] == lineFeed && !isAtEnd
        case .lineEnd: isAtEnd || text[place] == lineFeed
        case .lastLineEnd: isAtEnd || text[place] == lineFeed && place + 1 == text.endIndex
        case .wordBoundary: isInWord(before: place) != isInWord(at: place)
        case .noWordBoundary: isInWord(before: place) == isInWord(at: place)
        }
    }

    private func isInWord(before place: Int) -> Bool {
        text.placeOfScalar(before: place).map { isInWord(at: $0) } ?? false
    }

    private func isInWord(at place: Int) -> Bool {
        text.scalar(at: place).map { ScalarProperty.wordOrNumber.holds(for: $0.scalar) } ?? false
    }
}
