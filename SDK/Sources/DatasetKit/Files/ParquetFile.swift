import SondeSDK

/// What is said of Parquet files, which are not read here.
enum ParquetFile {
    /// The bytes that every Parquet file begins with.
    private static let magic = Array("PAR1".utf8)

    static func isBeginning(_ bytes: [UInt8]) -> Bool { bytes.starts(with: magic) }

    static func isName(_ path: String) -> Bool { path.hasSuffix(".parquet") }

    static func refusal(of path: String) -> SondeError {
        .invalidData(
            "\(path) is a Parquet file, which is not read; samples/parquet_to_jsonlines.py turns it into JSON lines."
        )
    }
}
