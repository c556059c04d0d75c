/// The ranks of `values`, from 1; equal values share the mean of their ranks.
public func ranks(of values: [Double]) -> [Double] {
    let order = values.indices.sorted { values[$0] < values[$1] }
    var result = [Double](repeating: 0, count: values.count)
    var start = 0
    while start < order.count {
        var end = start
        while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
        // Ranks start + 1 ... end have this mean.
        let shared = Double(start + 1 + end) / 2
        for position in start..<end { result[order[position]] = shared }
        start = end
    }
    return result
}
