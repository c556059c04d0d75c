import SondeJSON
public import SondeSDK

/// Figures as files for other programs.
public enum FigureExport {
    /// The data of the figure as CSV: one line for each bar, box, point, cell or token, numbers with all their digits.
    public static func csv(of figure: Figure) -> String { FigureRecords(of: figure.content).csv }

    /// The figure as a Vega-Lite specification (version 5) that holds its data, for Vega or Altair to restyle.
    public static func vegaLite(of figure: Figure) -> String {
        VegaLite(figure: figure).specification.text(indented: true) + "\n"
    }
}
