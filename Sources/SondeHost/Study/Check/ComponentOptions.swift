import Foundation
import SondeJSON
import SondeSDK

/// Options of a study file that have been checked against their declarations.
struct ComponentOptions {
    /// All values, defaults filled in, paths absolute.
    private(set) var values: JSONObject
    /// The same with digests of contents in place of paths.
    private(set) var identity: JSONObject

    /// Checks options.
    /// - Parameters:
    ///   - entries: what the study gives.
    ///   - place: where a missing option would stand.
    ///   - owner: whose options they are, for messages: `probe 'semantics'`.
    ///   - resolve: makes a path absolute.
    /// - Throws: ``HostError`` with the place of the first option that is wrong, and of a path where nothing is.
    init(
        _ entries: [StudyNode.Entry], at place: StudyPlace, declarations: [OptionDeclaration], owner: String,
        resolve: @escaping (String) -> String
    ) throws {
        let given = JSONObject(entries.map { ($0.name, $0.value.json) })
        func placeOfValue(_ name: String) -> StudyPlace {
            entries.first { $0.name == name }?.value.place ?? place
        }
        do throws(OptionProblem) {
            values = try OptionSchema(declarations).checked(given)
        } catch {
            switch error {
            case .unknown(let name, let known):
                let key = entries.first { $0.name == name }?.place ?? place
                throw key.error("unknown option '\(name)' of \(owner)\(StudyNode.hint(name, known))")
            case .missing(let name): throw place.error("\(owner) needs the option '\(name)'")
            case .mistyped(let name, let expected, let found):
                throw placeOfValue(name).error(
                    "the option '\(name)' of \(owner) must be \(expected), not \(found)")
            }
        }
        identity = values
        for declaration in declarations {
            guard let value = values[declaration.name] else { continue }
            let path = PathValue(type: declaration.type, resolve: resolve)
            do {
                values[declaration.name] = path.absolute(value)
                identity[declaration.name] = try path.digest(value)
            } catch {
                throw placeOfValue(declaration.name).error(error)
            }
        }
    }
}

/// Finds the paths within an option's value.
private struct PathValue {
    let type: OptionDeclaration.ValueType
    let resolve: (String) -> String

    func absolute(_ value: JSONValue) -> JSONValue { map(type, value) { .string(resolve($0)) } }

    func digest(_ value: JSONValue) throws -> JSONValue {
        try map(type, value) { .string(try ContentDigest(ofFileOrFolder: resolve($0)).description) }
    }

    private func map(
        _ type: OptionDeclaration.ValueType, _ value: JSONValue, _ change: (String) throws -> JSONValue
    ) rethrows -> JSONValue {
        switch (type, value) {
        case (.path, .string(let path)): try change(path)
        case (.list(let element), .array(let values)): .array(try values.map { try map(element, $0, change) })
        case (.map(let element), .object(let members)):
            .object(JSONObject(try members.map { ($0.key, try map(element, $0.value, change)) }))
        default: value
        }
    }
}
