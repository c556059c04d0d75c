import Foundation
import SondeSDK

/// Reads a file line by line and holds no more of it than a block and the line that crosses its end.
public struct LineReader {
    private static let blockLength = 1 << 20
    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// The file's path.
    public let path: String
    /// The number of the line that was read last, counted from 1.
    public private(set) var line = 0
    /// The digest of all bytes that have been read.
    public private(set) var digest = ContentDigest()
    private let file: FileHandle
    private var block: [UInt8] = []
    private var position = 0
    private var isAtEnd = false

    /// Opens a file.
    /// - Throws: ``SondeError`` if there is no such file, the system refuses, or it is a Parquet file.
    public init(path: String) throws {
        self.path = path
        file = try SourceFile.open(path)
        try refill()
        if block.starts(with: Self.byteOrderMark) { position = Self.byteOrderMark.count }
        guard !ParquetFile.isBeginning(block) else { throw ParquetFile.refusal(of: path) }
    }

    /// The next line without its line feed, or `nil` at the end; a file may end with or without a line feed.
    ///
    /// A byte order mark in front of the first line is left out.
    /// - Throws: ``SondeError`` if the system cannot read on.
    public mutating func next() throws -> ArraySlice<UInt8>? {
        var scanned = position
        while true {
            if let end = block[scanned...].firstIndex(of: UInt8(ascii: "\n")) {
                defer { position = end + 1 }
                line += 1
                return block[position..<end]
            }
            scanned = block.count - position
            if isAtEnd { return rest() }
            try refill()
        }
    }

    /// What follows the last line feed.
    private mutating func rest() -> ArraySlice<UInt8>? {
        guard position < block.count else { return nil }
        defer { position = block.count }
        line += 1
        return block[position...]
    }

    /// Puts the next block behind what is left of this one.
    private mutating func refill() throws {
        let more: [UInt8]
        do {
            more = Array(try file.read(upToCount: Self.blockLength) ?? Data())
        } catch {
            throw SondeError(.inputOutput, "\(path) cannot be read beyond line \(line).")
        }
        block = Array(block[position...]) + more
        position = 0
        digest.add(more)
        isAtEnd = more.isEmpty
    }
}
