/// A part of a text on its way from the user to the model.
struct TextPart {
    /// The text in UTF-8.
    let bytes: ArraySlice<UInt8>
    /// How many of the bytes come from the first character of the user's text: none but at its beginning.
    let headLength: Int

    /// The whole of a user's text.
    init(wholeText text: String) {
        bytes = ArraySlice(text.utf8)
        headLength = text.unicodeScalars.first.map { UTF8.width($0) } ?? 0
    }

    /// Some bytes, of which the first so many come from the first character of the user's text.
    init(bytes: ArraySlice<UInt8>, headLength: Int) {
        self.bytes = bytes
        self.headLength = headLength
    }

    /// A part without its beginning or end.
    subscript(range: Range<Int>) -> TextPart {
        let taken = range.lowerBound - bytes.startIndex
        return TextPart(bytes: bytes[range], headLength: min(max(headLength - taken, 0), range.count))
    }

    /// Whether the part begins with the first character of the user's text.
    var isHead: Bool { headLength > 0 }
}

/// Another text, made from a part from left to right.
struct TextEdit {
    private let source: TextPart
    private var bytes: [UInt8] = []
    private var headLength = 0

    /// An edit of which nothing is written.
    init(of source: TextPart) {
        self.source = source
        bytes.reserveCapacity(source.bytes.count + source.bytes.count / 4)
    }

    /// What was written.
    var result: TextPart { TextPart(bytes: bytes[...], headLength: headLength) }

    /// Whether nothing was written.
    var isEmpty: Bool { bytes.isEmpty }

    /// Writes a range of the source as it is.
    mutating func keep(_ range: Range<Int>) {
        let kept = source[range]
        if headLength == bytes.count { headLength += kept.headLength }
        bytes += kept.bytes
    }

    /// Writes something that stands for the character at a place of the source.
    mutating func append(_ text: some Collection<UInt8>, for place: Int) {
        bytes += text
        if place < source.bytes.startIndex + source.headLength { headLength = bytes.count }
    }

    /// Writes a character that stands for the one at a place of the source.
    mutating func append(_ scalar: Unicode.Scalar, for place: Int) {
        append(UTF8.encode(scalar) ?? UTF8.EncodedScalar(), for: place)
    }
}
