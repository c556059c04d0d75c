/// A character within UTF-8 text.
struct LocatedScalar {
    let scalar: Unicode.Scalar
    /// The place after its last byte.
    let end: Int
}

extension ArraySlice<UInt8> {
    /// The character at a place, or nil at the end; the bytes have to be UTF-8 and the place a character's first byte.
    func scalar(at place: Int) -> LocatedScalar? {
        guard place < endIndex else { return nil }
        let first = self[place]
        guard first >= 0x80 else { return LocatedScalar(scalar: Unicode.Scalar(first), end: place + 1) }
        let length = Swift.max(2, (~first).leadingZeroBitCount)
        var value = UInt32(first) & (0x7F >> UInt32(length))
        for byte in self[(place + 1)..<(place + length)] { value = value << 6 | UInt32(byte & 0x3F) }
        return LocatedScalar(scalar: Unicode.Scalar(value) ?? "\u{FFFD}", end: place + length)
    }

    /// The place of the character that ends before a place, or nil at the beginning.
    func placeOfScalar(before place: Int) -> Int? {
        guard place > startIndex else { return nil }
        var start = place - 1
        while start > startIndex, self[start] & 0xC0 == 0x80 { start -= 1 }
        return start
    }

    /// The place where the white space begins that ends at a place.
    func beginOfSpace(before end: Int) -> Int {
        var begin = end
        while let place = placeOfScalar(before: begin),
            scalar(at: place)?.scalar.properties.isWhitespace == true
        {
            begin = place
        }
        return begin
    }

    /// The place where the white space ends that begins at a place.
    func endOfSpace(after begin: Int) -> Int {
        var end = begin
        while let next = scalar(at: end), next.scalar.properties.isWhitespace { end = next.end }
        return end
    }
}
