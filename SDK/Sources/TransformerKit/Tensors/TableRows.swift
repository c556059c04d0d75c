/// How rows are multiplied with a large table such as a vocabulary.
///
/// Products copy their operands to an order of their own first. For few rows, loops that read the table where it lies are
/// faster (docs/performance.md).
enum TableRows {
    /// Whether there are few rows.
    static func isNarrow(rows: Int) -> Bool { rows <= 64 }

    /// Rows of the table to take at a time: for few rows as many as stay in the cache of a core, 256 KiB at a width of
    /// 1024, for many enough for fast products.
    static func tileCount(isNarrow: Bool) -> Int { isNarrow ? 64 : 1024 }
}
