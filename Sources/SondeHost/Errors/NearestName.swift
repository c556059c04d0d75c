/// Finds the name that was probably meant.
public enum NearestName {
    /// The known name nearest to `name`, or `nil` if none is near enough to be a slip of the hand.
    ///
    /// Near enough is an edit distance of at most a third of the name's length, and 1 for short names. Letter case
    /// does not count. Of equally near names the first wins.
    public static func suggestion(for name: String, among known: some Sequence<String>) -> String? {
        let written = Array(name.lowercased())
        let limit = max(1, written.count / 3)
        let nearest = known.map { (name: $0, distance: distance(written, Array($0.lowercased()))) }
            .min { $0.distance < $1.distance }
        return nearest.flatMap { $0.distance <= limit ? $0.name : nil }
    }

    /// The end of a sentence that proposes the nearest name: `; did you mean 'accuracy'?`, or nothing.
    public static func hint(for name: String, among known: some Sequence<String>) -> String {
        suggestion(for: name, among: known).map { "; did you mean '\($0)'?" } ?? ""
    }

    /// The end of a sentence with its mark: `; did you mean 'accuracy'?`, or a full stop.
    public static func sentenceEnd(for name: String, among known: some Sequence<String>) -> String {
        let hint = hint(for: name, among: known)
        return hint.isEmpty ? "." : hint
    }

    /// Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours.
    ///
    /// F. J. Damerau, "A technique for computer detection and correction of spelling errors", 1964,
    /// doi:10.1145/363958.363994.
    private static func distance(_ left: [Character], _ right: [Character]) -> Int {
        var beforePrevious: [Int] = []
        var previous = Array(0...right.count)
        for (row, letter) in left.enumerated() {
            var current = [row + 1]
            for (column, other) in right.enumerated() {
                let substitution = previous[column] + (letter == other ? 0 : 1)
                var best = min(substitution, previous[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, letter == right[column - 1], left[row - 1] == other {
                    best = min(best, beforePrevious[column - 1] + 1)
                }
                current.append(best)
            }
            (beforePrevious, previous) = (previous, current)
        }
        return previous[right.count]
    }
}
