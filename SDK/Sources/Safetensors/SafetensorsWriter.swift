import Foundation
import SondeJSON

/// Writes float32 tensors as a safetensors file.
public enum SafetensorsWriter {
    /// A tensor to write.
    public struct Tensor: Sendable, Hashable {
        /// Its name.
        public var name: String
        /// Its shape.
        public var shape: [Int]
        /// Its values, row-major.
        public var values: [Float]

        /// A tensor whose shape's product is the number of values.
        public init(name: String, shape: [Int], values: [Float]) {
            precondition(shape.reduce(1, *) == values.count)
            self.name = name
            self.shape = shape
            self.values = values
        }
    }

    /// The bytes of a file with these tensors, in their order.
    public static func bytes(_ tensors: [Tensor], metadata: [String: String] = [:]) -> [UInt8] {
        var header = JSONObject()
        if !metadata.isEmpty {
            var texts = JSONObject()
            for (key, value) in metadata.sorted(by: { $0.key < $1.key }) { texts[key] = .string(value) }
            header["__metadata__"] = .object(texts)
        }
        var offset = 0
        for tensor in tensors {
            let end = offset + tensor.values.count * 4
            header[tensor.name] = [
                "dtype": "F32", "shape": .array(tensor.shape.map { .integer(Int64($0)) }),
                "data_offsets": [.integer(Int64(offset)), .integer(Int64(end))],
            ]
            offset = end
        }
        var text = Array(JSONValue.object(header).text().utf8)
        // The data begins at a multiple of eight, so that it can be used in place.
        text.append(contentsOf: repeatElement(UInt8(ascii: " "), count: (8 - text.count % 8) % 8))
        var bytes = withUnsafeBytes(of: UInt64(text.count).littleEndian) { Array($0) }
        bytes.reserveCapacity(bytes.count + text.count + offset)
        bytes.append(contentsOf: text)
        for tensor in tensors {
            tensor.values.withUnsafeBytes { bytes.append(contentsOf: $0) }
        }
        return bytes
    }

    /// Writes a file: whole, or not at all.
    /// - Throws: ``SafetensorsError`` with the system's words.
    public static func write(
        _ tensors: [Tensor], metadata: [String: String] = [:], to path: String
    ) throws(SafetensorsError) {
        do {
            try WholeFile.write(bytes(tensors, metadata: metadata), to: path)
        } catch {
            throw SafetensorsError(file: path, .system("cannot be written: \(error.words)"))
        }
    }
}
