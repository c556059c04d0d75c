import COpenBLAS

/// The thread count of the one OpenBLAS in the process.
///
/// OpenBLAS has no setting per thread, so nobody but the host touches it.
public enum OpenBLAS {
    /// How many threads a matrix product may use.
    public static var threadCount: Int {
        get { Int(openblas_get_num_threads()) }
        set { openblas_set_num_threads(Int32(clamping: newValue)) }
    }

    /// OpenBLAS's name for the kernels that it uses, such as `Haswell`.
    public static var coreName: String { String(cString: openblas_get_corename()) }
}
