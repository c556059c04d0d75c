/// The q-values of a family of tests: each is the smallest false discovery rate at which its test is a discovery.
///
/// Returned in the order of `pValues`. Holds for independent and for positively dependent tests.
/// Source: Benjamini and Hochberg, 1995, doi:10.1111/j.2517-6161.1995.tb02031.x.
public func benjaminiHochberg(_ pValues: [Double]) -> [Double] {
    let descending = pValues.indices.sorted { pValues[$0] > pValues[$1] }
    var adjusted = pValues
    var smallest = 1.0
    for (position, index) in descending.enumerated() {
        let rank = pValues.count - position
        smallest = min(smallest, pValues[index] * Double(pValues.count) / Double(rank))
        adjusted[index] = smallest
    }
    return adjusted
}
