import SondeJSON

/// A model of a study, as a worker needs it to load it.
struct ModelSource: Codable, Sendable, Hashable {
    /// Its name in the study.
    let name: String
    let component: ComponentSource
    /// The checkpoint's folder.
    let directory: String
    /// The digest of everything in the folder but the weights: configuration and tokenizer.
    let settingsDigest: String
    /// The digest of the weights, by the model itself; `nil` until it has been asked.
    var weightsDigest: String?

    /// The same, as it is before the model has been asked.
    var withoutDigest: ModelSource {
        var source = self
        source.weightsDigest = nil
        return source
    }

    /// What its results depend on besides builds.
    var identity: JSONValue {
        [
            "component": component.identity, "settings": .string(settingsDigest),
            "weights": weightsDigest.map { .string($0) } ?? .null,
        ]
    }
}
