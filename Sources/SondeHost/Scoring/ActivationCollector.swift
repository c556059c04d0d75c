import Safetensors
import SondeSDK

/// Collects the activations of a tap as tensors named `ID/LAYER`, `[positions × width]`.
final class ActivationCollector {
    let request: TapRequest
    private var tensors: [SafetensorsWriter.Tensor] = []
    private var current: [Int: [UInt32: [Float]]] = [:]

    init(_ request: TapRequest) {
        self.request = request
    }

    /// The tap for a pass over one row.
    func tap(in card: ModelCard) throws -> Tap {
        Tap(
            stack: try request.site.stack(in: card).name, site: request.site.site,
            positions: request.positions
        ) {
            [self] block in
            for index in 0..<block.count {
                current[block.layer, default: [:]][block.positions[index]] = block.activation(index)
            }
        }
    }

    /// Ends a row: what has come since the last one is its own.
    func finishRow(_ id: String) {
        for (layer, activations) in current.sorted(by: { $0.key < $1.key }) {
            let rows = activations.sorted { $0.key < $1.key }.map(\.value)
            tensors.append(
                SafetensorsWriter.Tensor(
                    name: "\(id)/\(layer)", shape: [rows.count, rows[0].count], values: rows.flatMap(\.self)))
        }
        current = [:]
    }

    /// Writes all tensors to the request's file.
    func write() throws {
        let metadata = ["site": request.site.site.rawValue, "positions": request.positions.description]
        try SafetensorsWriter.write(tensors, metadata: metadata, to: request.file)
    }
}
