/// A message in Protocol Buffers' wire format, https://protobuf.dev/programming-guides/encoding.
struct ProtobufMessage {
    /// The value of a field, which may stand in a message more than once.
    enum Value {
        /// An integer, a boolean or an enumeration's case.
        case integer(UInt64)
        /// A number of four bytes.
        case fixed32(UInt32)
        /// A text, bytes or another message.
        case bytes(ArraySlice<UInt8>)
        /// A number of eight bytes.
        case fixed64(UInt64)
    }

    /// The bytes are no message.
    struct Malformed: Error {}

    private let bytes: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) { self.bytes = bytes }

    /// All fields with their numbers, in the order of the message.
    func fields() throws(Malformed) -> [(number: Int, value: Value)] {
        var fields: [(number: Int, value: Value)] = []
        var rest = bytes
        while !rest.isEmpty {
            let tag = try Self.takeInteger(from: &rest)
            let value: Value =
                switch tag & 7 {
                case 0: .integer(try Self.takeInteger(from: &rest))
                case 1: .fixed64(Self.littleEndian(try Self.take(8, from: &rest)))
                case 2: .bytes(try Self.take(Self.takeInteger(from: &rest), from: &rest))
                case 5: .fixed32(UInt32(Self.littleEndian(try Self.take(4, from: &rest))))
                default: throw Malformed()
                }
            fields.append((Int(tag >> 3), value))
        }
        return fields
    }

    /// Seven bits a byte, the lowest first; all bytes but the last have the highest bit.
    private static func takeInteger(from rest: inout ArraySlice<UInt8>) throws(Malformed) -> UInt64 {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 64, by: 7) {
            guard let byte = rest.popFirst() else { throw Malformed() }
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
        }
        throw Malformed()
    }

    private static func take(
        _ count: UInt64, from rest: inout ArraySlice<UInt8>
    ) throws(Malformed) -> ArraySlice<UInt8> {
        guard count <= rest.count else { throw Malformed() }
        defer { rest = rest.dropFirst(Int(count)) }
        return rest.prefix(Int(count))
    }

    private static func littleEndian(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
}
