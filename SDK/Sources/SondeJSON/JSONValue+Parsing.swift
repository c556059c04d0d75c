extension JSONValue {
    /// The nesting that is allowed unless a caller says otherwise.
    public static let defaultDepthLimit = 64

    /// Reads a text that holds one JSON value and nothing else.
    ///
    /// Stricter than most readers: duplicate keys, `NaN`, numbers that do not fit (64 bits; the range of a double), lone
    /// surrogates, characters of value zero, invalid UTF-8, comments, trailing commas and trailing text are refused.
    ///
    /// - Throws: ``JSONError`` with line and column.
    public init(parsing text: String, depthLimit: Int = defaultDepthLimit) throws(JSONError) {
        try self.init(parsing: text.utf8, depthLimit: depthLimit)
    }

    /// Reads UTF-8 bytes that hold one JSON value and nothing else, as strictly as ``init(parsing:depthLimit:)-(String,_)``.
    ///
    /// - Throws: ``JSONError`` with line and column.
    public init(parsing bytes: some Sequence<UInt8>, depthLimit: Int = defaultDepthLimit) throws(JSONError) {
        self = try JSONText(parsing: bytes, depthLimit: depthLimit).value()
    }
}
