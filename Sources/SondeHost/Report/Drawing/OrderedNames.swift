extension Array where Element: Hashable {
    /// The elements in order of first appearance, each once.
    func withoutRepetitions() -> [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }

    /// Where each element first stands.
    func indexByElement() -> [Element: Int] {
        Dictionary(enumerated().map { ($1, $0) }) { first, _ in first }
    }
}
