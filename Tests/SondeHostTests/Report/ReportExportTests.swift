import SondeHost
import SondeJSON
import SondeSDK
import Testing

@Suite("Figures and tables as files for other programs")
struct ReportExportTests {
    @Test("CSV keeps all digits, gives intervals their own columns and quotes what needs it")
    func tableCSV() {
        var table = ReportSamples.table
        table.rows.append([.text("a, \"b\"\nc"), .number(0.1 + 0.2), .text("")])
        #expect(
            TableExport.csv(of: table) == """
                Task,Tuned,Tuned lower,Tuned upper,n
                subjectivity,0.88,0.85,0.912,500
                polarity,-0.004,-0.0512,0.031,1000
                "a, ""b""\nc",0.30000000000000004,,,

                """)
    }

    @Test("Markdown rounds to the column's digits and escapes what it could take for markup")
    func tableMarkdown() {
        var table = ReportSamples.table
        table.rows[0][0] = .text("a|b *c* <d> `e` [f] \\")
        #expect(
            TableExport.markdown(of: table) == """
                **Accuracy**

                | Task                             |              Tuned |    n |
                | -------------------------------- | -----------------: | ---: |
                | a\\|b \\*c\\* &lt;d> \\`e\\` \\[f\\] \\\\ |  0.88 [0.85, 0.91] |  500 |
                | polarity                         | 0.00 [−0.05, 0.03] | 1000 |

                n test rows; 95 % intervals; majority class 0.52.

                """)
    }

    @Test("LaTeX escapes its special characters and a bracket that begins a row")
    func tableLaTeX() {
        let table = Table(
            title: "50 % & more", columns: [Table.Column("a_b"), Table.Column("x", digits: 1)],
            rows: [[.text("[#1] ~^\\{}$"), .interval(-1, -2, 0.25)], [.text("*"), .number(3)]], note: "")
        #expect(
            TableExport.latex(of: table) == ##"""
                \begin{table}
                  \centering
                  \caption{50 \% \& more}
                  \begin{tabular}{lr}
                    \toprule
                    a\_b & x \\
                    \midrule
                    {[\#1] \textasciitilde{}\textasciicircum{}\textbackslash{}\{\}\$} & $-$1.0 [$-$2.0, 0.2] \\
                    {*} & 3.0 \\
                    \bottomrule
                  \end{tabular}
                \end{table}

                """##)
    }

    @Test("a figure's CSV has one line for each datum", arguments: ReportSamples.Kind.allCases)
    func figureCSV(kind: ReportSamples.Kind) {
        let lines = FigureExport.csv(of: ReportSamples.figure(kind, rows: 7)).split(separator: "\n")
        #expect(lines.count == 1 + (kind == .bars || kind == .heatMap ? 14 : 7))
        let fields = lines[0].split(separator: ",", omittingEmptySubsequences: false).count
        #expect(
            lines.allSatisfy { $0.split(separator: ",", omittingEmptySubsequences: false).count == fields })
    }

    @Test("a figure's CSV names its fields and leaves missing values empty")
    func figureCSVContent() {
        let point = FigureContent.Point(x: 1, y: 0.5, lower: 0.25, label: "a,b")
        let figure = Figure(title: "", caption: "", content: .points([.init(label: "s", points: [point])]))
        #expect(FigureExport.csv(of: figure) == "series,x,y,lower,upper,label\ns,1,0.5,0.25,,\"a,b\"\n")
    }

    @Test("a Vega-Lite specification holds all data and the baseline", arguments: ReportSamples.Kind.allCases)
    func vegaLite(kind: ReportSamples.Kind) throws {
        let text = FigureExport.vegaLite(of: ReportSamples.figure(kind, rows: 7))
        let specification = try JSONValue(parsing: text)
        #expect(specification["$schema"]?.stringValue == "https://vega.github.io/schema/vega-lite/v5.json")
        #expect(specification["title"]?.stringValue == "title name")
        let records = try #require(specification["data"]?["values"]?.arrayValue)
        #expect(records.count == (kind == .bars || kind == .heatMap ? 14 : 7))
        let fields = Set(try #require(records[0].objectValue).keys)
        let layers = try #require(specification["layer"]?.arrayValue)
        let used = layers.flatMap { layer in
            (layer["encoding"]?.objectValue?.values ?? []).compactMap { $0["field"]?.stringValue }
        }
        #expect(Set(used).isSubset(of: fields))
        #expect(layers.contains { $0["encoding"]?["y"]?["datum"]?.doubleValue == 0.4 })
    }

    @Test("a value that is not finite is null in Vega-Lite and empty in CSV")
    func notFinite() throws {
        let figure = ReportSamples.figure(.lines, rows: 1, value: .nan)
        let specification = try JSONValue(parsing: FigureExport.vegaLite(of: figure))
        #expect(specification["data"]?["values"]?[0]?["y"] == .null)
        #expect(FigureExport.csv(of: figure).contains("line name,0,,,,point 0 name"))
    }
}
