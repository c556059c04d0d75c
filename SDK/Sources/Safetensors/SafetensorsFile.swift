/// A safetensors file, mapped and checked; reading tensors from it cannot fail half-way.
public final class SafetensorsFile: Sendable {
    /// Where a tensor lies.
    public struct Entry: Sendable, Hashable {
        /// Its name.
        public let name: String
        /// The type of its elements.
        public let type: ElementType
        /// Its shape.
        public let shape: [Int]
        /// Its bytes in the file.
        public let range: Range<Int>

        /// How many elements it has.
        public var count: Int { shape.reduce(1, *) }
    }

    /// The mapped file.
    public let file: MappedFile
    /// The free-form texts of the header.
    public let metadata: [String: String]
    /// The tensors, in the order of their data.
    public let entries: [Entry]
    private let indices: [String: Int]

    /// Maps a file and checks its header.
    /// - Throws: ``SafetensorsError`` for a file that cannot be read or that lies about itself.
    public init(_ path: String) throws(SafetensorsError) {
        file = try MappedFile(path)
        let header = try SafetensorsHeader(file.bytes, file: path)
        metadata = header.metadata
        entries = header.tensors
        indices = Dictionary(uniqueKeysWithValues: entries.enumerated().map { ($1.name, $0) })
    }

    /// The tensor of that name, or `nil`.
    public subscript(name: String) -> Entry? { indices[name].map { entries[$0] } }

    /// The bytes of a tensor; valid as long as this object.
    public func bytes(of entry: Entry) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: file.bytes[entry.range])
    }

    /// A copy of a tensor's values as float32.
    /// - Throws: ``SafetensorsError`` for a tensor that is missing or holds no floating-point numbers.
    public func values(of name: String) throws(SafetensorsError) -> [Float] {
        guard let entry = self[name] else {
            throw SafetensorsError(file: file.path, .missingTensor(name: name))
        }
        let bytes = bytes(of: entry)
        switch entry.type {
        case .float32:
            return (0..<entry.count).map { bytes.loadUnaligned(fromByteOffset: $0 * 4, as: Float.self) }
        case .float64:
            return (0..<entry.count).map {
                Float(bytes.loadUnaligned(fromByteOffset: $0 * 8, as: Double.self))
            }
        case .float16:
            return (0..<entry.count).map {
                Float(bytes.loadUnaligned(fromByteOffset: $0 * 2, as: Float16.self))
            }
        case .bfloat16:
            return (0..<entry.count).map {
                Float(bitPattern: UInt32(bytes.loadUnaligned(fromByteOffset: $0 * 2, as: UInt16.self)) << 16)
            }
        default:
            throw SafetensorsError(file: file.path, .notFloatingPoint(name: name, type: entry.type))
        }
    }

    /// Copies the values of a float32 tensor.
    /// - Throws: ``SafetensorsError`` for a tensor that is missing, or of another type or size.
    public func copyValues(of name: String, to target: inout MutableSpan<Float>) throws(SafetensorsError) {
        guard let entry = self[name] else {
            throw SafetensorsError(file: file.path, .missingTensor(name: name))
        }
        guard entry.type == .float32, entry.count == target.count else {
            let found = "has \(entry.count) values of type \(entry.type.rawValue)"
            throw SafetensorsError(
                file: file.path, .malformedTensor(name: name, "\(found), not \(target.count) of type F32"))
        }
        let bytes = bytes(of: entry)
        for index in target.indices {
            target[unchecked: index] = bytes.loadUnaligned(fromByteOffset: index * 4, as: Float.self)
        }
    }
}
