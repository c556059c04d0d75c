import SondeSDK

/// A batch of rows as a causal model computes it: every token once.
///
/// The soft prompt is a root that all texts share; a text is shared by all its candidates; candidates that begin alike
/// share their beginning (a prefix tree). Several runs, each with a prompt of its own, follow one another.
struct CausalBatch {
    /// How the prompt of a batch is computed.
    enum PromptPlan {
        /// There is none.
        case none
        /// Its rows stand once in the batch, for all texts.
        case shared(rows: Int)
        /// Its rows stand before every text, because they differ from text to text.
        case repeated(rows: Int)
        /// Its keys and values are known.
        case cached(KeyValueCache)

        /// How many positions the prompt takes.
        var length: Int {
            switch self {
            case .none: 0
            case .shared(let rows), .repeated(let rows): rows
            case .cached(let cache): cache.count
            }
        }
    }

    /// Who sees whom.
    private(set) var forest = Forest()
    /// What every packed row is.
    private(set) var rows = PackedRows()
    /// Log-probabilities to compute: of tokens after packed rows.
    private(set) var predictions: [ScoredToken] = []
    /// For each run and candidate the indices of its tokens in ``predictions``; empty for one that is not needed.
    private(set) var candidatePredictions: [[[Int]]] = []
    /// For each run where the parts of each row stand in its sequence.
    private(set) var layouts: [[RowLayout]] = []

    /// Lays a batch out.
    /// - Parameters:
    ///   - batch: texts and candidates.
    ///   - prompts: for each run, where its soft prompt comes from.
    ///   - memories: one for each row, gets the keys and values of its text (and of a repeated prompt).
    ///   - candidateLimit: how many tokens of a candidate are scored.
    ///   - needs: whether a candidate (by its index in `batch.candidates`, and its row) is to be scored.
    /// - Throws: ``SondeError`` naming a row that has no token before its answer.
    init(
        _ batch: Rows, prompts: [PromptPlan], memories: [KeyValueCache]? = nil,
        candidateLimit: Int = .max, needs: (_ candidate: Int, _ row: Int) -> Bool
    ) throws {
        for prompt in prompts {
            candidatePredictions.append(Array(repeating: [], count: batch.candidates.count))
            layouts.append([])
            try appendRun(
                of: batch, prompt: prompt, memories: memories, candidateLimit: candidateLimit, needs: needs)
        }
    }

    private mutating func appendRun(
        of batch: Rows, prompt: PromptPlan, memories: [KeyValueCache]?, candidateLimit: Int,
        needs: (_ candidate: Int, _ row: Int) -> Bool
    ) throws {
        var shared: Int?
        if case .shared(let length) = prompt, batch.count > 0 {
            shared = appendPrompt(rows: length, owner: nil)
        }
        for row in 0..<batch.count {
            var parent = shared
            switch prompt {
            case .none, .shared: break
            case .cached(let cache): parent = forest.append(cached: cache)
            case .repeated(let length):
                parent = appendPrompt(rows: length, owner: row, savingTo: memories?[row])
            }
            let text = Array(batch.texts[row])
            if !text.isEmpty {
                parent = append(text, .text, owner: row, under: parent, savingTo: memories?[row])
            }
            guard let parent, let answer = forest.rows(of: parent).last else {
                throw SondeError.invalidData(
                    "Row \(row) has an empty text and no prompt: a first token has nothing before it.")
            }
            rows.answers.append(answer)
            let start = prompt.length
            layouts[layouts.count - 1].append(
                RowLayout(
                    prompt: 0..<start, text: start..<(start + text.count), answer: start + text.count - 1))
            let wanted = batch.candidateRange(of: row).filter { needs($0, row) }
            appendCandidates(
                wanted.map { (candidate: $0, tokens: batch.candidates[$0].prefix(candidateLimit)) },
                after: parent, row: answer,
                owner: row)
        }
    }

    /// Adds the rows of the prompt as a root and returns their segment.
    private mutating func appendPrompt(
        rows count: Int, owner: Int?, savingTo memory: KeyValueCache? = nil
    ) -> Int {
        let segment = forest.append(rows: count, savingTo: memory)
        rows.append(promptRows: 0..<count, owner: owner, from: 0)
        return segment
    }

    /// Adds consecutive tokens and returns their segment.
    private mutating func append(
        _ ids: [Int32], _ part: PackedRows.Part, owner: Int?, under parent: Int?,
        savingTo memory: KeyValueCache? = nil
    ) -> Int {
        let segment = forest.append(rows: ids.count, under: parent, savingTo: memory)
        rows.append(ids, part, owner: owner, from: forest.depth(of: segment))
        return segment
    }

    /// A candidate, or what is left of it below some segment.
    private typealias Continuation = (candidate: Int, tokens: ArraySlice<Int32>)

    /// Adds the prefix tree of some candidates below a segment; `row` is the packed row that predicts their next token.
    private mutating func appendCandidates(
        _ candidates: [Continuation], after parent: Int, row: Int, owner: Int
    ) {
        for branch in Self.branches(of: candidates) {
            var rest = predict(branch, after: row)
            guard !rest.isEmpty, let token = branch.first?.tokens.first else { continue }
            let first = rows.count
            var chain = [token]
            while Self.branches(of: rest).count == 1, let next = rest.first?.tokens.first {
                rest = predict(rest, after: first + chain.count - 1)
                if rest.isEmpty { break }
                chain.append(next)
            }
            let segment = append(chain, .candidate, owner: owner, under: parent)
            appendCandidates(rest, after: segment, row: first + chain.count - 1, owner: owner)
        }
    }

    /// Records that a packed row predicts the next token, which all continuations share; returns what goes on after it.
    private mutating func predict(_ continuations: [Continuation], after row: Int) -> [Continuation] {
        guard let token = continuations.first?.tokens.first else { return [] }
        predictions.append(ScoredToken(row: row, token: token))
        let run = candidatePredictions.count - 1
        for continuation in continuations {
            candidatePredictions[run][continuation.candidate].append(predictions.count - 1)
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
