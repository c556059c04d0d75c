import COpenBLAS

/// The one OpenBLAS in the process.
///
/// It has no setting per thread, so nobody but the host touches it.
public enum OpenBLAS {
    /// How many threads a matrix product may use.
    ///
    /// A build may use fewer than it was asked for: it has a limit of its own, or no threads at all. Reading gives what it
    /// uses.
    public static var threadCount: Int {
        get { Int(openblas_get_num_threads()) }
        set { openblas_set_num_threads(Int32(clamping: newValue)) }
    }

    /// OpenBLAS's name for the kernels that it uses, such as `Haswell`.
    public static var coreName: String { String(cString: openblas_get_corename()) }

    /// Its version and how it was built, in its own words.
    public static var configuration: String { String(cString: openblas_get_config()) }
}
