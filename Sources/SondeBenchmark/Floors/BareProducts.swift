import SondeHost

/// Matrix products and nothing else: what a pass would take if all the rest were free.
///
/// Each group is computed in the fastest of its ``Way``s, which is found out once, when this is made. Weights are taken
/// one after another from a memory as large as the model's or larger than caches; activations and results are used again.
final class BareProducts: Floor {
    /// A group and how it is computed.
    private struct Choice {
        let group: ProductGroup
        let way: Way
    }

    private let choices: [Choice]
    private let runner: BareRunner

    /// Finds the fastest ways to compute these groups.
    init(_ groups: [ProductGroup], on runtime: HostRuntime) {
        let runner = BareRunner(groups, on: runtime)
        var known: [ProductGroup: Way] = [:]
        choices = groups.map { group in
            if let way = known[group] { return Choice(group: group, way: way) }
            let way = runner.fastestWay(of: group)
            known[group] = way
            return Choice(group: group, way: way)
        }
        self.runner = runner
    }

    let name = "bare products"

    var parts: [String] {
        var seen: Set<ProductGroup> = []
        return choices.filter { seen.insert($0.group).inserted }.map { "\($0.group): \($0.way)" }
    }

    /// The time of all products.
    func elapsed() -> Elapsed {
        Elapsed.of { for choice in choices { runner.compute(choice.group, by: choice.way) } }
    }
}
