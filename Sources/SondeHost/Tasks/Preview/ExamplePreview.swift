import SondeSDK

/// One example as a model reads it, position by position.
struct ExamplePreview {
    /// Most tokens of one kind in a row that are shown; of more the middle is left out.
    private static let longestRun = 48

    /// What a piece of the line is.
    private enum Kind {
        case prompt, text, cut, scored, other
    }

    /// A token, or what stands for several.
    private struct Piece {
        let text: String
        let kind: Kind
    }

    let layout: RowLayout
    /// The text's tokens as they are read.
    let kept: [Int32]
    /// The text's tokens before it was shortened.
    let full: [Int32]
    /// Whether the position that is scored is another sequence's, that of a decoder.
    let isScoredElsewhere: Bool
    let model: any Model

    /// The tokens with bars between them, broken into lines of `width` columns.
    func lines(width: Int, paint: Paint) throws -> [String] {
        var lines = [(text: "", columns: 0)]
        for piece in try pieces() {
            let columns = DisplayWidth.columns(of: piece.text) + 1
            if lines[lines.count - 1].columns + columns > width { lines.append(("", 0)) }
            lines[lines.count - 1].text += Self.painted(piece, paint) + paint.faint("|")
            lines[lines.count - 1].columns += columns
        }
        return lines.map(\.text)
    }

    private static func painted(_ piece: Piece, _ paint: Paint) -> String {
        switch piece.kind {
        case .prompt: paint.prompt(piece.text)
        case .text: piece.text
        case .cut: paint.cut(piece.text)
        case .scored: paint.scored(piece.text)
        case .other: paint.faint(piece.text)
        }
    }

    private func pieces() throws -> [Piece] {
        let end = max(layout.prompt.upperBound, layout.text.upperBound)
        var cuts = try cuts()
        var runs: [[Piece]] = []
        func add(_ piece: Piece) {
            if runs.last?.last?.kind != piece.kind { runs.append([]) }
            runs[runs.count - 1].append(piece)
        }
        for position in 0..<end {
            cuts.removeValue(forKey: position - layout.text.lowerBound)?.forEach(add)
            add(try piece(at: position))
        }
        return runs.flatMap(Self.abridged)
    }

    private func piece(at position: Int) throws -> Piece {
        let isScored = !isScoredElsewhere && position == layout.answer
        if layout.text.contains(position) {
            return Piece(
                text: try token(kept[position - layout.text.lowerBound]), kind: isScored ? .scored : .text)
        }
        let kind = layout.prompt.contains(position) ? Kind.prompt : .other
        return Piece(text: kind == .prompt ? "▒" : "·", kind: isScored ? .scored : kind)
    }

    /// The tokens that were cut away, by the index of the kept token before which they stood.
    private func cuts() throws -> [Int: [Piece]] {
        let difference = kept.difference(from: full)
        let inserted = Set(difference.insertions.map(\.offset))
        let removed = Set(difference.removals.map(\.offset))
        var cuts: [Int: [Piece]] = [:]
        var place = 0
        for (offset, id) in full.enumerated() {
            if removed.contains(offset) {
                cuts[place, default: []].append(Piece(text: try token(id), kind: .cut))
                continue
            }
            while inserted.contains(place) { place += 1 }
            place += 1
        }
        return cuts
    }

    private static func abridged(_ run: [Piece]) -> [Piece] {
        guard let kind = run.first?.kind else { return [] }
        if kind == .prompt { return [Piece(text: "prompt × \(run.count)", kind: .prompt)] }
        guard run.count > longestRun else { return run }
        let side = longestRun / 2
        return run.prefix(side) + [Piece(text: "… \(run.count - 2 * side) tokens …", kind: kind)]
            + run.suffix(side)
    }

    private func token(_ id: Int32) throws -> String {
        VisibleText.token(try model.text(ofToken: id) ?? "[\(id)]")
    }
}

extension CollectionDifference.Change {
    /// Its place, in what was before or in what is after.
    fileprivate var offset: Int {
        switch self {
        case .insert(let offset, _, _), .remove(let offset, _, _): offset
        }
    }
}
