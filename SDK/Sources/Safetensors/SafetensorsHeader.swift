import SondeJSON

/// The header of a safetensors file: where each tensor lies.
///
/// Format: eight bytes of header length, a JSON object, then the data, which the tensors tile exactly. That they tile it
/// is checked, so that no bytes are read twice or hidden.
struct SafetensorsHeader {
    /// The longest header that the format allows.
    static let maximumLength: UInt64 = 100_000_000

    let metadata: [String: String]
    /// In the order of the data; ranges are absolute.
    let tensors: [SafetensorsFile.Entry]

    init(_ bytes: UnsafeRawBufferPointer, file: String) throws(SafetensorsError) {
        guard bytes.count >= 8 else {
            throw SafetensorsError(file: file, .truncatedHeader(length: 8, available: bytes.count))
        }
        let length = UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self))
        guard length <= Self.maximumLength else {
            throw SafetensorsError(file: file, .oversizedHeader(length: length))
        }
        guard length <= UInt64(bytes.count - 8) else {
            throw SafetensorsError(file: file, .truncatedHeader(length: length, available: bytes.count - 8))
        }
        let header = bytes[8..<(8 + Int(length))]
        guard header.first == UInt8(ascii: "{") else {
            throw SafetensorsError(file: file, .malformedHeader("it does not begin with '{'"))
        }
        let json = try Self.json(header, file: file)
        metadata = try Self.metadata(json["__metadata__"], file: file)
        let dataStart = 8 + Int(length)
        var tensors: [SafetensorsFile.Entry] = []
        for (name, description) in json where name != "__metadata__" {
            tensors.append(
                try SafetensorsFile.Entry(name: name, description, data: dataStart..<bytes.count, file: file))
        }
        tensors.sort {
            ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
        }
        try Self.checkTiling(tensors, data: dataStart..<bytes.count, file: file)
        self.tensors = tensors
    }

    private static func json(_ bytes: Slice<UnsafeRawBufferPointer>, file: String) throws(SafetensorsError)
        -> JSONObject
    {
        do {
            if let object = try JSONValue(parsing: Array(bytes)).objectValue { return object }
        } catch {
            throw SafetensorsError(file: file, .malformedHeader("\(error)".trimmingFullStop))
        }
        throw SafetensorsError(file: file, .malformedHeader("it is not a JSON object"))
    }

    private static func metadata(_ json: JSONValue?, file: String) throws(SafetensorsError) -> [String:
        String]
    {
        guard let json else { return [:] }
        let texts = json.objectValue?.map { ($0.key, $0.value.stringValue) } ?? [("", nil)]
        var metadata: [String: String] = [:]
        for (key, text) in texts {
            guard let text else {
                throw SafetensorsError(
                    file: file, .malformedHeader("'__metadata__' holds something else than texts"))
            }
            metadata[key] = text
        }
        return metadata
    }

    private static func checkTiling(
        _ tensors: [SafetensorsFile.Entry], data: Range<Int>, file: String
    ) throws(SafetensorsError) {
        var end = data.lowerBound
        for tensor in tensors {
            guard tensor.range.lowerBound >= end else {
                throw SafetensorsError(
                    file: file, .untiledData("tensor '\(tensor.name)' overlaps the one before it"))
            }
            guard tensor.range.lowerBound == end else {
                let gap = tensor.range.lowerBound - end
                throw SafetensorsError(
                    file: file,
                    .untiledData("\(gap) bytes before tensor '\(tensor.name)' belong to no tensor"))
            }
            end = tensor.range.upperBound
        }
        guard end == data.upperBound else {
            throw SafetensorsError(
                file: file, .untiledData("\(data.upperBound - end) bytes at the end belong to no tensor"))
        }
    }
}

extension SafetensorsFile.Entry {
    fileprivate init(
        name: String, _ json: JSONValue, data: Range<Int>, file: String
    ) throws(SafetensorsError) {
        func malformed(_ what: String) -> SafetensorsError {
            SafetensorsError(file: file, .malformedTensor(name: name, what))
        }
        guard let typeName = json["dtype"]?.stringValue else { throw malformed("has no 'dtype'") }
        guard let type = ElementType(rawValue: typeName) else {
            throw malformed("has the unknown dtype '\(typeName)'")
        }
        let extents = (json["shape"]?.arrayValue ?? [.null]).map(\.intValue)
        let shape = extents.compactMap(\.self)
        guard shape.count == extents.count, shape.allSatisfy({ $0 >= 0 }) else {
            throw malformed("has no shape of whole numbers")
        }
        var bytes = type.size
        for extent in shape {
            let (product, overflow) = bytes.multipliedReportingOverflow(by: extent)
            guard !overflow else { throw malformed("has the impossible shape \(shape)") }
            bytes = product
        }
        let offsets = (json["data_offsets"]?.arrayValue ?? []).compactMap(\.intValue)
        guard offsets.count == 2, offsets[0] >= 0, offsets[0] <= offsets[1] else {
            throw malformed("has no ascending pair of 'data_offsets'")
        }
        guard offsets[1] <= data.count else {
            throw malformed(
                "ends at byte \(offsets[1]) of the data, which has only \(data.count): the file is truncated or its header lies"
            )
        }
        guard offsets[1] - offsets[0] == bytes else {
            throw malformed(
                "has \(offsets[1] - offsets[0]) bytes of data, but \(typeName) of shape \(shape) takes \(bytes)"
            )
        }
        self.init(
            name: name, type: type, shape: shape,
            range: (data.lowerBound + offsets[0])..<(data.lowerBound + offsets[1]))
    }
}

extension String {
    /// Without the full stop at its end, to stand inside a sentence.
    fileprivate var trimmingFullStop: String { hasSuffix(".") ? String(dropLast()) : self }
}
