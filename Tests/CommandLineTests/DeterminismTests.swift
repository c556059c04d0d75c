import Foundation
import TestSupport
import Testing

/// The same study gives the same numbers.
@Suite struct DeterminismTests {
    @Test("The same seed gives the same bits in another store, another seed does not")
    func determinism() throws {
        let fixture = try StudyFixture()
        let study = try fixture.write()
        for store in ["a", "b"] {
            let run = try fixture.run(study, ["--store", fixture.home.path(store), "--threads", "2"])
            #expect(run.status == 0, "\(run.errors)")
        }
        #expect(try prompt(in: "a", fixture) == prompt(in: "b", fixture))
        let text = try String(contentsOfFile: study, encoding: .utf8)
        let other = try fixture.home.write(
            text.replacingOccurrences(of: "seeds: [1]", with: "seeds: [2]"), to: "other.yaml")
        #expect(try fixture.run(other, ["--store", fixture.home.path("c"), "--threads", "2"]).status == 0)
        #expect(try prompt(in: "a", fixture) != prompt(in: "c", fixture))
    }

    private func prompt(in store: String, _ fixture: StudyFixture) throws -> Data {
        let cells = fixture.home.path(store) + "/cells"
        let tune = try #require(
            try FileManager.default.contentsOfDirectory(atPath: cells).first { $0.hasPrefix("tune-") })
        return try bytes(of: "\(cells)/\(tune)/prompt/adapter_model.safetensors")
    }

    private func bytes(of file: String) throws -> Data { try Data(contentsOf: URL(filePath: file)) }
}
