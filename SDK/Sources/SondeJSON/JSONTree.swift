import CJSONC

/// What json-c made of a value, or of some neighbours within one; freed when it goes out of use.
///
/// Large vocabularies are read from here, without a ``JSONValue`` for every piece.
public struct JSONTree: ~Copyable {
    private let root: OpaquePointer?

    private init(root: OpaquePointer?) { self.root = root }

    /// Lets json-c read a value of a plain text; or several, as those between two brackets.
    static func read(
        _ range: Range<Int>, of plain: JSONPlainText, between opening: StaticString = "",
        and closing: StaticString = ""
    ) throws(JSONError) -> JSONTree {
        // json-c counts the value itself as a level and stops one level early.
        guard let tokener = json_tokener_new_ex(Int32(clamping: plain.depthLimit + 2)) else {
            throw JSONError(.parserFailed("no memory"))
        }
        defer { json_tokener_free(tokener) }
        json_tokener_set_flags(tokener, JSON_TOKENER_STRICT)
        let root = plain.bytes.withUnsafeBufferPointer { bytes in
            let parts = [
                UnsafeBufferPointer(start: opening.utf8Start, count: opening.utf8CodeUnitCount),
                UnsafeBufferPointer(rebasing: bytes[range]),
                // With the zero behind it, which ends a number.
                UnsafeBufferPointer(start: closing.utf8Start, count: closing.utf8CodeUnitCount + 1),
            ]
            return read(parts, with: tokener)
        }
        let outcome = json_tokener_get_error(tokener)
        guard outcome == json_tokener_success else {
            throw JSONError(.parserFailed(String(cString: json_tokener_error_desc(outcome))))
        }
        return JSONTree(root: root)
    }

    private static func read(
        _ parts: [UnsafeBufferPointer<UInt8>], with tokener: UnsafeMutablePointer<json_tokener>
    ) -> OpaquePointer? {
        for part in parts where !part.isEmpty {
            let root = part.withMemoryRebound(to: CChar.self) {
                json_tokener_parse_ex(tokener, $0.baseAddress, Int32($0.count))
            }
            guard json_tokener_get_error(tokener) == json_tokener_continue else { return root }
        }
        return nil
    }

    deinit { json_object_put(root) }

    /// The whole tree.
    public func withRoot<Answer, Failure: Error>(
        _ body: (borrowing JSONNode) throws(Failure) -> Answer
    ) throws(Failure) -> Answer { try body(JSONNode(root)) }
}
