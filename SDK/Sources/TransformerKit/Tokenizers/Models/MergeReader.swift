import SondeJSON

/// Reads merges in the order of their ranks.
struct MergeReader {
    /// What became of an entry.
    enum Outcome {
        case taken
        /// The entry is not two pieces.
        case malformed
        /// The vocabulary lacks one of the pieces, or what they become.
        case unknownPiece
    }

    private(set) var table = PairTable(filler: BytePairModel.Merge(rank: 0, id: 0))
    private let vocabulary: PieceTable
    private var rank: UInt32 = 0
    /// The token that the next merge makes, if the vocabulary was written in the order of the merges.
    private var expected: Int32 = 0

    init(_ vocabulary: PieceTable) { self.vocabulary = vocabulary }

    /// Takes an entry: two pieces as one string with a space between them, or as an array.
    ///
    /// The line with which files of merges begin is none.
    mutating func read(_ entry: borrowing JSONNode) -> Outcome {
        guard entry.count == 2 else { return entry.withUTF8 { read(line: $0) } ?? .malformed }
        let left = entry.element(0)
        let right = entry.element(1)
        let outcome = left.withUTF8 { left in right.withUTF8 { read(left, $0) } }
        return (outcome ?? nil) ?? .malformed
    }

    /// Takes a line of a file of merges.
    mutating func read(line: Span<UInt8>) -> Outcome {
        if line.count > 0, line[0] == UInt8(ascii: "#"), String(utf8: line).hasPrefix("#version") {
            return .taken
        }
        let space = UInt8(ascii: " ")
        guard let middle = line.indices.first(where: { line[$0] == space }),
            line.indices.last(where: { line[$0] == space }) == middle
        else { return .malformed }
        return read(line.extracting(..<middle), line.extracting((middle + 1)...))
    }

    private mutating func read(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Outcome {
        let whole =
            vocabulary.spells(expected, left, right) ? expected : vocabulary.id(of: left, followedBy: right)
        guard let whole, let leftID = vocabulary.id(of: left), let rightID = vocabulary.id(of: right) else {
            return .unknownPiece
        }
        table.set(leftID, rightID, to: BytePairModel.Merge(rank: rank, id: whole))
        rank += 1
        expected = whole + 1
        return .taken
    }
}
