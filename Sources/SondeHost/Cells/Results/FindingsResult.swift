import SondeJSON
import SondeSDK

/// What a conclude cell makes: `findings.json`.
struct FindingsResult: Sendable {
    private static let file = "findings.json"

    let findings: Findings

    init(findings: Findings) {
        self.findings = findings
    }

    init(readFrom folder: String) throws {
        findings = try JSONFile.read(Findings.self, from: folder + "/" + Self.file)
    }

    func write(to folder: String) throws {
        try JSONFile.write(try JSONValue(encoding: findings), to: folder + "/" + Self.file)
    }
}
