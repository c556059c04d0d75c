import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// Which of its kernels OpenBLAS uses.
///
/// OpenBLAS chooses by the processor's family when it is loaded, and an older release (0.3.21 of Debian 12) takes those of
/// Haswell, with vectors of 256 bits, for a processor that is younger than itself. Where the processor has AVX-512, those
/// of SkylakeX are nearly twice as fast. Only the environment can tell OpenBLAS so, and only before it is loaded.
public enum OpenBLASCore {
    private static let variable = "OPENBLAS_CORETYPE"
    private static let wideCores: Set<String> = ["SkylakeX", "Cooperlake", "SapphireRapids"]
    /// What the kernels of SkylakeX need.
    private static let wideInstructions: Set<Substring> = [
        "avx512f", "avx512cd", "avx512bw", "avx512dq", "avx512vl",
    ]

    /// Starts this very program anew, with the same arguments, where OpenBLAS has chosen kernels narrower than the
    /// processor; returns where it has not, or where the user has chosen.
    ///
    /// To be called before anything else. Processes that this one starts inherit the choice.
    public static func useWidest() {
        guard getenv(variable) == nil, !wideCores.contains(OpenBLAS.coreName), hasWideInstructions else {
            return
        }
        setenv(variable, "SkylakeX", 1)
        execv("/proc/self/exe", CommandLine.unsafeArgv)
        // Slower kernels are better than none.
        unsetenv(variable)
    }

    private static var hasWideInstructions: Bool {
        let facts = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
        let flags = facts.split(separator: "\n").first { $0.hasPrefix("flags") } ?? ""
        return wideInstructions.isSubset(of: flags.split(separator: " "))
    }
}
