import Foundation
import SondeHost
import TestSupport
import Testing

/// SHA-256 against the examples of FIPS 180-4 and against `sha256sum`.
@Suite struct ContentDigestTests {
    @Test(
        "Published examples",
        arguments: [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
            ),
        ])
    func examples(text: String, digest: String) {
        #expect(ContentDigest(of: text).description == digest)
    }

    @Test(
        "Around the block's length, whole and in parts", arguments: [55, 56, 63, 64, 65, 119, 120, 128, 1000])
    func lengths(count: Int) throws {
        let folder = try TemporaryFolder()
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 7) }
        let file = try folder.write(Data(bytes), to: "content")
        let expected = try CommandRun("/usr/bin/env", ["sha256sum", file]).output.prefix(64)
        #expect(ContentDigest(of: bytes).description == expected)
        #expect(try ContentDigest(ofFile: file).description == expected)
        var hasher = ContentHasher()
        for byte in bytes { hasher.update([byte]) }
        #expect(hasher.finish().description == expected)
    }

    @Test("A file that cannot be read is named")
    func missingFile() {
        let error = #expect(throws: HostError.self) { try ContentDigest(ofFile: "/nowhere/file") }
        #expect(error?.exitCode == 74)
        #expect(error?.sentence == "/nowhere/file: the file cannot be read.")
    }
}
