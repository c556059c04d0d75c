import SondeSDK

/// Encodes texts and shortens those that are too long, all of them together.
struct TextShortener {
    /// One text to encode.
    struct Item {
        /// The values of the template's fields.
        let values: [String]
        /// Most tokens that the text may have.
        let limit: Int
        /// Where the text comes from, for messages: `file:line`.
        let place: String
    }

    /// The state of a bisection: how many words must go.
    private struct Search {
        let index: Int
        let cut: WordCut
        /// Every smaller number of words was not enough.
        var low: Int
        /// This many are enough, with these tokens.
        var high: Int
        var tokens: [Int32]

        var isDone: Bool { low == high }
        var middle: Int { (low + high) / 2 }
    }

    let template: Template
    let model: any Model
    let task: String

    /// The tokens of each text, and which texts lost words.
    /// - Throws: ``HostError`` for a text that does not fit with all its fields empty.
    func encode(_ items: [Item]) throws -> (texts: [[Int32]], shortened: [Int]) {
        var texts = try tokens(items.map(\.values))
        let long = items.indices.filter { texts[$0].count > items[$0].limit }
        var searches = try beginSearches(long, in: items)
        while searches.contains(where: { !$0.isDone }) {
            let open = searches.indices.filter { !searches[$0].isDone }
            let tried = try tokens(open.map { searches[$0].cut.texts(removing: searches[$0].middle) })
            for (search, tokens) in zip(open, tried) {
                if tokens.count <= items[searches[search].index].limit {
                    searches[search].high = searches[search].middle
                    searches[search].tokens = tokens
                } else {
                    searches[search].low = searches[search].middle + 1
                }
            }
        }
        for search in searches { texts[search.index] = search.tokens }
        return (texts, long)
    }

    /// Searches that begin with all words gone, which must fit.
    private func beginSearches(_ long: [Int], in items: [Item]) throws -> [Search] {
        let cuts = long.map { WordCut(items[$0].values) }
        let shortest = try tokens(cuts.map { $0.texts(removing: $0.wordCount) })
        return try zip(long, zip(cuts, shortest)).map { index, found in
            let (cut, tokens) = found
            guard tokens.count <= items[index].limit else {
                throw HostError.data(
                    "\(items[index].place): the template of task '\(task)' alone has \(tokens.count) tokens, but beside "
                        + "the prompt and the answer there is room for \(max(0, items[index].limit)); shorten the "
                        + "template or the prompt, or raise 'maximum_tokens'.")
            }
            return Search(
                index: index, cut: cut, low: min(1, cut.wordCount), high: cut.wordCount, tokens: tokens)
        }
    }

    private func tokens(_ values: [[String]]) throws -> [[Int32]] {
        if values.isEmpty { return [] }
        let encoded = try model.encode(values.map(template.text), as: .text)
        return (0..<encoded.count).map { Array(encoded[$0]) }
    }
}
