import COpenBLAS
import Dispatch
import TransformerKit

/// A matrix of a test, row after row.
struct Sample {
    var rows: Int
    var width: Int
    var values: [Float]

    /// Repeatable numbers between -1 and 1, none closer to 0 than `gap`.
    static func random(_ rows: Int, _ width: Int, seed: UInt64, gap: Float = 0) -> Sample {
        var generator = SplitMix(state: seed)
        let values = (0..<rows * width).map { _ in
            let number = Float.random(in: gap...1, using: &generator)
            return Bool.random(using: &generator) ? number : -number
        }
        return Sample(rows: rows, width: width, values: values)
    }

    func tensor(_ pool: BufferPool) -> Tensor { Tensor(rows: rows, width: width, values: values, pool: pool) }

    func row(_ row: Int) -> ArraySlice<Float> { values[row * width..<(row + 1) * width] }

    func parameter(_ name: String = "weight") -> Parameter {
        Parameter(name: name, rows: rows, width: width, values: values)
    }

    func scaled(by factor: Float) -> Sample {
        Sample(rows: rows, width: width, values: values.map { $0 * factor })
    }

    func selecting(_ selected: [Int]) -> Sample {
        Sample(rows: selected.count, width: width, values: selected.flatMap(row))
    }
}

/// A small generator whose numbers are the same everywhere.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}

/// A workspace of its own, on one thread or on several.
func makeWorkspace(threads: Int = 1) -> Workspace {
    openblas_set_num_threads(1)
    let parallel = Parallel(threadCount: threads) { count, body in
        withoutActuallyEscaping(body) { body in
            // The kit gives pieces of work that write to different memory.
            nonisolated(unsafe) let work = body
            DispatchQueue.concurrentPerform(iterations: count) { work($0) }
        }
    }
    return Workspace(pool: BufferPool(), parallel: threads == 1 ? .serial : parallel)
}

/// The largest absolute difference between two lists of the same length; infinity for other lengths and for NaN.
func largestDifference(_ a: [Float], _ b: [Double]) -> Double {
    guard a.count == b.count else { return .infinity }
    return zip(a, b).map { $0.isNaN || $1.isNaN ? .infinity : abs(Double($0) - $1) }.max() ?? 0
}

/// The largest absolute difference between two lists of the same length.
func largestDifference(_ a: [Float], _ b: [Float]) -> Double { largestDifference(a, b.map(Double.init)) }
