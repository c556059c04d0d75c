/// Unicode scalars in bytes that are known to be UTF-8.
extension Span<UInt8> {
    /// The scalar that begins at a place, and its length in bytes.
    func scalar(at place: Int) -> (scalar: Unicode.Scalar, length: Int) {
        let lead = UInt32(self[place])
        let length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
        var value = length == 1 ? lead : lead & (0x7F >> UInt32(length))
        for offset in 1..<Swift.max(length, 1) { value = value << 6 | UInt32(self[place + offset] & 0x3F) }
        return (Unicode.Scalar(value) ?? "\u{FFFD}", length)
    }

    /// The scalar that ends before a place, and its length in bytes.
    func scalar(before place: Int) -> (scalar: Unicode.Scalar, length: Int) {
        var start = place - 1
        while start > 0, self[start] & 0xC0 == 0x80 { start -= 1 }
        return scalar(at: start)
    }

    /// The end of the run of scalars from a place on that belong to a class.
    func endOfRun(from start: Int, to end: Int, where isMember: (Unicode.Scalar) -> Bool) -> Int {
        var place = start
        while place < end {
            let (scalar, length) = scalar(at: place)
            guard isMember(scalar) else { break }
            place += length
        }
        return place
    }
}
