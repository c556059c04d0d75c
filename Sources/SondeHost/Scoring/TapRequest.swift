public import SondeSDK

/// Activations to write to a file: `SITE:POSITION:FILE`.
public struct TapRequest: Sendable, Hashable {
    /// Where in the layers.
    public let site: SitePath
    /// Which positions.
    public let positions: Positions
    /// The file.
    public let file: String

    /// Reads a request.
    /// - Throws: ``HostError`` with the nearest known name.
    public init(_ text: String) throws {
        let parts = text.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false).map(
            String.init)
        guard parts.count == 3, !parts[2].isEmpty else {
            throw HostError.usage(
                "--tap '\(text)' is not SITE:POSITION:FILE, such as ffn.activation:answer:taps.safetensors.")
        }
        site = try SitePath(parts[0], of: "--tap '\(text)'")
        positions = try Positions(named: parts[1], of: "--tap '\(text)'")
        file = parts[2]
    }
}

/// A site of the command line: `ffn.activation`, or with its stack where a model has two, `encoder/ffn.activation`.
public struct SitePath: Sendable, Hashable {
    /// The stack, where one is named.
    public let stack: String?
    /// The site.
    public let site: Site

    init(_ text: String, of option: String) throws {
        let parts = text.split(separator: "/", maxSplits: 1).map(String.init)
        let name = parts.last ?? ""
        guard let site = Site(rawValue: name) else {
            let known = Site.allCases.map(\.rawValue)
            throw HostError.usage(
                "\(option) names no site '\(name)' (there are \(known.joined(separator: ", ")))"
                    + NearestName.sentenceEnd(for: name, among: known))
        }
        self.site = site
        stack = parts.count == 2 ? parts[0] : nil
    }

    /// The stack that is meant in a model.
    func stack(in card: ModelCard) throws -> ModelCard.Stack {
        let names = card.stacks.map(\.name).joined(separator: ", ")
        if let stack {
            guard let found = card.stacks.first(where: { $0.name == stack }) else {
                throw HostError.usage("The model has no stack '\(stack)' (there are \(names)).")
            }
            return found
        }
        guard let only = card.stacks.first, card.stacks.count == 1 else {
            throw HostError.usage("The model has the stacks \(names); write STACK/\(site.rawValue).")
        }
        return only
    }

    /// How many values an activation has.
    func width(in card: ModelCard) throws -> Int {
        site == .feedForwardActivation ? try stack(in: card).feedForwardWidth : card.width
    }

    /// How many layers have the site.
    func layers(in card: ModelCard) throws -> Int {
        site == .embedding ? 1 : try stack(in: card).layers
    }
}

extension Positions {
    init(named name: String, of option: String) throws {
        guard let positions = Self.allCases.first(where: { $0.description == name }) else {
            let known = Self.allCases.map(\.description)
            throw HostError.usage(
                "\(option) names no positions '\(name)' (there are \(known.joined(separator: ", ")))"
                    + NearestName.sentenceEnd(for: name, among: known))
        }
        self = positions
    }
}
