import Safetensors
import SondeSDK
import Testing

@Suite("Activations agree with those of transformers")
struct TapTests {
    @Test("every site and layer, at prompt, text and answer positions", arguments: ParityFixture.shapes)
    func activations(shape: ParityFixture.Shape) throws {
        let fixture = try ParityFixture(shape)
        let prompt = try fixture.model.prepare(fixture.prompt)
        let recorded = fixture.tensors.entries.filter {
            $0.name.hasPrefix("tap/") || $0.name.hasPrefix("bare/")
        }
        #expect(!recorded.isEmpty)
        for entry in recorded {
            let parts = entry.name.split(separator: "/").map(String.init)
            let hasPrompt = parts[0] == "tap"
            let row = try #require(fixture.rows.first { $0.id == parts[1] })
            // A stack is named where there are two.
            let hasStack = parts.count == 5
            let stack = hasStack ? parts[2] : try fixture.stack
            let site = try #require(Site(rawValue: parts[hasStack ? 3 : 2]))
            let layer = try #require(parts.last.flatMap { Int($0) })
            let isEncoder = hasStack && stack == "encoder"
            var values: [Float] = []
            // With a prompt the whole sequence was recorded, prompt and text; without one the answer alone.
            let tap = Tap(
                stack: stack, site: site, layers: [layer],
                positions: isEncoder || (hasPrompt && !hasStack) ? .all : .answer
            ) { block in
                for index in 0..<block.count { values += block.activation(index) }
            }
            _ = try fixture.model.run(
                Pass(rows: fixture.batch([row]), prompts: hasPrompt ? [prompt] : [], taps: [tap]))
            let expected = try fixture.tensors.values(of: entry.name)
            #expect(values.count == expected.count, "\(shape), \(entry.name)")
            guard values.count == expected.count else { continue }
            #expect(relativeError(values, expected) < 1e-4, "\(shape), \(entry.name)")
        }
    }

    @Test("reading activations leaves the scores as they are")
    func tapsChangeNothing() throws {
        let fixture = try ParityFixture(.init(name: "bloom/three-heads"))
        let prompt = try fixture.model.prepare(fixture.prompt)
        var pass = Pass(rows: fixture.batch(fixture.rows), prompts: [prompt])
        let plain = try fixture.model.run(pass)
        var blocks = 0
        pass.taps = [Tap(stack: "decoder", site: .residual, positions: .text) { _ in blocks += 1 }]
        let tapped = try fixture.model.run(pass)
        #expect(blocks > 0)
        #expect(zip(plain.candidateScores[0], tapped.candidateScores[0]).allSatisfy { abs($0 - $1) < 1e-5 })
    }
}
