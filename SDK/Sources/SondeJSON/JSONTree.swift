import CJSONC

/// A tree of json-c, freed when it goes out of use.
struct JSONTree: ~Copyable {
    private let root: OpaquePointer?

    private init(root: OpaquePointer?) { self.root = root }

    /// Lets json-c read bytes of which the last is a zero that ends the text.
    static func parse(_ terminated: [UInt8], depthLimit: Int) throws(JSONError) -> JSONTree {
        guard let length = Int32(exactly: terminated.count) else {
            throw JSONError(.tooLong(limit: Int(Int32.max)), at: 0, in: [])
        }
        // json-c counts the value itself as a level and stops one level early.
        guard let tokener = json_tokener_new_ex(Int32(clamping: depthLimit + 2)) else {
            throw JSONError(.parserFailed("no memory"), at: 0, in: terminated)
        }
        defer { json_tokener_free(tokener) }
        json_tokener_set_flags(tokener, JSON_TOKENER_STRICT)
        let root = terminated.withUnsafeBytes { bytes in
            json_tokener_parse_ex(tokener, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), length)
        }
        let outcome = json_tokener_get_error(tokener)
        guard outcome == json_tokener_success else {
            let message = String(cString: json_tokener_error_desc(outcome))
            throw JSONError(.parserFailed(message), at: json_tokener_get_parse_end(tokener), in: terminated)
        }
        return JSONTree(root: root)
    }

    deinit { json_object_put(root) }

    /// The value of the tree, or nil if an object has fewer members than its text.
    ///
    /// - Parameter memberCounts: the number of members in the text of every object, in the order in which they begin.
    func value(memberCounts: [Int]) -> JSONValue? {
        var reader = JSONTreeReader(memberCounts: memberCounts)
        return reader.value(of: root)
    }
}

/// Walks a tree of json-c in the order of its text.
private struct JSONTreeReader {
    let memberCounts: [Int]
    var nextObject = 0

    mutating func value(of node: OpaquePointer?) -> JSONValue? {
        switch json_object_get_type(node) {
        case json_type_boolean: .boolean(json_object_get_boolean(node) != 0)
        case json_type_int: .integer(json_object_get_int64(node))
        case json_type_double: .number(json_object_get_double(node))
        case json_type_string: .string(String(cString: json_object_get_string(node)))
        case json_type_array: array(of: node)
        case json_type_object: object(of: node)
        default: .null
        }
    }

    private mutating func array(of node: OpaquePointer?) -> JSONValue? {
        let count = json_object_array_length(node)
        var elements: [JSONValue] = []
        elements.reserveCapacity(count)
        for place in 0..<count {
            guard let element = value(of: json_object_array_get_idx(node, place)) else { return nil }
            elements.append(element)
        }
        return .array(elements)
    }

    private mutating func object(of node: OpaquePointer?) -> JSONValue? {
        let count = memberCounts[nextObject]
        nextObject += 1
        guard let table = json_object_get_object(node), Int(table.pointee.count) == count else { return nil }
        var members: [JSONObject.Member] = []
        members.reserveCapacity(count)
        var next = table.pointee.head
        while let entry = next {
            guard let key = entry.pointee.k?.assumingMemoryBound(to: CChar.self),
                let value = value(of: entry.pointee.v.map { OpaquePointer($0) })
            else { return nil }
            members.append((String(cString: key), value))
            next = entry.pointee.next
        }
        return .object(JSONObject(distinct: members))
    }
}
