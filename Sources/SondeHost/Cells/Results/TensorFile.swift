import Safetensors
import SondeSDK

/// Tensors in a file of the format safetensors.
enum TensorFile {
    /// Writes tensors in the order of their names.
    static func write(
        _ tensors: [String: DenseTensor], metadata: [String: String] = [:], to path: String
    ) throws {
        let sorted = tensors.sorted { $0.key < $1.key }
        try SafetensorsWriter.write(
            sorted.map {
                SafetensorsWriter.Tensor(name: $0.key, shape: $0.value.shape, values: $0.value.values)
            },
            metadata: metadata, to: path)
    }

    /// One tensor.
    static func read(_ name: String, from path: String) throws -> DenseTensor {
        let file = try SafetensorsFile(path)
        guard let entry = file[name] else {
            let names = file.entries.map(\.name).sorted()
            throw HostError.data(
                "\(path) has no tensor '\(name)'\(NearestName.sentenceEnd(for: name, among: names))")
        }
        return DenseTensor(shape: entry.shape, values: try file.values(of: name))
    }
}
