import Foundation
import SondeHost
import SondeJSON
import SondeStatistics

/// Writes an F16 safetensors file of random numbers, a piece at a time: a whole model would not fit twice in memory.
struct RandomWeights {
    /// What a tensor holds.
    enum Content {
        case zeros
        case ones
        /// Uniform with the deviation of BLOOM's initialisation (`initializer_range` 0.02).
        case random
    }

    /// A tensor to write.
    struct Tensor {
        let name: String
        let shape: [Int]
        let content: Content

        init(_ name: String, _ shape: [Int], _ content: Content) {
            self.name = name
            self.shape = shape
            self.content = content
        }

        var byteCount: Int { shape.reduce(2, *) }
    }

    private let tensors: [Tensor]
    private let handle: FileHandle
    private let numbers: Data
    private var stream: RandomStream

    /// Random pieces begin anywhere in a table of this many numbers.
    private static let tableSize = 1 << 21
    private static let pieceSize = 1 << 20

    init(_ tensors: [Tensor], file: String) throws {
        self.tensors = tensors
        guard FileManager.default.createFile(atPath: file, contents: nil),
            let handle = FileHandle(forWritingAtPath: file)
        else {
            throw HostError.inputOutput("\(file): cannot be written.")
        }
        self.handle = handle
        var stream = RandomStream(seed: 0, name: "benchmark/weights")
        let bound = 0.02 * 3.0.squareRoot()
        let table = (0..<Self.tableSize).map { _ in Float16((2 * stream.uniform() - 1) * bound) }
        numbers = table.withUnsafeBytes { Data($0) }
        self.stream = stream
    }

    /// Writes header and tensors.
    mutating func write() throws {
        try handle.write(contentsOf: header)
        for tensor in tensors {
            switch tensor.content {
            case .zeros: try handle.write(contentsOf: Data(count: tensor.byteCount))
            case .ones:
                let ones = [Float16](repeating: 1, count: tensor.byteCount / 2)
                try handle.write(contentsOf: ones.withUnsafeBytes { Data($0) })
            case .random: try writeRandom(tensor.byteCount)
            }
        }
        try handle.close()
    }

    private mutating func writeRandom(_ byteCount: Int) throws {
        for start in stride(from: 0, to: byteCount, by: Self.pieceSize) {
            let length = min(Self.pieceSize, byteCount - start)
            let offset = 2 * stream.integer(below: (numbers.count - length) / 2)
            try handle.write(contentsOf: numbers[offset..<offset + length])
        }
    }

    private var header: Data {
        var entries = JSONObject()
        var offset = 0
        for tensor in tensors {
            let end = offset + tensor.byteCount
            entries[tensor.name] = [
                "dtype": "F16", "shape": .array(tensor.shape.map { .integer(Int64($0)) }),
                "data_offsets": [.integer(Int64(offset)), .integer(Int64(end))],
            ]
            offset = end
        }
        var text = Data(JSONValue.object(entries).text().utf8)
        text.append(Data(repeating: UInt8(ascii: " "), count: (8 - text.count % 8) % 8))
        return withUnsafeBytes(of: UInt64(text.count).littleEndian) { Data($0) } + text
    }
}
