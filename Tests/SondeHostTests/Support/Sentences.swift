import SondeHost

/// Matches errors of the host whose sentence holds all parts.
func sentence(
    _ kind: HostError.Kind = .data, containing parts: String...
) -> @Sendable (any Error) -> Bool {
    { error in
        let error = HostError(error)
        return error.kind == kind && parts.allSatisfy(error.sentence.contains)
    }
}
