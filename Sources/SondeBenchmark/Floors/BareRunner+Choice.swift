extension BareRunner {
    /// A vocabulary of this many tokens is enough to tell which tiles are best.
    private static let tokensOfTrial = 1 << 15
    private static let secondsOfTrial = 0.05

    /// The fastest way to compute a group, by trial.
    func fastestWay(of group: ProductGroup) -> Way {
        switch group {
        case .weight(let product):
            defer { Rest.take() }
            return fastest(
                of: Way.Share.allCases.flatMap { share in
                    [false, true].map { .shared(share, isFlipped: $0) }
                }, for: .weight(product))
        case .heads(let count, let products):
            return .small(
                isFlipped: products.map { product in
                    let alone = ProductGroup.heads(count: count, [product])
                    let (straight, flipped) = (Way.small(isFlipped: [false]), Way.small(isFlipped: [true]))
                    return fastest(of: [straight, flipped], for: alone) == flipped
                })
        case .vocabulary(var logits, let hasWayBack):
            logits.columns = min(logits.columns, Self.tokensOfTrial)
            return fastest(
                of: Way.tileSizes.flatMap { size in
                    [false, true].flatMap { isFlipped in
                        (hasWayBack ? [false, true] : [false]).map {
                            .tiles(of: size, isFlipped: isFlipped, isWayBackFlipped: $0)
                        }
                    }
                }, for: .vocabulary(logits: logits, hasWayBack: hasWayBack))
        }
    }

    /// The way with the shortest of its trials.
    private func fastest(of ways: [Way], for group: ProductGroup) -> Way {
        let trials = ways.map { (way: $0, seconds: shortestTrial(of: group, by: $0)) }
        guard let best = trials.min(by: { $0.seconds < $1.seconds }) else {
            preconditionFailure("no way to compute \(group)")
        }
        return best.way
    }

    /// Three trials, or one where that is long enough to be exact.
    private func shortestTrial(of group: ProductGroup, by way: Way) -> Double {
        var shortest = Double.infinity
        for _ in 0..<3 {
            let seconds = Elapsed.of { compute(group, by: way) }.wall
            shortest = min(shortest, seconds)
            if seconds > Self.secondsOfTrial { break }
        }
        return shortest
    }
}
