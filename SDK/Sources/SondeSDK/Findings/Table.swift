/// A table: columns with headings, rows of cells.
public struct Table: Sendable, Codable, Hashable {
    /// A heading.
    public struct Column: Sendable, Codable, Hashable {
        /// What stands at the top.
        public var title: String
        /// Digits after the point of its numbers.
        public var digits: Int

        /// A column.
        public init(_ title: String, digits: Int = 3) {
            self.title = title
            self.digits = digits
        }
    }

    /// One cell: a text, a number, or a number with its interval.
    public struct Cell: Sendable, Codable, Hashable {
        /// The text of a cell that is no number.
        public var text: String?
        /// The number.
        public var value: Double?
        /// The lower end of its interval.
        public var lower: Double?
        /// The upper end of its interval.
        public var upper: Double?

        /// A text.
        public static func text(_ text: String) -> Cell { Cell(text: text) }
        /// A number.
        public static func number(_ value: Double) -> Cell { Cell(value: value) }
        /// A number with its interval.
        public static func interval(_ value: Double, _ lower: Double, _ upper: Double) -> Cell {
            Cell(value: value, lower: lower, upper: upper)
        }
    }

    /// What it shows.
    public var title: String
    /// Its headings.
    public var columns: [Column]
    /// Its rows; each has as many cells as there are columns.
    public var rows: [[Cell]]
    /// What a reader must know: n, the baseline, the kind of interval.
    public var note: String

    /// A table.
    public init(title: String, columns: [Column], rows: [[Cell]], note: String) {
        self.title = title
        self.columns = columns
        self.rows = rows
        self.note = note
    }
}
