import Foundation
import Safetensors
import SondeJSON
import TestSupport
import Testing

/// Files are written whole and read back; files that lie about themselves are refused by a sentence.
@Suite struct SafetensorsTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// A file of a header as text, the number of bytes that it claims to have, and bytes of data.
    private func file(_ header: String, data: Int, claiming length: UInt64? = nil) throws -> String {
        var bytes = withUnsafeBytes(of: (length ?? UInt64(header.utf8.count)).littleEndian) { Data($0) }
        bytes.append(Data(header.utf8))
        bytes.append(Data(count: data))
        return try folder.write(bytes, to: "lying.safetensors")
    }

    private func entry(_ type: String, _ shape: [Int], _ range: [Int]) -> String {
        "{\"dtype\":\"\(type)\",\"shape\":\(shape),\"data_offsets\":\(range)}"
    }

    private func expectRefusal(
        of path: String, saying words: String, _ line: SourceLocation = #_sourceLocation
    ) {
        let error = #expect(throws: SafetensorsError.self, sourceLocation: line) { try SafetensorsFile(path) }
        #expect(
            error?.description.contains(words) == true, "\(error?.description ?? "")", sourceLocation: line)
        #expect(error?.description.hasPrefix(path + ": ") == true, sourceLocation: line)
    }

    @Test func whatIsWrittenIsReadBack() throws {
        let path = folder.path("written.safetensors")
        let tensors: [SafetensorsWriter.Tensor] = [
            .init(name: "b/é", shape: [2, 3], values: [1, -0.0, .leastNonzeroMagnitude, .infinity, 5, 6]),
            .init(name: "empty", shape: [0, 4], values: []),
            .init(name: "a", shape: [], values: [7]),
        ]
        try SafetensorsWriter.write(tensors, metadata: ["seed": "7", "note": "\"x\"\n"], to: path)
        let file = try SafetensorsFile(path)
        #expect(file.metadata == ["seed": "7", "note": "\"x\"\n"])
        #expect(file.entries.count == 3)
        for tensor in tensors {
            let entry = try #require(file[tensor.name])
            #expect(entry.shape == tensor.shape)
            #expect(entry.type == .float32)
            let values = try file.values(of: tensor.name)
            #expect(values.map(\.bitPattern) == tensor.values.map(\.bitPattern))
        }
        #expect(file.entries.allSatisfy { $0.range.lowerBound % 4 == 0 })
    }

    @Test func writingReplacesAFileWholeAndLeavesNothingElse() throws {
        let path = folder.path("prompt.safetensors")
        for value: Float in [1, 2] {
            try SafetensorsWriter.write([.init(name: "x", shape: [1], values: [value])], to: path)
        }
        #expect(try SafetensorsFile(path).values(of: "x") == [2])
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["prompt.safetensors"])
    }

    @Test func aFileThatCannotBeWrittenIsAnErrorThatNamesIt() throws {
        let path = folder.path("absent/x.safetensors")
        let error = #expect(throws: SafetensorsError.self) { try SafetensorsWriter.write([], to: path) }
        #expect(error?.isInputOutput == true)
        #expect(error?.description.contains("absent/x.safetensors: cannot be written") == true)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }

    @Test func aFileCutAnywhereIsRefused() throws {
        let bytes = SafetensorsWriter.bytes(
            [.init(name: "x", shape: [3], values: [1, 2, 3])], metadata: ["k": "v"])
        for length in 0..<bytes.count {
            let path = try folder.write(Data(bytes[..<length]), to: "cut.safetensors")
            #expect(throws: SafetensorsError.self, "cut to \(length) bytes") { try SafetensorsFile(path) }
        }
        let longer = try folder.write(Data(bytes + [0]), to: "longer.safetensors")
        expectRefusal(of: longer, saying: "1 bytes at the end belong to no tensor")
    }

    @Test func aFileWithAnyByteOfItsHeaderChangedIsReadWithinItsBoundsOrRefused() throws {
        let bytes = SafetensorsWriter.bytes([
            .init(name: "x", shape: [2, 3], values: [1, 2, 3, 4, 5, 6]),
            .init(name: "y", shape: [1], values: [7]),
        ])
        for place in 0..<(bytes.count - 28) {
            var flipped = bytes
            flipped[place] ^= 1 << UInt8(place % 8)
            let path = try folder.write(Data(flipped), to: "flipped.safetensors")
            guard let file = try? SafetensorsFile(path) else { continue }
            #expect(file.entries.reduce(0) { $0 + file.bytes(of: $1).count } == 28, "byte \(place)")
        }
    }

    @Test func aHeaderOfImpossibleLengthIsRefused() throws {
        expectRefusal(of: try file("{}", data: 0, claiming: 100_000_001), saying: "more than the 100 MB")
        expectRefusal(of: try file("{}", data: 0, claiming: .max), saying: "more than the 100 MB")
        expectRefusal(
            of: try file("{}", data: 5, claiming: 8), saying: "its header should have 8 bytes and only 7")
        expectRefusal(of: try file("", data: 0), saying: "does not begin with '{'")
        expectRefusal(of: try file(" {}", data: 0), saying: "does not begin with '{'")
        expectRefusal(of: try folder.write(Data(), to: "empty.safetensors"), saying: "truncated")
    }

    @Test func aHeaderThatIsNoStrictJSONIsRefused() throws {
        expectRefusal(of: try file("{\"x\":}", data: 0), saying: "line 1, column 6")
        let twice = "{\"x\":\(entry("F32", [1], [0, 4])),\"x\":\(entry("F32", [1], [4, 8]))}"
        expectRefusal(of: try file(twice, data: 8), saying: "the key \"x\" stands twice")
        expectRefusal(of: try file("{\"__metadata__\":{\"k\":1}}", data: 0), saying: "'__metadata__'")
        expectRefusal(of: try file("{\"__metadata__\":\"k\"}", data: 0), saying: "'__metadata__'")
    }

    @Test(arguments: [
        ("{\"dtype\":\"F31\",\"shape\":[1],\"data_offsets\":[0,4]}", "unknown dtype 'F31'"),
        ("{\"shape\":[1],\"data_offsets\":[0,4]}", "has no 'dtype'"),
        ("{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}", "no shape of whole numbers"),
        ("{\"dtype\":\"F32\",\"shape\":[1.0],\"data_offsets\":[0,4]}", "no shape of whole numbers"),
        ("{\"dtype\":\"F32\",\"data_offsets\":[0,4]}", "no shape of whole numbers"),
        ("{\"dtype\":\"F32\",\"shape\":[1]}", "no ascending pair"),
        ("{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,0]}", "no ascending pair"),
        ("{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[-4,0]}", "no ascending pair"),
        (
            "{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}",
            "ends at byte 8 of the data, which has only 4"
        ),
        ("{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}", "takes 8"),
        (
            "{\"dtype\":\"F32\",\"shape\":[4611686018427387904,4],\"data_offsets\":[0,4]}",
            "impossible shape [4611686018427387904, 4]"
        ),
        ("[]", "has no 'dtype'"),
    ])
    func aTensorThatLiesIsRefusedByName(_ description: String, _ words: String) throws {
        let path = try file("{\"h.0.weight\":\(description)}", data: 4)
        expectRefusal(of: path, saying: "tensor 'h.0.weight' ")
        expectRefusal(of: path, saying: words)
    }

    @Test func tensorsThatOverlapOrLeaveGapsAreRefused() throws {
        let overlap = "{\"a\":\(entry("F32", [2], [0, 8])),\"b\":\(entry("F32", [2], [4, 12]))}"
        expectRefusal(of: try file(overlap, data: 12), saying: "tensor 'b' overlaps")
        let same = "{\"a\":\(entry("F32", [1], [0, 4])),\"b\":\(entry("F32", [1], [0, 4]))}"
        expectRefusal(of: try file(same, data: 4), saying: "overlaps")
        let gap = "{\"a\":\(entry("F32", [1], [0, 4])),\"b\":\(entry("F32", [1], [8, 12]))}"
        expectRefusal(of: try file(gap, data: 12), saying: "4 bytes before tensor 'b' belong to no tensor")
        let late = "{\"a\":\(entry("F32", [1], [4, 8]))}"
        expectRefusal(of: try file(late, data: 8), saying: "4 bytes before tensor 'a'")
    }

    @Test func aFileThatIsNotThereOrIsAFolderIsAnError() {
        expectRefusal(of: folder.path("absent.safetensors"), saying: "cannot be opened")
        expectRefusal(of: folder.path, saying: "not a regular file")
    }
}
