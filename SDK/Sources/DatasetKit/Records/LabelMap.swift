public import SondeJSON
import SondeSDK

/// Turns the value that a file gives as a label into the label's index.
public struct LabelMap: Sendable {
    /// The labels in the order of their indices.
    public let names: [String]
    /// Indices by the value as it is written in the file.
    private let indices: [String: Int]
    /// Whether integers are indices and booleans 0 and 1.
    private let countsFromZero: Bool

    /// Labels that stand in files as their name, their index, or (two of them) as a boolean.
    /// - Parameter aliases: labels by other words that files may have for them.
    public init(names: [String], aliases: [String: String] = [:]) {
        var indices = Dictionary(uniqueKeysWithValues: zip(names, 0...))
        for (alias, name) in aliases { indices[alias] = indices[name] }
        self.init(names: names, indices: indices, true)
    }

    /// Reads the option `labels`: a list of names, or a map from the value in the file to the name.
    ///
    /// With a list, a file may hold the name itself, its index, or (for two labels) a boolean. With a map, labels are
    /// numbered in the order in which their names first appear, and several values may share a name.
    /// - Throws: ``SondeError`` for anything else, and for a name that stands twice in a list.
    public init(_ option: JSONValue) throws {
        switch option {
        case .array(let elements):
            let names = elements.compactMap(\.stringValue)
            guard names.count == elements.count, !names.isEmpty else { throw Self.misunderstood }
            if let twice = names.first(where: { name in names.count { $0 == name } > 1 }) {
                throw SondeError.invalidArgument(
                    "The label '\(twice)' stands twice in 'labels'; name each once.")
            }
            self.init(names: names)
        case .object(let members):
            var names: [String] = []
            var indices: [String: Int] = [:]
            for (raw, value) in members {
                guard let name = value.stringValue else { throw Self.misunderstood }
                if !names.contains(name) { names.append(name) }
                indices[raw] = names.firstIndex(of: name)
            }
            guard !names.isEmpty else { throw Self.misunderstood }
            self.init(names: names, indices: indices, false)
        default: throw Self.misunderstood
        }
    }

    private init(names: [String], indices: [String: Int], _ countsFromZero: Bool) {
        self.names = names
        self.indices = indices
        self.countsFromZero = countsFromZero
    }

    /// The index of a label, or `nil` for a value that is none.
    func index(of value: JSONValue) -> Int? {
        if let written = value.scalarText, let index = indices[written] { return index }
        guard countsFromZero else { return nil }
        switch value {
        case .integer(let index): return names.indices.contains(Int(index)) ? Int(index) : nil
        case .boolean(let isTrue): return names.count == 2 ? (isTrue ? 1 : 0) : nil
        default: return nil
        }
    }

    /// What a file may hold, for messages.
    var expectation: String {
        if !countsFromZero { return "one of " + indices.keys.sorted().joined(separator: ", ") }
        return "one of \(names.joined(separator: ", ")) or an index from 0 to \(names.count - 1)"
    }

    private static let misunderstood = SondeError.invalidArgument(
        "The option 'labels' must be a list of names, such as [no, yes], or a map from the value in the file to the "
            + "name, such as {0: no, 1: yes}.")
}
