/// Cuts a text into the words that are encoded on their own.
struct PreTokenizer {
    /// One step; the steps run one after the other over all pieces.
    enum Step {
        /// Cuts every piece by a pattern.
        case split(SplitPattern)
        /// Puts a space in front of every piece that begins with none.
        case prefixSpace
    }

    let steps: [Step]

    /// The words of a text.
    func words(of text: Span<UInt8>) -> Pieces {
        var pieces = Pieces(text)
        for step in steps {
            switch step {
            case .split(let pattern): pieces.split(by: pattern)
            case .prefixSpace: pieces.prefixSpaces()
            }
        }
        return pieces
    }
}

/// Consecutive pieces that make up a text.
struct Pieces {
    private(set) var bytes: [UInt8] = []
    private(set) var ends: [Int] = []

    init(_ text: Span<UInt8>) {
        guard !text.isEmpty else { return }
        bytes.reserveCapacity(text.count)
        for index in text.indices { bytes.append(text[index]) }
        ends.append(bytes.count)
    }

    mutating func split(by pattern: SplitPattern) {
        var cuts: [Int] = []
        var start = 0
        for end in ends {
            while start < end {
                start = pattern.endOfPiece(in: bytes.span, from: start, to: end)
                cuts.append(start)
            }
        }
        ends = cuts
    }

    mutating func prefixSpaces() {
        var prefixed: [UInt8] = []
        var start = 0
        for index in ends.indices {
            if bytes[start] != UInt8(ascii: " ") { prefixed.append(UInt8(ascii: " ")) }
            prefixed.append(contentsOf: bytes[start..<ends[index]])
            start = ends[index]
            ends[index] = prefixed.count
        }
        bytes = prefixed
    }
}
