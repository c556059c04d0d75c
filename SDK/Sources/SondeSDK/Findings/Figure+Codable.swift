extension Figure: Codable {
    private enum CodingKeys: String, CodingKey {
        case title, caption, baseline, kind, data
        case horizontalLabel = "horizontal_label"
        case verticalLabel = "vertical_label"
    }

    private enum Kind: String, Codable {
        case bars, boxes, lines, points, tokens
        case heatMap = "heat_map"
    }

    /// Reads `{"title", "caption", "horizontal_label", "vertical_label", "baseline", "kind", "data"}`.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        let content: FigureContent =
            switch try values.decode(Kind.self, forKey: .kind) {
            case .bars: .bars(try values.decode([FigureContent.Bar].self, forKey: .data))
            case .boxes: .boxes(try values.decode([FigureContent.Box].self, forKey: .data))
            case .lines: .lines(try values.decode([FigureContent.Line].self, forKey: .data))
            case .points: .points(try values.decode([FigureContent.PointSeries].self, forKey: .data))
            case .heatMap: .heatMap(try values.decode(FigureContent.HeatMap.self, forKey: .data))
            case .tokens: .tokens(try values.decode([FigureContent.TokenRow].self, forKey: .data))
            }
        self.init(
            title: try values.decode(String.self, forKey: .title),
            caption: try values.decodeIfPresent(String.self, forKey: .caption) ?? "",
            horizontalLabel: try values.decodeIfPresent(String.self, forKey: .horizontalLabel) ?? "",
            verticalLabel: try values.decodeIfPresent(String.self, forKey: .verticalLabel) ?? "",
            baseline: try values.decodeIfPresent(Baseline.self, forKey: .baseline),
            content: content)
    }

    /// Writes what ``init(from:)`` reads.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(title, forKey: .title)
        try values.encode(caption, forKey: .caption)
        try values.encode(horizontalLabel, forKey: .horizontalLabel)
        try values.encode(verticalLabel, forKey: .verticalLabel)
        try values.encodeIfPresent(baseline, forKey: .baseline)
        switch content {
        case .bars(let bars):
            try values.encode(Kind.bars, forKey: .kind)
            try values.encode(bars, forKey: .data)
        case .boxes(let boxes):
            try values.encode(Kind.boxes, forKey: .kind)
            try values.encode(boxes, forKey: .data)
        case .lines(let lines):
            try values.encode(Kind.lines, forKey: .kind)
            try values.encode(lines, forKey: .data)
        case .points(let series):
            try values.encode(Kind.points, forKey: .kind)
            try values.encode(series, forKey: .data)
        case .heatMap(let map):
            try values.encode(Kind.heatMap, forKey: .kind)
            try values.encode(map, forKey: .data)
        case .tokens(let rows):
            try values.encode(Kind.tokens, forKey: .kind)
            try values.encode(rows, forKey: .data)
        }
    }
}
