/// How many texts are how long, as bars of characters.
struct LengthHistogram {
    private static let mostBins = 12
    private static let barLength = 40

    /// Ascending.
    let lengths: [Int]

    /// A line for each range of lengths: `  33 to 48  ███████ 21`.
    var lines: [String] {
        guard let shortest = lengths.first, let longest = lengths.last else { return [] }
        let step = Self.step(for: longest - shortest)
        let bins = (shortest / step)...(longest / step)
        let counts = bins.map { bin in lengths.count { $0 / step == bin } }
        let width = String(longest / step * step + step - 1).count
        let highest = counts.max() ?? 1
        return zip(bins, counts).map { bin, count in
            let first = Self.padded(bin * step, width)
            let last = Self.padded(bin * step + step - 1, width)
            let bar = String(
                repeating: "█",
                count: count == 0 ? 0 : max(1, count * Self.barLength / highest))
            return "\(first) to \(last)  \(bar)\(bar.isEmpty ? "" : " ")\(count)"
        }
    }

    /// The smallest of 1, 2, 5 and their multiples by powers of ten that makes few bins.
    private static func step(for range: Int) -> Int {
        var step = 1
        while range / step >= mostBins {
            let isTwo = String(step).first == "2"
            step = isTwo ? step / 2 * 5 : step * 2
        }
        return step
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        DisplayWidth.padded(String(number), to: width, toRight: true)
    }
}
