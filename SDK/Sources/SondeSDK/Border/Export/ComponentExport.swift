import CSonde
import SondeJSON

#if canImport(Glibc)
    import Glibc
#endif

/// A component that `create` finds again through the C table.
final class ComponentBox {
    let component: Component

    init(_ component: Component) {
        self.component = component
    }

    /// The component behind the table that a create function was given.
    static func from(_ table: UnsafePointer<sonde_component>?) throws -> Component {
        guard let context = table?.pointee.context else {
            throw SondeError.invalidArgument("create was called without its component.")
        }
        return Unmanaged<ComponentBox>.fromOpaque(context).takeUnretainedValue().component
    }
}

/// Makes the C description of a component.
enum ComponentExport {
    static func make(_ component: Component) -> UnsafePointer<sonde_component> {
        let description = component.description
        let memory = UnsafeMutablePointer<sonde_component>.allocate(capacity: 1)
        memory.initialize(
            to: sonde_component(
                struct_size: size(of: sonde_component.self), kind: description.kind.rawValue, reserved: 0,
                id: strdup(description.id), summary: strdup(description.summary),
                descriptor: strdup(description.facts.text()),
                options: strdup(description.options.json.text()),
                table: description.kind.table,
                context: UnsafeRawPointer(Unmanaged.passRetained(ComponentBox(component)).toOpaque())))
        return UnsafePointer(memory)
    }
}

extension ComponentKind {
    /// The C functions of the kind.
    fileprivate var table: UnsafeRawPointer {
        switch self {
        case .model: UnsafeRawPointer(ModelExport.table)
        case .dataset: UnsafeRawPointer(DatasetExport.table)
        case .probe: UnsafeRawPointer(ProbeExport.table)
        case .metric: UnsafeRawPointer(MetricExport.table)
        }
    }
}

extension Component {
    fileprivate struct Description {
        let kind: ComponentKind
        let id: String
        let summary: String
        let facts: JSONValue
        let options: OptionSchema
    }

    fileprivate var description: Description {
        switch self {
        case .model(let model, _):
            let facts: JSONValue = [
                "model_types": .array(model.modelTypes.map { .string($0) }),
                "capabilities": .array(model.capabilities.map { .string($0.rawValue) }),
            ]
            return Description(
                kind: .model, id: model.id, summary: model.summary, facts: facts, options: model.options)
        case .dataset(let dataset, _):
            return Description(
                kind: .dataset, id: dataset.id, summary: dataset.summary, facts: [:], options: dataset.options
            )
        case .probe(let probe, _):
            let facts: JSONValue = ["needs": .array(probe.needs.map { .string($0.rawValue) })]
            return Description(
                kind: .probe, id: probe.id, summary: probe.summary, facts: facts, options: probe.options)
        case .metric(let metric, _):
            let facts: JSONValue = [
                "range": [
                    metric.range.lower.map { .number($0) } ?? .null,
                    metric.range.upper.map { .number($0) } ?? .null,
                ],
                "higher_is_better": .boolean(metric.higherIsBetter),
                "compares": .string(metric.comparison.rawValue),
                "proportion": .boolean(metric.isProportion),
            ]
            return Description(
                kind: .metric, id: metric.id, summary: metric.summary, facts: facts, options: metric.options)
        }
    }
}
