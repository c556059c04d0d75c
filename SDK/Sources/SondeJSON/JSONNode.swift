import CJSONC
import Glibc

/// A value within a tree of json-c, which has to outlive it.
public struct JSONNode: ~Copyable {
    private let pointer: OpaquePointer?

    init(_ pointer: OpaquePointer?) { self.pointer = pointer }

    /// An integer; a number with a fraction or an exponent is none.
    public var intValue: Int? {
        json_object_get_type(pointer) == json_type_int ? Int(exactly: json_object_get_int64(pointer)) : nil
    }

    /// A number of either kind.
    public var doubleValue: Double? {
        switch json_object_get_type(pointer) {
        case json_type_int, json_type_double: json_object_get_double(pointer)
        default: nil
        }
    }

    /// Shows the UTF-8 of a string; the answer is nil for any other kind of value.
    public func withUTF8<Answer>(_ body: (Span<UInt8>) -> Answer) -> Answer? {
        guard json_object_get_type(pointer) == json_type_string else { return nil }
        let bytes = UnsafeRawBufferPointer(
            start: json_object_get_string(pointer), count: Int(json_object_get_string_len(pointer)))
        return bytes.withMemoryRebound(to: UInt8.self) { body($0.span) }
    }

    /// The number of elements of an array; any other kind of value has none.
    public var count: Int {
        json_object_get_type(pointer) == json_type_array ? json_object_array_length(pointer) : 0
    }

    /// An element of an array, at an index below its ``count``.
    public func element(_ index: Int) -> JSONNode { JSONNode(json_object_array_get_idx(pointer, index)) }

    /// The value, apart from the tree.
    public var value: JSONValue {
        switch json_object_get_type(pointer) {
        case json_type_boolean: return .boolean(json_object_get_boolean(pointer) != 0)
        case json_type_int: return .integer(json_object_get_int64(pointer))
        case json_type_double: return .number(json_object_get_double(pointer))
        case json_type_string: return .string(String(cString: json_object_get_string(pointer)))
        case json_type_array: return .array((0..<count).map { element($0).value })
        case json_type_object:
            var members: [JSONObject.Member] = []
            forEachMember { members.append((String(utf8: $0), $1.value)) }
            return .object(JSONObject(distinct: members))
        default: return .null
        }
    }

    /// Hands out the elements of an array, in their order; none of another kind of value.
    public func forEachElement<Failure: Error>(
        _ body: (borrowing JSONNode) throws(Failure) -> Void
    ) throws(Failure) {
        for index in 0..<count { try body(element(index)) }
    }

    /// Hands out the members of an object, in their order, the keys as UTF-8; none of another kind of value.
    public func forEachMember<Failure: Error>(
        _ body: (Span<UInt8>, borrowing JSONNode) throws(Failure) -> Void
    ) throws(Failure) {
        var next = json_object_get_object(pointer)?.pointee.head
        while let entry = next {
            if let key = entry.pointee.k?.assumingMemoryBound(to: UInt8.self) {
                let bytes = UnsafeBufferPointer(start: key, count: strlen(key))
                try body(bytes.span, JSONNode(entry.pointee.v.map { OpaquePointer($0) }))
            }
            next = entry.pointee.next
        }
    }
}

extension String {
    /// The text of bytes that are known to be UTF-8.
    public init(utf8: Span<UInt8>) {
        self = utf8.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
    }
}
