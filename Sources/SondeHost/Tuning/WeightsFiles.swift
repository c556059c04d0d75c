import Foundation
import Safetensors
import SondeSDK

/// Files with the weights of a model that is being tuned, beside a checkpoint whose name they begin with.
struct WeightsFiles {
    private static let firstMoments = "optimiser/first"
    private static let secondMoments = "optimiser/second"
    private static let ending = ".safetensors"

    private let checkpoint: URL

    init(beside checkpoint: String) { self.checkpoint = URL(filePath: checkpoint) }

    /// Writes the weights, and what the optimiser remembers of them if it is given.
    /// - Throws: ``HostError`` with the system's words.
    func write(_ name: String, _ model: any Model, _ moments: AdamW.Moments? = nil) throws {
        try Self.write(model, moments, to: path(name))
    }

    /// Writes the weights of a model alone to a file.
    /// - Throws: ``HostError`` with the system's words.
    static func write(_ model: any Model, to path: String) throws { try write(model, nil, to: path) }

    private static func write(_ model: any Model, _ moments: AdamW.Moments?, to path: String) throws {
        var tensors: [SafetensorsStream.Tensor] = []
        try model.withWeights { tensors.append(.init(name: $0.name, shape: $0.shape)) }
        if let moments {
            tensors += [firstMoments, secondMoments].map {
                .init(name: $0, shape: [moments.first.count])
            }
        }
        let metadata = moments.map { ["step": "\($0.step)"] } ?? ["format": "pt"]
        do {
            let stream = try SafetensorsStream(tensors, metadata: metadata, to: path)
            try model.withWeights { weight in try weight.values.withSpan { try stream.append($0) } }
            if let moments {
                try stream.append(moments.first.span)
                try stream.append(moments.second.span)
            }
            try stream.finish()
        } catch let error as SafetensorsError {
            throw HostError.inputOutput(error.description)
        }
    }

    /// Gives a model the weights of a file.
    /// - Parameter momentCount: how many numbers the optimiser remembers; 0 for a file of weights alone.
    /// - Throws: ``HostError`` for a file that is gone or not of this model.
    func read(_ name: String, into model: any Model, momentCount: Int = 0) throws -> AdamW.Moments {
        let path = path(name)
        do {
            let file = try SafetensorsFile(path)
            try model.withWeights { weight in
                try weight.values.withMutableSpan { try file.copyValues(of: weight.name, to: &$0) }
            }
            var moments = AdamW.Moments(count: momentCount)
            if momentCount > 0 {
                moments.step = file.metadata["step"].flatMap { Int($0) } ?? 0
                var first = moments.first.mutableSpan
                try file.copyValues(of: Self.firstMoments, to: &first)
                var second = moments.second.mutableSpan
                try file.copyValues(of: Self.secondMoments, to: &second)
            }
            return moments
        } catch let error as SafetensorsError {
            throw HostError.data(
                "\(error.description); delete the checkpoint '\(checkpoint.path)' to begin anew.")
        }
    }

    /// Removes the files of this checkpoint but those named.
    func removeAll(but kept: [String?]) {
        let folder = checkpoint.deletingLastPathComponent()
        let keptFiles = kept.compactMap { $0.map { URL(filePath: path($0)).lastPathComponent } }
        for file in (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        where file.hasPrefix(checkpoint.lastPathComponent + "-") && file.hasSuffix(Self.ending)
            && !keptFiles.contains(file)
        {
            try? FileManager.default.removeItem(at: folder.appending(path: file))
        }
    }

    private func path(_ name: String) -> String { "\(checkpoint.path)-\(name)\(Self.ending)" }
}
