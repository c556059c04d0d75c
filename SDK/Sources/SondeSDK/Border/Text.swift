import CSonde
import SondeJSON

/// The text of a terminated string; empty for none.
func text(_ pointer: UnsafePointer<CChar>?) -> String {
    pointer.map { String(cString: $0) } ?? ""
}

/// The text of a borrowed view.
func text(_ view: sonde_text) -> String {
    let bytes = UnsafeRawBufferPointer(start: view.bytes, count: Int(view.length))
    return String(decoding: bytes, as: UTF8.self)
}

/// Collects what is written to a sink.
func collecting(_ body: (UnsafePointer<sonde_sink>) throws -> Void) rethrows -> String {
    var bytes: [UInt8] = []
    try withUnsafeMutablePointer(to: &bytes) { collected in
        var sink = sonde_sink(context: collected) { context, bytes, length in
            let part = UnsafeRawBufferPointer(start: bytes, count: Int(length))
            context?.assumingMemoryBound(to: [UInt8].self).pointee.append(contentsOf: part)
        }
        try body(&sink)
    }
    return String(decoding: bytes, as: UTF8.self)
}

/// Collects token ids, item by item.
func collectingTokens(count: Int, _ body: (UnsafePointer<sonde_token_sink>) throws -> Void) throws
    -> [[Int32]]
{
    var items = [[Int32]](repeating: [], count: count)
    try withUnsafeMutablePointer(to: &items) { collected in
        var sink = sonde_token_sink(context: collected) { context, index, ids, count in
            guard let items = context?.assumingMemoryBound(to: [[Int32]].self) else { return }
            guard index < items.pointee.count else { return }
            items.pointee[Int(index)] = Array(UnsafeBufferPointer(start: ids, count: Int(count)))
        }
        try body(&sink)
    }
    return items
}

extension UnsafePointer<sonde_sink> {
    /// Hands the text over.
    func write(_ text: String) {
        var text = text
        text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { bytes in
                pointee.write?(pointee.context, bytes.baseAddress, UInt64(bytes.count))
            }
        }
    }

    /// Hands a value over as JSON.
    func write(json value: some Encodable) throws {
        write(try JSONValue(encoding: value).text())
    }
}

extension UnsafePointer<sonde_token_sink> {
    /// Hands the ids of one item over.
    func write(_ ids: some Collection<Int32>, at index: Int) {
        Array(ids).withUnsafeBufferPointer { ids in
            pointee.write?(pointee.context, UInt64(index), ids.baseAddress, UInt64(ids.count))
        }
    }
}

/// Reads JSON that crossed the border.
func decoded<Value: Decodable>(_ type: Value.Type, from json: String, what: String) throws -> Value {
    do {
        return try parsed(json, what: what).decoded(as: Value.self)
    } catch let error as JSONCodingError {
        throw SondeError.invalidArgument("The \(what) is not as the contract says: \(error).")
    }
}

/// JSON as it is, its keys in their order, which decoders do not keep.
func parsed(_ json: String, what: String) throws -> JSONValue {
    do {
        return try JSONValue(parsing: json)
    } catch {
        throw SondeError.invalidArgument("The \(what) is not as the contract says: \(error).")
    }
}
