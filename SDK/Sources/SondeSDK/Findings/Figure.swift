/// A figure by its data; the host draws it.
public struct Figure: Sendable, Hashable {
    /// What it shows.
    public var title: String
    /// What a reader must know: n, the baseline, the kind of interval.
    public var caption: String
    /// The horizontal axis.
    public var horizontalLabel: String
    /// The vertical axis.
    public var verticalLabel: String
    /// A level to compare with, such as the majority rate.
    public var baseline: Baseline?
    /// The data.
    public var content: FigureContent

    /// A figure.
    public init(
        title: String, caption: String, horizontalLabel: String = "", verticalLabel: String = "",
        baseline: Baseline? = nil, content: FigureContent
    ) {
        self.title = title
        self.caption = caption
        self.horizontalLabel = horizontalLabel
        self.verticalLabel = verticalLabel
        self.baseline = baseline
        self.content = content
    }

    /// A level across the whole figure.
    public struct Baseline: Sendable, Codable, Hashable {
        /// Its name.
        public var label: String
        /// Its value on the vertical axis.
        public var value: Double

        /// A level.
        public init(label: String, value: Double) {
            self.label = label
            self.value = value
        }
    }
}

/// The data of a figure.
public enum FigureContent: Sendable, Hashable {
    /// Bars with intervals, in groups.
    case bars([Bar])
    /// Boxes from five-number summaries.
    case boxes([Box])
    /// Lines with bands.
    case lines([Line])
    /// Points.
    case points([PointSeries])
    /// A heat map.
    case heatMap(HeatMap)
    /// Rows of tokens.
    case tokens([TokenRow])

    /// A bar.
    public struct Bar: Sendable, Codable, Hashable {
        /// Its place on the horizontal axis.
        public var group: String
        /// Its colour.
        public var series: String
        /// Its height.
        public var value: Double
        /// The lower end of its interval.
        public var lower: Double?
        /// The upper end of its interval.
        public var upper: Double?

        /// A bar.
        public init(group: String, series: String, value: Double, lower: Double? = nil, upper: Double? = nil)
        {
            self.group = group
            self.series = series
            self.value = value
            self.lower = lower
            self.upper = upper
        }
    }

    /// A five-number summary.
    public struct Box: Sendable, Codable, Hashable {
        /// Its name.
        public var label: String
        /// Minimum, lower quartile, median, upper quartile, maximum.
        public var summary: [Double]

        /// A box.
        public init(label: String, summary: [Double]) {
            self.label = label
            self.summary = summary
        }
    }

    /// A line with a band.
    public struct Line: Sendable, Codable, Hashable {
        /// Its name.
        public var label: String
        /// Its points from left to right.
        public var points: [Point]

        /// A line.
        public init(label: String, points: [Point]) {
            self.label = label
            self.points = points
        }
    }

    /// Points of one colour.
    public struct PointSeries: Sendable, Codable, Hashable {
        /// Its name.
        public var label: String
        /// Its points.
        public var points: [Point]

        /// A series.
        public init(label: String, points: [Point]) {
            self.label = label
            self.points = points
        }
    }

    /// A point, with the ends of its interval where it has one.
    public struct Point: Sendable, Codable, Hashable {
        /// Its place on the horizontal axis.
        public var x: Double
        /// Its place on the vertical axis.
        public var y: Double
        /// The lower end of its interval.
        public var lower: Double?
        /// The upper end of its interval.
        public var upper: Double?
        /// A name shown beside it.
        public var label: String?

        /// A point.
        public init(x: Double, y: Double, lower: Double? = nil, upper: Double? = nil, label: String? = nil) {
            self.x = x
            self.y = y
            self.lower = lower
            self.upper = upper
            self.label = label
        }
    }

    /// Values in a grid.
    public struct HeatMap: Sendable, Codable, Hashable {
        /// Names of the rows.
        public var rows: [String]
        /// Names of the columns.
        public var columns: [String]
        /// `[rows][columns]`; `nil` where there is no value.
        public var values: [[Double?]]

        /// A heat map.
        public init(rows: [String], columns: [String], values: [[Double?]]) {
            self.rows = rows
            self.columns = columns
            self.values = values
        }
    }

    /// Tokens beside a name, each with a number.
    public struct TokenRow: Sendable, Codable, Hashable {
        /// One token.
        public struct Token: Sendable, Codable, Hashable {
            /// The token as people should see it.
            public var text: String
            /// Its number, which is also its shade.
            public var value: Double

            /// A token.
            public init(text: String, value: Double) {
                self.text = text
                self.value = value
            }
        }

        /// The row's name.
        public var label: String
        /// The token that it began as.
        public var origin: String?
        /// Its tokens.
        public var tokens: [Token]

        /// A row of tokens.
        public init(label: String, origin: String? = nil, tokens: [Token]) {
            self.label = label
            self.origin = origin
            self.tokens = tokens
        }
    }
}
