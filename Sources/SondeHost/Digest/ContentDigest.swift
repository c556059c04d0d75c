import Foundation

/// The SHA-256 of some bytes, which names content: of plugin libraries, of cells, of options.
///
/// Sixty lines instead of a cryptography package: nothing here is a secret, and such a package takes longer to build
/// than Sonde itself. NIST FIPS 180-4, doi:10.6028/NIST.FIPS.180-4.
public struct ContentDigest: Sendable, Hashable, CustomStringConvertible {
    /// The 32 bytes.
    public let bytes: [UInt8]

    /// The digest of `content`.
    public init(of content: some Sequence<UInt8>) {
        var hasher = ContentHasher()
        hasher.update(Array(content))
        self = hasher.finish()
    }

    /// The digest of a text's UTF-8 bytes.
    public init(of text: String) {
        self.init(of: text.utf8)
    }

    /// The digest of a file's content.
    /// - Throws: ``HostError`` that names the file if it cannot be read.
    public init(ofFile path: String) throws {
        guard let file = FileHandle(forReadingAtPath: path) else {
            throw HostError.inputOutput("\(path): the file cannot be read.")
        }
        var hasher = ContentHasher()
        do {
            while let part = try file.read(upToCount: 1 << 20), !part.isEmpty { hasher.update(Array(part)) }
        } catch {
            throw HostError.inputOutput("\(path): reading failed: \(error.localizedDescription).")
        }
        self = hasher.finish()
    }

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The digest of this ``description``; `nil` if it is none.
    init?(_ description: String) {
        let digits = description.compactMap(\.hexDigitValue).map(UInt8.init)
        guard digits.count == 64, description.count == 64 else { return nil }
        bytes = stride(from: 0, to: 64, by: 2).map { 16 * digits[$0] + digits[$0 + 1] }
    }

    /// 64 hexadecimal digits.
    public var description: String {
        bytes.map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }

    /// The first digits, enough to tell a few thousand things apart.
    public var short: String { String(description.prefix(12)) }
}
