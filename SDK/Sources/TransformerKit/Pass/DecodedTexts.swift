import SondeSDK

/// What greedy decoding has said so far.
struct DecodedTexts {
    /// The new tokens of each row, without the stop token.
    private(set) var texts: [[Int32]]
    private var unfinished: [Int]
    private let stops: [Int32]
    private let limit: Int

    /// Nothing said yet.
    /// - Parameter end: The model's end token, which stops a row where the request names no others.
    init(count: Int, _ generation: Pass.Generation, end: Int?) {
        texts = Array(repeating: [], count: count)
        unfinished = Array(0..<count)
        stops = generation.stopIDs ?? end.map { [Int32($0)] } ?? []
        limit = generation.limit
    }

    /// Adds the next token of each unfinished row; returns the rows that go on.
    mutating func append(_ tokens: [Int32]) -> [Int] {
        for (row, token) in zip(unfinished, tokens) where !stops.contains(token) { texts[row].append(token) }
        unfinished = zip(unfinished, tokens).filter { row, token in
            !stops.contains(token) && texts[row].count < limit
        }.map(\.0)
        return unfinished
    }
}
