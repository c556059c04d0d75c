import Foundation
import SondeHost
import SondeSDK
import Testing

@Suite("Figures as SVG")
struct ReportFigureDrawingTests {
    @Test("are well-formed, titled and described", arguments: ReportSamples.Kind.allCases, [1, 3, 200])
    func areWellFormed(kind: ReportSamples.Kind, rows: Int) throws {
        let svg = try XMLTree.root(of: FigureDrawing.svg(of: ReportSamples.figure(kind, rows: rows)))
        #expect(svg.name == "svg")
        #expect(svg.children.first?.name == "title")
        #expect(svg.children.first?.text == "title name")
        let description = try #require(svg.elements(named: "desc").first).text
        #expect(description.contains("caption name"))
        #expect(description.contains("Baseline: baseline name, 0.4."))
    }

    @Test("draw as many marks as there are data", arguments: [1, 3, 200])
    func drawEveryDatum(rows: Int) throws {
        func count(_ kind: ReportSamples.Kind, _ role: String) throws -> Int {
            try XMLTree.root(of: FigureDrawing.svg(of: ReportSamples.figure(kind, rows: rows)))
                .elements(ofClass: role).count
        }
        #expect(try count(.bars, "bar") == 2 * rows)
        #expect(try count(.boxes, "median") == rows)
        #expect(try count(.points, "point") == rows)
        #expect(try count(.heatMap, "cell") == 2 * rows)
        #expect(try count(.heatMap, "missing") == rows)
        #expect(try count(.tokens, "chip") == rows)
        #expect(try count(.lines, rows == 1 ? "interval" : "band") == 1)
    }

    /// Pictures of another process, so that an order which depends on hashing would be seen; look at them when they change.
    @Test("are the same bytes as the committed pictures", arguments: ReportSamples.Kind.allCases)
    func areDeterministic(kind: ReportSamples.Kind) throws {
        let svg = FigureDrawing.svg(of: ReportSamples.figure(kind, rows: 5))
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Fixtures/report/\(kind.rawValue).svg").standardizedFileURL
        if ProcessInfo.processInfo.environment["SONDE_RECORD_FIXTURES"] != nil {
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(svg.utf8).write(to: file)
        }
        #expect(try svg == String(contentsOf: file, encoding: .utf8))
    }

    @Test(
        "keep hostile text as text in every place", arguments: ReportSamples.Kind.allCases,
        ReportSamples.hostileTexts)
    func escapeText(kind: ReportSamples.Kind, text: String) throws {
        let document = FigureDrawing.svg(of: ReportSamples.figure(kind, text: text))
        let svg = try XMLTree.root(of: document)
        let known: Set = [
            "svg", "g", "title", "desc", "rect", "line", "text", "circle", "polygon", "polyline",
        ]
        #expect(Set(svg.all.map(\.name)).isSubset(of: known))
        let invisible = document.unicodeScalars.filter { scalar in
            scalar != "\n"
                && (scalar.properties.generalCategory == .control
                    || "\u{202E}\u{2066}\u{200B}\u{FEFF}\u{2028}".unicodeScalars.contains(scalar))
        }
        #expect(invisible.isEmpty)
    }

    @Test("name a control character instead of showing it")
    func nameControlCharacters() {
        let figure = ReportSamples.figure(.tokens, text: "\u{1B}[31m")
        #expect(FigureDrawing.svg(of: figure).contains("⟨U+001B⟩[31m"))
    }

    @Test("show the space that begins a token, and a mark without a letter")
    func showTokens() throws {
        let row = FigureContent.TokenRow(
            label: "0", origin: " good",
            tokens: [.init(text: " good", value: 1), .init(text: "\u{301}", value: 0.5)])
        let svg = FigureDrawing.svg(of: Figure(title: "", caption: "", content: .tokens([row])))
        #expect(svg.contains("␣good"))
        #expect(svg.contains("◌\u{301}"))
        #expect(try XMLTree.root(of: svg).elements(ofClass: "origin").count == 1)
    }

    @Test("hold no coordinate that is no number", arguments: ReportSamples.Kind.allCases)
    func leaveOutWhatIsNotFinite(kind: ReportSamples.Kind) throws {
        for value in [Double.nan, .infinity, -.infinity, 1e300, -1e-300, 0] {
            for rows in [1, 3] {
                let svg = try XMLTree.root(
                    of: FigureDrawing.svg(of: ReportSamples.figure(kind, rows: rows, value: value)))
                let numeric = ["x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "width", "height"]
                for element in svg.all {
                    for name in numeric {
                        guard let text = element.attributes[name] else { continue }
                        let number = try #require(Double(text))
                        #expect(number.isFinite && abs(number) < 1e5)
                    }
                    for pair in (element.attributes["points"] ?? "").split(separator: " ") {
                        #expect(pair.split(separator: ",").allSatisfy { Double($0)?.isFinite == true })
                    }
                }
            }
        }
    }

    @Test(
        "say that there are no data",
        arguments: [
            FigureContent.bars([]), .boxes([]), .lines([]), .points([]), .tokens([]),
            .heatMap(FigureContent.HeatMap(rows: [], columns: [], values: [])),
            .lines([FigureContent.Line(label: "empty", points: [])]),
        ])
    func sayWhenEmpty(content: FigureContent) throws {
        let svg = try XMLTree.root(
            of: FigureDrawing.svg(of: Figure(title: "t", caption: "", content: content)))
        #expect(svg.elements(named: "text").contains { $0.text == "No data." })
    }

    @Test("stand in the picture from edge to edge", arguments: ReportSamples.Kind.allCases, [1, 3, 30, 200])
    func stayInside(kind: ReportSamples.Kind, rows: Int) throws {
        let svg = try XMLTree.root(
            of: FigureDrawing.svg(of: ReportSamples.figure(kind, rows: rows, text: "of a long name indeed")))
        for shape in svg.all where shape.name == "rect" || shape.name == "text" {
            let (x, y) = (shape.number("x"), shape.number("y"))
            #expect(x >= 0 && x <= svg.number("width"))
            #expect(y >= -14 && y <= svg.number("height"))
            if shape.name == "rect" {
                #expect(x + shape.number("width") <= svg.number("width"))
                #expect(shape.number("width") >= 0 && shape.number("height") >= 0)
            }
        }
    }
}
