/// Why a safetensors file cannot be read or written.
public struct SafetensorsError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong.
    public enum Reason: Sendable, Hashable {
        /// The system refused; its own words.
        case system(String)
        /// The file ends before its header does.
        case truncatedHeader(length: UInt64, available: Int)
        /// The header is longer than the format allows.
        case oversizedHeader(length: UInt64)
        /// The header is not the JSON that it should be.
        case malformedHeader(String)
        /// A tensor's description is not as it should be.
        case malformedTensor(name: String, String)
        /// Data that belongs to no tensor, or to two, or that is missing.
        case untiledData(String)
        /// There is no such tensor.
        case missingTensor(name: String)
        /// A tensor's elements are not floating-point numbers.
        case notFloatingPoint(name: String, type: ElementType)
    }

    /// The file.
    public var file: String
    /// What is wrong with it.
    public var reason: Reason

    /// An error about a file.
    public init(file: String, _ reason: Reason) {
        self.file = file
        self.reason = reason
    }

    /// Whether the system refused to read or write, so that the file may be right.
    public var isInputOutput: Bool {
        if case .system = reason { true } else { false }
    }

    /// One sentence.
    public var description: String {
        switch reason {
        case .system(let words): "\(file): \(words)."
        case .truncatedHeader(let length, let available):
            "\(file): the file is truncated: its header should have \(length) bytes and only \(available) are there."
        case .oversizedHeader(let length):
            "\(file): the header claims \(length) bytes, more than the 100 MB that the format allows."
        case .malformedHeader(let what): "\(file): the header is not that of a safetensors file: \(what)."
        case .malformedTensor(let name, let what): "\(file): tensor '\(name)' \(what)."
        case .untiledData(let what): "\(file): \(what)."
        case .missingTensor(let name): "\(file): there is no tensor '\(name)'."
        case .notFloatingPoint(let name, let type):
            "\(file): tensor '\(name)' holds \(type.rawValue), not floating-point numbers."
        }
    }
}
