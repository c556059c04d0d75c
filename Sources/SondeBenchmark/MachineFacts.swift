import Foundation
import SondeHost

/// What a reader must know of the machine to make sense of times.
public struct MachineFacts: Sendable, Codable {
    /// The processor's name, by /proc/cpuinfo.
    public let processor: String
    /// Processors that this process may use.
    public let processors: Int
    /// Distinct cores among them; `nil` where the system does not tell.
    public let cores: Int?
    /// OpenBLAS's version and how it was built.
    public let openBLAS: String
    /// OpenBLAS's name for the kernels that it uses.
    public let openBLASCore: String

    /// The facts of this machine.
    public init() {
        let lines = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8))?.split(separator: "\n")
        let name = lines?.first { $0.hasPrefix("model name") }?.split(separator: ":").last
        processor = name?.trimmingCharacters(in: .whitespaces) ?? "unknown"
        let allowed = Processors()
        processors = allowed.allowed.count
        cores = allowed.cores
        openBLAS = OpenBLAS.configuration.trimmingCharacters(in: .whitespaces)
        openBLASCore = OpenBLAS.coreName
    }

    private enum CodingKeys: String, CodingKey {
        case processor, processors, cores
        case openBLAS = "openblas"
        case openBLASCore = "openblas_core"
    }
}
