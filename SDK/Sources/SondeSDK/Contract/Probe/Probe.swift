public import SondeJSON

/// Looks at tuned prompts and models in three steps.
///
/// The host caches, resumes and distributes the units, so a probe never thinks of it.
public protocol Probe: AnyObject {
    /// Names independent units of work and what each needs.
    func plan(_ study: StudyOutline) throws -> [ProbeUnit]
    /// Does one unit's work from exactly what it needs; a pure function of its inputs and seed.
    func measure(_ unit: ProbeUnit, with services: any ProbeServices) throws -> Measurement
    /// Turns the measurements of all units into findings.
    func conclude(_ units: [ProbeUnit], with services: any ProbeServices) throws -> Findings
}

/// What is known of a probe before it is created.
public struct ProbeDescriptor: Sendable {
    /// Unique among probes; never changes.
    public var id: String
    /// One line.
    public var summary: String
    /// What it needs of a model: names of capabilities.
    public var needs: [Capability]
    /// Its options.
    public var options: OptionSchema

    /// A probe's description.
    public init(id: String, summary: String, needs: [Capability] = [], options: [OptionDeclaration] = []) {
        self.id = id
        self.summary = summary
        self.needs = needs
        self.options = OptionSchema(options)
    }
}

/// One unit of a probe's work.
public struct ProbeUnit: Sendable, Codable, Hashable {
    /// A measurement of a probe's unit.
    public struct Input: Sendable, Codable, Hashable {
        /// The probe's name in the study; `nil` for the probe that plans.
        public var probe: String?
        /// The unit's id.
        public var unit: String

        /// A measurement by name.
        public init(probe: String? = nil, unit: String) {
            self.probe = probe
            self.unit = unit
        }
    }

    /// Unique within the probe; shown to people.
    public var id: String
    /// Names of the tuned prompts that it reads.
    public var prompts: [String]
    /// Names of the models that it runs.
    public var models: [String]
    /// Names of the tasks whose rows it reads.
    public var tasks: [String]
    /// Measurements of other units, of this or an earlier probe.
    public var measurements: [Input]
    /// Anything else that the probe wants to find in the unit.
    public var parameters: JSONValue

    /// A unit.
    public init(
        id: String, prompts: [String] = [], models: [String] = [], tasks: [String] = [],
        measurements: [Input] = [],
        parameters: JSONValue = .null
    ) {
        self.id = id
        self.prompts = prompts
        self.models = models
        self.tasks = tasks
        self.measurements = measurements
        self.parameters = parameters
    }

    /// Reads a unit; what a plugin leaves out is empty.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        id = try values.decode(String.self, forKey: .id)
        prompts = try values.decodeIfPresent([String].self, forKey: .prompts) ?? []
        models = try values.decodeIfPresent([String].self, forKey: .models) ?? []
        tasks = try values.decodeIfPresent([String].self, forKey: .tasks) ?? []
        measurements = try values.decodeIfPresent([Input].self, forKey: .measurements) ?? []
        parameters = try values.decodeIfPresent(JSONValue.self, forKey: .parameters) ?? .null
    }
}

/// What a unit found: JSON and named tensors.
public struct Measurement: Sendable {
    /// The numbers.
    public var json: JSONValue
    /// The tensors by name.
    public var tensors: [String: DenseTensor]

    /// A measurement.
    public init(json: JSONValue, tensors: [String: DenseTensor] = [:]) {
        self.json = json
        self.tensors = tensors
    }
}

/// A tensor of float32, row-major.
public struct DenseTensor: Sendable, Hashable {
    /// Its shape.
    public var shape: [Int]
    /// Its values.
    public var values: [Float]

    /// A tensor whose shape's product is the number of values.
    public init(shape: [Int], values: [Float]) {
        precondition(shape.reduce(1, *) == values.count)
        self.shape = shape
        self.values = values
    }
}
