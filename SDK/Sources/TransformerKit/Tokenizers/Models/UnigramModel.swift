/// A unigram language model: of all ways to cut a text into pieces the most probable.
///
/// Kudo, "Subword Regularization", https://doi.org/10.18653/v1/P18-1007. A text is cut by the algorithm of Viterbi; of
/// two ways with the same score the one whose last piece begins first.
struct UnigramModel {
    /// A place in the text as the best way to it knows it.
    private struct Arrival {
        var score = 0.0
        /// Where the last piece begins; nil before there is a way.
        var start: Int?
        var id: Int32 = 0
    }

    /// The pieces.
    let vocabulary: PieceTable
    private let trie: PieceTrie
    /// The logarithm of the probability of every piece.
    private let scores: [Double]
    private let unknown: Int32
    private let unknownScore: Double

    /// How much less probable than any piece a character is that is none.
    private static let unknownPenalty = 10.0

    /// A model of pieces with their scores, by id; of equal pieces the last counts.
    init(_ pieces: [(text: [UInt8], score: Double)], unknown: Int32) {
        var vocabulary = PieceTable()
        var trie = PieceTrie()
        for (id, piece) in pieces.enumerated() {
            _ = vocabulary.insert(piece.text.span, id: Int32(id))
            trie.insert(piece.text, id: Int32(id))
        }
        self.vocabulary = vocabulary
        self.trie = trie
        self.unknown = unknown
        scores = pieces.map(\.score)
        unknownScore = (scores.min() ?? 0) - Self.unknownPenalty
    }

    /// Appends the tokens of one part of a text; neighbouring unknown characters become one.
    func encode(_ part: ArraySlice<UInt8>, into ids: inout [Int32]) {
        let arrivals = arrivals(in: part)
        var found: [Int32] = []
        var end = part.endIndex
        while end > part.startIndex {
            var arrival = arrivals[end - part.startIndex]
            var start = arrival.start ?? part.startIndex
            if arrival.id == unknown {
                let last = end
                while start > part.startIndex {
                    arrival = arrivals[start - part.startIndex]
                    guard arrival.id == unknown else { break }
                    start = arrival.start ?? part.startIndex
                }
                // Together they may spell a piece, though an improbable one.
                found.append(vocabulary.id(of: part[start..<last]) ?? unknown)
            } else {
                found.append(arrival.id)
            }
            end = start
        }
        ids += found.reversed()
    }

    /// The best ways to all places.
    private func arrivals(in part: ArraySlice<UInt8>) -> [Arrival] {
        var arrivals = [Arrival](repeating: Arrival(), count: part.count + 1)
        func offer(_ id: Int32, from start: Int, to end: Int, _ score: Double) {
            let place = end - part.startIndex
            guard arrivals[place].start == nil || score > arrivals[place].score else { return }
            arrivals[place] = Arrival(score: score, start: start, id: id)
        }
        var start = part.startIndex
        while let next = part.scalar(at: start) {
            let score = arrivals[start - part.startIndex].score
            var isCharacterAPiece = false
            trie.forEachPiece(at: start, in: part) { id, end in
                offer(id, from: start, to: end, score + scores[Int(id)])
                if end == next.end { isCharacterAPiece = true }
            }
            if !isCharacterAPiece { offer(unknown, from: start, to: next.end, score + unknownScore) }
            start = next.end
        }
        return arrivals
    }
}
