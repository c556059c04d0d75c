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
        return try ids(of: text).text()
    }

    /// The text of a JSON array of ids.
    /// - Throws: ``HostError`` for anything else, and for an id that the model does not have.
    public func text(ofIDs bytes: [UInt8]) throws -> String {
        let place = "standard input"
        return try text(of: Self.json(bytes, from: place), from: place)
    }

    /// For each line of JSON one: of a string the array of its ids, or when decoding, of an array of ids the string.
    /// - Throws: ``HostError`` for any other line, with its number; the lines before have been handed out.
    public func forEachLine(of bytes: [UInt8], decoding isDecoding: Bool, _ body: (String) -> Void) throws {
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() where !line.isEmpty {
            let place = "line \(index + 1) of standard input"
            let json = try Self.json(line, from: place)
            if isDecoding {
                body(JSONValue.string(try text(of: json, from: place)).text())
            } else if let text = json.stringValue {
                body(try ids(of: text).text())
            } else {
                throw HostError.data(
                    "\(Self.capitalised(place)) must be a string, not \(json.kindDescription).")
            }
        }
    }

    private func ids(of text: String) throws -> JSONValue {
        .array(try model.encode([text], as: .plain).values.map { .integer(Int64($0)) })
    }

    private func text(of json: JSONValue, from place: String) throws -> String {
        guard let items = json.arrayValue else {
            throw HostError.data(
                "\(Self.capitalised(place)) must be an array of token ids, not \(json.kindDescription).")
        }
        let vocabulary = try model.card.vocabulary
        let ids = try items.enumerated().map { index, item throws -> Int32 in
            guard let id = item.intValue, (0..<vocabulary).contains(id) else {
                throw HostError.data(
                    "Element \(index) of \(place) must be a token id, 0 to \(vocabulary - 1), not \(item.text())."
                )
            }
            return Int32(id)
        }
        return try model.decode(ids)
    }

    private static func json(_ bytes: some Sequence<UInt8>, from place: String) throws -> JSONValue {
        do throws(JSONError) {
            return try JSONValue(parsing: bytes)
        } catch {
            throw HostError.data("\(capitalised(place)) is no JSON: \(error).")
        }
    }

    private static func capitalised(_ place: String) -> String {
        place.prefix(1).uppercased() + place.dropFirst()
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
