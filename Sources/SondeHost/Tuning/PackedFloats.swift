import Foundation

/// Floating-point numbers that are stored as their bytes, the lowest of each first, so that reading them back gives the
/// same bits.
@propertyWrapper
public struct PackedFloats: Sendable, Hashable, Codable {
    /// The numbers.
    public var wrappedValue: [Float]

    /// These numbers.
    public init(wrappedValue: [Float]) {
        self.wrappedValue = wrappedValue
    }

    /// Reads bytes.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let bytes = [UInt8](try container.decode(Data.self))
        guard bytes.count % 4 == 0 else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "\(bytes.count) bytes are no whole number of float32 values")
        }
        wrappedValue = stride(from: 0, to: bytes.count, by: 4).map { first in
            Float(bitPattern: (0..<4).reduce(0) { $0 | UInt32(bytes[first + $1]) << UInt32(8 * $1) })
        }
    }

    /// Writes bytes.
    public func encode(to encoder: any Encoder) throws {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(4 * wrappedValue.count)
        for value in wrappedValue {
            let pattern = value.bitPattern
            for shift: UInt32 in [0, 8, 16, 24] { bytes.append(UInt8(truncatingIfNeeded: pattern >> shift)) }
        }
        var container = encoder.singleValueContainer()
        try container.encode(Data(bytes))
    }
}
