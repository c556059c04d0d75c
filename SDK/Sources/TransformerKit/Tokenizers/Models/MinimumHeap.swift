/// A binary heap of numbers.
struct MinimumHeap {
    private var numbers: [UInt64] = []

    /// Adds a number.
    ///
    /// - Complexity: O(log n)
    mutating func insert(_ number: UInt64) {
        var place = numbers.count
        numbers.append(number)
        while place > 0, number < numbers[(place - 1) / 2] {
            numbers[place] = numbers[(place - 1) / 2]
            place = (place - 1) / 2
        }
        numbers[place] = number
    }

    /// Takes the least number out, or returns nil if there is none.
    ///
    /// - Complexity: O(log n)
    mutating func removeMinimum() -> UInt64? {
        guard let last = numbers.popLast() else { return nil }
        guard let minimum = numbers.first else { return last }
        var place = 0
        while true {
            var child = 2 * place + 1
            guard child < numbers.count else { break }
            if child + 1 < numbers.count, numbers[child + 1] < numbers[child] { child += 1 }
            guard numbers[child] < last else { break }
            numbers[place] = numbers[child]
            place = child
        }
        numbers[place] = last
        return minimum
    }
}
