/// A regular expression as steps that a ``RegularExpressionMatcher`` takes.
struct RegularExpressionProgram {
    /// A step; sets are named by their index.
    enum Step {
        /// Takes one character of a set.
        case take(Int)
        /// Takes as many characters of a set as it can, fewer where that fails unless it is possessive.
        case takeRun(Int, minimum: Int, maximum: Int, isPossessive: Bool)
        /// Goes on at the first step, and where that fails at the second.
        case fork(Int, Int)
        case jump(Int)
        /// Goes on at `next` if the steps behind this one match ahead of the place, or behind it; or do not.
        case look(next: Int, isAhead: Bool, isNegative: Bool)
        /// Goes on at `next` after the first way in which the steps behind this one match.
        case atomic(next: Int)
        case check(RegularExpressionNode.Anchor)
        case accept
    }

    private(set) var steps: [Step] = []
    private(set) var sets: [ScalarSet] = []

    /// Intervals are written out, so that `(a{1000}){1000}` would need a million steps.
    private static let largestStepCount = 20_000

    /// The steps of an expression.
    init(_ node: RegularExpressionNode) throws(RegularExpressionParser.Failure) {
        try append(node)
        steps.append(.accept)
    }

    /// The steps for one character.
    init(_ character: Unicode.Scalar) {
        sets = [ScalarSet(.scalar(character))]
        steps = [.take(0), .accept]
    }

    private mutating func append(_ node: RegularExpressionNode) throws(RegularExpressionParser.Failure) {
        guard steps.count < Self.largestStepCount else {
            throw RegularExpressionParser.Failure(words: "an expression that is too long")
        }
        switch node {
        case .set(let set): steps.append(.take(index(of: set)))
        case .sequence(let parts): for part in parts { try append(part) }
        case .alternatives(let choices): try append(choices: choices)
        case .repetition(.set(let set), let minimum, let maximum, let preference) where preference != .lazy:
            steps.append(
                .takeRun(
                    index(of: set), minimum: minimum, maximum: maximum ?? .max,
                    isPossessive: preference == .possessive))
        case .repetition(let part, let minimum, let maximum, .possessive):
            try append(.atomic(.repetition(part, minimum: minimum, maximum: maximum, .greedy)))
        case .repetition(let part, let minimum, let maximum, let preference):
            for _ in 0..<minimum { try append(part) }
            try append(optional: part, times: maximum.map { $0 - minimum }, isGreedy: preference == .greedy)
        case .look(let part, let isAhead, let isNegative):
            try append(part) { .look(next: $0, isAhead: isAhead, isNegative: isNegative) }
        case .atomic(let part): try append(part) { .atomic(next: $0) }
        case .anchor(let anchor): steps.append(.check(anchor))
        }
    }

    private mutating func append(choices: [RegularExpressionNode]) throws(RegularExpressionParser.Failure) {
        var ends: [Int] = []
        for choice in choices.dropLast() {
            let fork = reserve()
            try append(choice)
            ends.append(reserve())
            steps[fork] = .fork(fork + 1, steps.count)
        }
        if let last = choices.last { try append(last) }
        for end in ends { steps[end] = .jump(steps.count) }
    }

    private mutating func append(
        optional part: RegularExpressionNode, times: Int?, isGreedy: Bool
    ) throws(RegularExpressionParser.Failure) {
        var forks: [Int] = []
        for _ in 0..<(times ?? 1) {
            forks.append(reserve())
            try append(part)
        }
        if times == nil { steps.append(.jump(forks[0])) }
        for fork in forks {
            steps[fork] = isGreedy ? .fork(fork + 1, steps.count) : .fork(steps.count, fork + 1)
        }
    }

    /// Appends a part that matches on its own, behind the step that says so.
    private mutating func append(
        _ part: RegularExpressionNode, behind step: (Int) -> Step
    ) throws(RegularExpressionParser.Failure) {
        let head = reserve()
        try append(part)
        steps.append(.accept)
        steps[head] = step(steps.count)
    }

    private mutating func reserve() -> Int {
        steps.append(.accept)
        return steps.count - 1
    }

    private mutating func index(of set: ScalarSet) -> Int {
        sets.append(set)
        return sets.count - 1
    }
}
