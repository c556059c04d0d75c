import SondeJSON
import SondeSDK

/// What a measure cell makes: `measurement.json`, and `tensors.safetensors` where there are tensors.
struct MeasurementResult: Sendable {
    private static let file = "measurement.json"
    private static let tensorFile = "tensors.safetensors"

    let measurement: Measurement

    init(_ measurement: Measurement) {
        self.measurement = measurement
    }

    func write(to folder: String) throws {
        try JSONFile.write(measurement.json, to: folder + "/" + Self.file)
        guard !measurement.tensors.isEmpty else { return }
        try TensorFile.write(measurement.tensors, to: folder + "/" + Self.tensorFile)
    }

    /// The numbers of a measurement.
    static func json(in folder: String) throws -> JSONValue { try JSONFile.read(folder + "/" + file) }

    /// A tensor of a measurement.
    static func tensor(_ name: String, in folder: String) throws -> DenseTensor {
        try TensorFile.read(name, from: folder + "/" + tensorFile)
    }
}
