public import Foundation

/// The report of a run, with how its numbers came about.
public struct StudyReport {
    private let document: ReportDocument

    /// Assembles the report of what is finished.
    public init(_ run: StudyRun, registry: Registry, date: Date = Date()) throws {
        let study = run.study
        var facts = [
            ReportDocument.Fact(name: "sonde", value: HostVersion.current),
            ReportDocument.Fact(name: "study file", value: study.file.path),
            ReportDocument.Fact(name: "seeds", value: study.seeds.map(String.init).joined(separator: ", ")),
        ]
        facts += study.models.map { model in
            ReportDocument.Fact(
                name: "model \(model.name)", value: "\(model.source.directory) (\(model.source.component.id))"
            )
        }
        let used = Set(study.components.map(\.plugin))
        facts += registry.plugins.filter { used.contains(PluginBuild($0)) }.map { plugin in
            ReportDocument.Fact(
                name: "plugin \(plugin.id)", value: "\(plugin.version), build \(plugin.digest.short)")
        }
        facts += try run.environments().map { environment, count in
            ReportDocument.Fact(name: "environment of \(count) cells", value: environment.description)
        }
        facts += run.cells.map { ReportDocument.Fact(name: $0.cell.title, value: $0.cell.name) }
        document = try run.results().report(failures: run.failures, provenance: facts, date: date)
    }

    /// Writes `report.html` and the folder `report` with its tables and figures beside it.
    /// - Returns: where the page is.
    public func write(to folder: URL) throws -> URL {
        try ReportWriter.write(document, to: folder)
    }
}

extension Study {
    /// All components that the study uses.
    var components: [ComponentSource] {
        models.map(\.source.component) + tasks.map(\.dataset) + metrics.map(\.source) + probes.map(\.source)
    }
}
