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
        let shapes = tensors.map { SafetensorsStream.Tensor(name: $0.name, shape: $0.shape) }
        var bytes = SafetensorsStream.header(shapes, metadata: metadata)
        bytes.reserveCapacity(bytes.count + 4 * tensors.reduce(0) { $0 + $1.values.count })
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
