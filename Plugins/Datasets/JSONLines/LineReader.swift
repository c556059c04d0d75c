import Foundation
import SondeSDK

/// Reads a file line by line and holds no more of it than one line and one block.
struct LineReader {
    private static let blockLength = 1 << 18

    private let path: String
    private let file: FileHandle
    private var block: [UInt8] = []
    private var position = 0
    private var isAtEnd = false
    /// The digest of all bytes that have been read.
    private(set) var digest = ContentDigest()
    /// The number of the line that was read last, counted from 1.
    private(set) var line = 0

    /// Opens a file.
    /// - Throws: ``SondeError`` if the system refuses.
    init(path: String) throws {
        self.path = path
        do {
            file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
        } catch {
            guard FileManager.default.fileExists(atPath: path) else {
                throw SondeError.notFound("\(path) does not exist.")
            }
            throw SondeError(.inputOutput, "\(path) cannot be read.")
        }
    }

    /// The next line without its line feed, or `nil` at the end; a file may end with or without a line feed.
    /// - Throws: ``SondeError`` if the system cannot read on.
    mutating func next() throws -> [UInt8]? {
        var bytes: [UInt8] = []
        while true {
            if position == block.count {
                try refill()
                if isAtEnd {
                    if bytes.isEmpty { return nil }
                    line += 1
                    return bytes
                }
            }
            if let end = block[position...].firstIndex(of: UInt8(ascii: "\n")) {
                bytes += block[position..<end]
                position = end + 1
                line += 1
                return bytes
            }
            bytes += block[position...]
            position = block.count
        }
    }

    private mutating func refill() throws {
        do {
            block = Array(try file.read(upToCount: Self.blockLength) ?? Data())
        } catch {
            throw SondeError(.inputOutput, "\(path) cannot be read beyond line \(line).")
        }
        digest.add(block)
        position = 0
        isAtEnd = block.isEmpty
    }
}
