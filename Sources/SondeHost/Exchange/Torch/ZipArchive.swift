/// The files in a ZIP archive that are stored as they are, which is how `torch.save` stores all of them.
///
/// Format: PKWARE, "APPNOTE.TXT", https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT.
struct ZipArchive {
    private static let endSignature: UInt64 = 0x0605_4B50
    private static let entrySignature: UInt64 = 0x0201_4B50
    private static let fileSignature: UInt64 = 0x0403_4B50
    private static let endLength = 22
    private static let entryLength = 46
    private static let fileLength = 30
    private static let longestComment = 65535

    private let bytes: [UInt8]
    private var ranges: [String: Range<Int>] = [:]

    /// Reads the directory.
    /// - Throws: ``HostError``, half a sentence.
    init(_ bytes: [UInt8]) throws(HostError) {
        self.bytes = bytes
        guard let end = endOfDirectory() else { throw .data("this is no whole ZIP archive") }
        let count = Int(number(at: end + 10, size: 2))
        var place = Int(number(at: end + 16, size: 4))
        for _ in 0..<count {
            guard place + Self.entryLength <= bytes.count, number(at: place, size: 4) == Self.entrySignature
            else { throw .data("the directory of the archive is damaged") }
            let nameLength = Int(number(at: place + 28, size: 2))
            let extraLength = Int(number(at: place + 30, size: 2)) + Int(number(at: place + 32, size: 2))
            let nameStart = place + Self.entryLength
            guard nameStart + nameLength + extraLength <= bytes.count else {
                throw .data("the directory of the archive is damaged")
            }
            let name = String(decoding: bytes[nameStart..<(nameStart + nameLength)], as: UTF8.self)
            ranges[name] = try range(ofEntryAt: place, named: name)
            place = nameStart + nameLength + extraLength
        }
    }

    /// The names of all files.
    var names: [String] { ranges.keys.sorted() }

    /// The content of a file, or `nil` if there is none of that name.
    subscript(name: String) -> ArraySlice<UInt8>? { ranges[name].map { bytes[$0] } }

    /// Where the last record of the archive is: at the end but for a comment.
    private func endOfDirectory() -> Int? {
        guard bytes.count >= Self.endLength else { return nil }
        let last = bytes.count - Self.endLength
        return (max(0, last - Self.longestComment)...last).last {
            number(at: $0, size: 4) == Self.endSignature
        }
    }

    private func range(ofEntryAt place: Int, named name: String) throws(HostError) -> Range<Int> {
        let method = number(at: place + 10, size: 2)
        let size = Int(number(at: place + 24, size: 4))
        let file = Int(number(at: place + 42, size: 4))
        guard method == 0, number(at: place + 20, size: 4) == size else {
            throw .data("'\(name)' in the archive is compressed, as torch.save does not do")
        }
        guard file + Self.fileLength <= bytes.count, number(at: file, size: 4) == Self.fileSignature else {
            throw .data("'\(name)' is not where the directory of the archive has it")
        }
        let start =
            file + Self.fileLength + Int(number(at: file + 26, size: 2))
            + Int(number(at: file + 28, size: 2))
        guard start + size <= bytes.count else { throw .data("'\(name)' in the archive is truncated") }
        return start..<(start + size)
    }

    private func number(at place: Int, size: Int) -> UInt64 {
        LittleEndian.integer(bytes[place..<(place + size)])
    }
}
