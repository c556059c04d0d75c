/// What one prompt was found to be near to.
struct SemanticsMeasurement: Codable {
    /// A token with its cosine to a row.
    struct Neighbour: Codable {
        var id: Int32
        var text: String
        var cosine: Double
    }

    /// One live row.
    struct Row: Codable {
        var row: Int
        var nearest: [Neighbour]
        /// The token that the row began as; absent where it began as noise.
        var initial: Neighbour?
        /// 1 if no token is nearer than the initial one.
        var initialRank: Int?
        /// Euclidean distance from the row's first values.
        var drift: Double
        /// Cosine with the row's first values.
        var driftCosine: Double
        /// Euclidean norm of the row's first values.
        var initialNorm: Double

        private enum CodingKeys: String, CodingKey {
            case row, nearest, initial, drift
            case initialRank = "initial_rank"
            case driftCosine = "drift_cosine"
            case initialNorm = "initial_norm"
        }
    }

    /// What cosines within the vocabulary are like, to compare with.
    struct Scale: Codable {
        /// How many tokens were sampled.
        var samples: Int
        /// The mean cosine of two random tokens.
        var randomPair: Double
        /// The median cosine of a token with its nearest other token.
        var nearestOther: Double

        private enum CodingKeys: String, CodingKey {
            case samples
            case randomPair = "random_pair"
            case nearestOther = "nearest_other"
        }
    }

    var rows: [Row]
    /// Rows that the model never reads, which are left out.
    var deadRows: Int
    var scale: Scale

    private enum CodingKeys: String, CodingKey {
        case rows, scale
        case deadRows = "dead_rows"
    }
}
