import SondeJSON
public import SondeSDK

/// How much memory the weights of a checkpoint may take.
public enum WeightMemory: String, Sendable, CaseIterable {
    /// All weights are float32 in memory: the fastest.
    case normal
    /// Matrices of 16 bits stay as they are in the mapped file and are widened a tile at a time wherever they are used:
    /// less than half the memory.
    case low

    /// The option `memory` of a model plugin.
    public static let option = OptionDeclaration(
        "memory", .choice(allCases.map(\.rawValue)), default: .string(WeightMemory.normal.rawValue),
        "With 'low', weights of 16 bits stay in the mapped file and are widened a tile at a time")

    /// What the option says.
    /// - Throws: ``SondeError`` if it is missing or unknown.
    public init(_ options: Options) throws {
        let word = try options.string(Self.option.name)
        guard let memory = WeightMemory(rawValue: word) else {
            throw SondeError.invalidArgument("The option 'memory' is '\(word)'; it is 'normal' or 'low'.")
        }
        self = memory
    }
}
