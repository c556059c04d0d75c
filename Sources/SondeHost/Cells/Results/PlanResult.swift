import SondeJSON
import SondeSDK

/// What a plan cell makes: `units.json`.
struct PlanResult: Sendable {
    private static let file = "units.json"

    let units: [ProbeUnit]

    init(units: [ProbeUnit]) {
        self.units = units
    }

    init(readFrom folder: String) throws {
        units = try JSONFile.read([ProbeUnit].self, from: folder + "/" + Self.file)
    }

    func write(to folder: String) throws {
        try JSONFile.write(try JSONValue(encoding: units), to: folder + "/" + Self.file)
    }
}
