/// A JSON text, or a value within one: its grammar is checked, but it is read only where it is asked for.
///
/// Of a large array or object neither a tree nor values for all of it need exist at the same time:
///
///     let vocabulary = try JSONText(parsing: bytes)["model"]?["vocab"]
///     for stretch in vocabulary?.stretches ?? [] {
///         try stretch.tree().withRoot { $0.forEachMember { piece, id in ... } }
///     }
public struct JSONText: Sendable {
    let plain: JSONPlainText
    private let range: Range<Int>

    /// Checks UTF-8 bytes, as strictly as ``JSONValue/init(parsing:depthLimit:)-(String,_)``.
    ///
    /// - Throws: ``JSONError`` with line and column.
    public init(parsing bytes: some Sequence<UInt8>, depthLimit: Int = JSONValue.defaultDepthLimit)
        throws(JSONError)
    {
        let outcome = bytes.withContiguousStorageIfAvailable { Self.check($0, depthLimit: depthLimit) }
        let checked = outcome ?? Self.check(copying: bytes, depthLimit: depthLimit)
        self.init(try checked.get())
    }

    private static func check(copying bytes: some Sequence<UInt8>, depthLimit: Int)
        -> Result<JSONPlainText, JSONError>
    {
        Array(bytes).withUnsafeBufferPointer { check($0, depthLimit: depthLimit) }
    }

    private static func check(_ bytes: UnsafeBufferPointer<UInt8>, depthLimit: Int)
        -> Result<JSONPlainText, JSONError>
    {
        Result { () throws(JSONError) in
            guard bytes.count < Int(Int32.max) else {
                throw JSONError(.tooLong(limit: Int(Int32.max)))
            }
            return try JSONGrammar.plainText(of: bytes, depthLimit: depthLimit)
        }
    }

    /// The whole of a text.
    init(_ plain: JSONPlainText) { self.init(plain, plain.bytes.indices) }

    private init(_ plain: JSONPlainText, _ range: Range<Int>) {
        self.plain = plain
        self.range = range
    }

    /// The value.
    ///
    /// - Throws: ``JSONError`` if there is no memory for it.
    public func value() throws(JSONError) -> JSONValue {
        try JSONTree.read(range, of: plain).withRoot { $0.value }
    }

    /// Whether this is `null`.
    public var isNull: Bool { first == UInt8(ascii: "n") }

    /// Whether this is an object.
    public var isObject: Bool { first == UInt8(ascii: "{") }

    /// Whether this is an array.
    public var isArray: Bool { first == UInt8(ascii: "[") }

    private var first: UInt8 { plain.bytes[range.lowerBound] }

    /// The member of an object, or nil for an absent key and for any other kind of value.
    ///
    /// - Complexity: linear in the number of members, whatever their size.
    public subscript(key: String) -> JSONText? {
        guard isObject else { return nil }
        let wanted = JSONValue.string(key).text().utf8
        for member in children {
            let end = plain.endOfValue(at: member.lowerBound)
            if plain.bytes[member.lowerBound..<end].elementsEqual(wanted) {
                return JSONText(plain, (end + 1)..<member.upperBound)
            }
        }
        return nil
    }

    /// The elements of an array, or nil for any other kind of value.
    public var elements: [JSONText]? { isArray ? children.map { JSONText(plain, $0) } : nil }

    /// An array or object in stretches of neighbours, each so small that it can be read at once; none for any other
    /// kind of value.
    public var stretches: [JSONStretch] {
        guard isArray || isObject else { return [] }
        let ranges = plain.large[range.lowerBound]?.stretches ?? [range.dropFirst().dropLast()]
        return ranges.map { JSONStretch(plain, $0, isObject: isObject) }
    }

    /// Where the elements of an array stand, or the members of an object with their keys.
    private var children: some Sequence<Range<Int>> {
        sequence(state: range.lowerBound + 1) { [plain, isObject, end = range.upperBound - 1] place in
            guard place < end else { return nil }
            let start = place
            let valueStart = isObject ? plain.endOfValue(at: start) + 1 : start
            let valueEnd = plain.endOfValue(at: valueStart)
            place = valueEnd + 1
            return start..<valueEnd
        }
    }
}

extension JSONText: CustomStringConvertible {
    /// The value as JSON on one line.
    public var description: String { String(decoding: plain.bytes[range], as: UTF8.self) }
}

/// Some neighbouring members of an object, or elements of an array.
public struct JSONStretch: Sendable {
    private let plain: JSONPlainText
    private let range: Range<Int>
    private let isObject: Bool

    init(_ plain: JSONPlainText, _ range: Range<Int>, isObject: Bool) {
        self.plain = plain
        self.range = range
        self.isObject = isObject
    }

    /// An array or object that holds nothing else.
    ///
    /// - Throws: ``JSONError`` if there is no memory for it.
    public func tree() throws(JSONError) -> JSONTree {
        isObject
            ? try JSONTree.read(range, of: plain, between: "{", and: "}")
            : try JSONTree.read(range, of: plain, between: "[", and: "]")
    }
}
