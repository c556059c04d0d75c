/// Which host this is.
public enum HostVersion {
    /// What plugins are told about the host's name.
    public static let name = "sonde"
    /// Semantic version.
    public static let current = "0.1.0"
}
