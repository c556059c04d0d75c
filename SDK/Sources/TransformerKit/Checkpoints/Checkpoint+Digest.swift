import Safetensors

extension Checkpoint {
    /// A digest of all bytes of all files: 128 bits, as hexadecimal digits.
    ///
    /// It tells checkpoints apart that differ by accident or by training; it is no defence against forgery. Pieces of
    /// 8 MiB are mixed on their own, so that they can be read at the same time, and their digests are mixed in order.
    /// Their memory is given back at once: the weights may be elsewhere by now.
    public func digest(in workspace: Workspace) -> String {
        var first: UInt64 = 0
        var second: UInt64 = 1
        for file in files {
            let bytes = file.file.bytes
            let pieces = (bytes.count + Self.pieceSize - 1) / Self.pieceSize
            var digests = [UInt64](repeating: 0, count: pieces)
            digests.withUnsafeMutableBufferPointer { digests in
                let digests = digests
                workspace.parallel.run(pieces) { piece in
                    let start = piece * Self.pieceSize
                    let end = min(start + Self.pieceSize, bytes.count)
                    digests[piece] = Self.digest(UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
                    file.file.discard(start..<end)
                }
            }
            for digest in digests + [UInt64(bytes.count)] {
                first = mixed(first ^ digest)
                second = mixed(second &+ digest)
            }
        }
        return Self.hexadecimal(first) + Self.hexadecimal(second)
    }

    private static let pieceSize = 8 << 20

    /// Four independent lanes, so that the multiplications overlap.
    private static func digest(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        var lanes: (UInt64, UInt64, UInt64, UInt64) = (1, 2, 3, 4)
        var offset = 0
        func next(_ lane: UInt64, _ place: Int) -> UInt64 {
            let word = UInt64(
                littleEndian: bytes.loadUnaligned(fromByteOffset: offset + place, as: UInt64.self))
            let product = (lane ^ word) &* 0x9e37_79b9_7f4a_7c15
            return product ^ (product >> 32)
        }
        while offset + 32 <= bytes.count {
            lanes = (next(lanes.0, 0), next(lanes.1, 8), next(lanes.2, 16), next(lanes.3, 24))
            offset += 32
        }
        var digest = mixed(mixed(mixed(lanes.0) ^ lanes.1) ^ lanes.2) ^ lanes.3
        for byte in bytes[offset...] { digest = mixed(digest ^ UInt64(byte)) }
        return mixed(digest)
    }

    private static func hexadecimal(_ value: UInt64) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
