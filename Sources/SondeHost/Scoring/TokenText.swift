import SondeJSON
public import SondeSDK

/// Text to token ids and back, as a model sees it, without special tokens.
public struct TokenText {
    private let model: any Model

    /// For a model.
    public init(_ model: any Model) {
        self.model = model
    }

    /// The ids of the whole text, as a JSON array.
    /// - Throws: ``HostError`` for bytes that are no UTF-8, with their place.
    public func ids(ofText bytes: [UInt8]) throws -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw HostError.data(
                "Standard input is no UTF-8: byte \(Self.firstInvalidByte(of: bytes)) is wrong.")
        }
        let ids = try model.encode([text], as: .plain)
        return JSONValue.array(ids.values.map { .integer(Int64($0)) }).text()
    }

    /// The text of a JSON array of ids.
    /// - Throws: ``HostError`` for anything else, and for an id that the model does not have.
    public func text(ofIDs bytes: [UInt8]) throws -> String {
        let json: JSONValue
        do throws(JSONError) {
            json = try JSONValue(parsing: bytes)
        } catch {
            throw HostError.data("Standard input is no JSON: \(error).")
        }
        guard let items = json.arrayValue else {
            throw HostError.data("Standard input must be an array of token ids, not \(json.kindDescription).")
        }
        let vocabulary = try model.card.vocabulary
        let ids = try items.enumerated().map { index, item throws -> Int32 in
            guard let id = item.intValue, (0..<vocabulary).contains(id) else {
                throw HostError.data(
                    "Element \(index) of standard input must be a token id, 0 to \(vocabulary - 1), not \(item.text())."
                )
            }
            return Int32(id)
        }
        return try model.decode(ids)
    }

    /// How many bytes stand before the first that is wrong.
    private static func firstInvalidByte(of bytes: [UInt8]) -> Int {
        var decoder = UTF8()
        var iterator = bytes.makeIterator()
        var valid = 0
        while case .scalarValue(let scalar) = decoder.decode(&iterator) { valid += UTF8.width(scalar) }
        return valid
    }
}
