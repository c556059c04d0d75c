import SondeSDK

/// A batch of rows as a causal model computes it: every token once.
///
/// The soft prompt is a root that all texts share; a text is shared by all its candidates; candidates that begin alike
/// share their beginning (a prefix tree). What can be seen from a token is the chain of segments above it and the tokens
/// before it in its own.
struct CausalBatch {
    /// A run of consecutive packed rows; its tokens see its ancestors' tokens.
    struct Segment: Hashable {
        /// The first packed row.
        var first: Int
        /// How many packed rows it has.
        var count: Int
        /// Index of the segment above it.
        var parent: Int?
        /// Position of its first token in a sequence.
        var depth: Int
    }

    /// What a packed row is a part of.
    enum Part: Hashable {
        case prompt
        case text
        case candidate
    }

    /// A log-probability that is needed: of a token after a packed row.
    struct Prediction: Hashable {
        /// The packed row whose logits are meant.
        var row: Int
        /// The token that follows.
        var token: Int32
    }

    /// Segments, each after its parent.
    private(set) var segments: [Segment] = []
    /// The token of each packed row; -1 for rows of the prompt.
    private(set) var tokens: [Int32] = []
    /// What each packed row is a part of.
    private(set) var parts: [Part] = []
    /// Position of each packed row in its sequence.
    private(set) var positions: [UInt32] = []
    /// The row of the pass that each packed row belongs to; `UInt32.max` where all share it.
    private(set) var owners: [UInt32] = []
    /// The packed row of each row's answer: the one whose logits score a candidate's first token.
    private(set) var answers: [Int] = []
    /// Log-probabilities to compute, without repetition within a row.
    private(set) var predictions: [Prediction] = []
    /// For each candidate the indices of its tokens in ``predictions``; empty for one that is not needed.
    private(set) var candidatePredictions: [[Int]] = []
    /// Where the parts of each row stand in its sequence.
    private(set) var layouts: [RowLayout] = []

    /// Lays a batch out.
    /// - Parameters:
    ///   - promptRows: rows of the soft prompt; 0 for none.
    ///   - sharesPrompt: whether the prompt's activations are the same for all rows (no dropout, no noise there).
    ///   - needs: whether a candidate (by its index in `rows.candidates`, and its row) is to be scored.
    /// - Throws: ``SondeError`` naming a row that has no token before its answer.
    init(_ rows: Rows, promptRows: Int, sharesPrompt: Bool, needs: (_ candidate: Int, _ row: Int) -> Bool)
        throws
    {
        candidatePredictions = Array(repeating: [], count: rows.candidates.count)
        var shared: Int?
        if promptRows > 0, sharesPrompt, rows.count > 0 {
            shared = appendSegment(Array(repeating: -1, count: promptRows), .prompt, owner: .max, parent: nil)
        }
        for row in 0..<rows.count {
            var parent = shared
            if promptRows > 0, !sharesPrompt {
                parent = appendSegment(
                    Array(repeating: -1, count: promptRows), .prompt, owner: UInt32(row), parent: nil)
            }
            let text = Array(rows.texts[row])
            if !text.isEmpty { parent = appendSegment(text, .text, owner: UInt32(row), parent: parent) }
            guard let parent else {
                throw SondeError.invalidData(
                    "Row \(row) has an empty text and no prompt: a first token has nothing before it.")
            }
            let answer = segments[parent].first + segments[parent].count - 1
            answers.append(answer)
            layouts.append(
                RowLayout(
                    prompt: 0..<promptRows, text: promptRows..<(promptRows + text.count),
                    answer: promptRows + text.count - 1))
            let wanted = rows.candidateRange(of: row).filter { needs($0, row) }
            appendCandidates(
                wanted.map { (candidate: $0, tokens: rows.candidates[$0]) }, after: parent, row: answer,
                owner: UInt32(row))
        }
    }

    /// Packed rows of the prompt, in the order of the prompt's rows, once for every copy of it.
    var promptRows: [Int] { parts.indices.filter { parts[$0] == .prompt } }

    /// Adds consecutive tokens and returns the index of their segment.
    private mutating func appendSegment(_ ids: [Int32], _ part: Part, owner: UInt32, parent: Int?) -> Int {
        let depth = parent.map { segments[$0].depth + segments[$0].count } ?? 0
        segments.append(Segment(first: tokens.count, count: ids.count, parent: parent, depth: depth))
        tokens.append(contentsOf: ids)
        parts.append(contentsOf: repeatElement(part, count: ids.count))
        positions.append(contentsOf: (0..<ids.count).map { UInt32(depth + $0) })
        owners.append(contentsOf: repeatElement(owner, count: ids.count))
        return segments.count - 1
    }

    /// A candidate, or what is left of it below some segment.
    private typealias Continuation = (candidate: Int, tokens: ArraySlice<Int32>)

    /// Adds the prefix tree of some candidates below a segment; `row` is the packed row that predicts their next token.
    private mutating func appendCandidates(
        _ candidates: [Continuation], after parent: Int, row: Int, owner: UInt32
    ) {
        for branch in Self.branches(of: candidates) {
            var rest = predict(branch, after: row)
            guard !rest.isEmpty, let token = branch.first?.tokens.first else { continue }
            let first = tokens.count
            var chain = [token]
            while Self.branches(of: rest).count == 1, let next = rest.first?.tokens.first {
                rest = predict(rest, after: first + chain.count - 1)
                if rest.isEmpty { break }
                chain.append(next)
            }
            let segment = appendSegment(chain, .candidate, owner: owner, parent: parent)
            appendCandidates(rest, after: segment, row: first + chain.count - 1, owner: owner)
        }
    }

    /// Records that a packed row predicts the next token, which all continuations share; returns what goes on after it.
    private mutating func predict(_ continuations: [Continuation], after row: Int) -> [Continuation] {
        guard let token = continuations.first?.tokens.first else { return [] }
        predictions.append(Prediction(row: row, token: token))
        for continuation in continuations {
            candidatePredictions[continuation.candidate].append(predictions.count - 1)
        }
        return continuations.map { ($0.candidate, $0.tokens.dropFirst()) }.filter { !$0.tokens.isEmpty }
    }

    /// The continuations by their first token, in the order of appearance; finished ones are left out.
    private static func branches(of continuations: [Continuation]) -> [[Continuation]] {
        var branches: [[Continuation]] = []
        for continuation in continuations {
            guard let token = continuation.tokens.first else { continue }
            if let branch = branches.firstIndex(where: { $0.first?.tokens.first == token }) {
                branches[branch].append(continuation)
            } else {
                branches.append([continuation])
            }
        }
        return branches
    }
}
