import SondeJSON

/// Writes float32 tensors one after another as a safetensors file, which is there whole at the end, or not at all.
public final class SafetensorsStream {
    /// What a tensor is, before its values come.
    public struct Tensor: Sendable, Hashable {
        /// Its name.
        public var name: String
        /// Its shape.
        public var shape: [Int]

        /// A tensor to come.
        public init(name: String, shape: [Int]) {
            self.name = name
            self.shape = shape
        }

        var count: Int { shape.reduce(1, *) }
    }

    private let tensors: [Tensor]
    private let file: WholeFileStream
    private let path: String
    private var next = 0

    /// Begins a file with these tensors, in their order.
    /// - Throws: ``SafetensorsError`` with the system's words.
    public init(
        _ tensors: [Tensor], metadata: [String: String] = [:], to path: String
    ) throws(SafetensorsError) {
        self.tensors = tensors
        self.path = path
        do {
            file = try WholeFileStream(path)
            try file.append(Self.header(tensors, metadata: metadata).span.bytes)
        } catch {
            throw SafetensorsError(file: path, .system("cannot be written: \(error.words)"))
        }
    }

    /// The values of the next tensor, row-major.
    /// - Throws: ``SafetensorsError`` with the system's words.
    public func append(_ values: Span<Float>) throws(SafetensorsError) {
        precondition(values.count == tensors[next].count, "'\(tensors[next].name)' has another size")
        next += 1
        do {
            try file.append(values.bytes)
        } catch {
            throw SafetensorsError(file: path, .system("cannot be written: \(error.words)"))
        }
    }

    /// Puts the file in its place.
    /// - Throws: ``SafetensorsError`` with the system's words.
    public func finish() throws(SafetensorsError) {
        precondition(next == tensors.count, "not all tensors have been written")
        do {
            try file.finish()
        } catch {
            throw SafetensorsError(file: path, .system("cannot be written: \(error.words)"))
        }
    }

    /// What stands before the values: a length, and a description that ends at a multiple of eight, so that values can
    /// be used in place.
    static func header(_ tensors: [Tensor], metadata: [String: String]) -> [UInt8] {
        var header = JSONObject()
        if !metadata.isEmpty {
            var texts = JSONObject()
            for (key, value) in metadata.sorted(by: { $0.key < $1.key }) { texts[key] = .string(value) }
            header["__metadata__"] = .object(texts)
        }
        var offset = 0
        for tensor in tensors {
            let end = offset + tensor.count * 4
            header[tensor.name] = [
                "dtype": "F32", "shape": .array(tensor.shape.map { .integer(Int64($0)) }),
                "data_offsets": [.integer(Int64(offset)), .integer(Int64(end))],
            ]
            offset = end
        }
        var text = Array(JSONValue.object(header).text().utf8)
        text.append(contentsOf: repeatElement(UInt8(ascii: " "), count: (8 - text.count % 8) % 8))
        return withUnsafeBytes(of: UInt64(text.count).littleEndian) { Array($0) } + text
    }
}
