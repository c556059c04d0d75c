public final class Tokenizer: Sendable { public func encode(_ t: String, addingSpecialTokens: Bool) -> [Int32] {[]}; public func decode(_ i: [Int32], skippingSpecialTokens: Bool) -> String {""}; public func text(ofToken: Int32) -> String? {nil} }
extension Tokenizer { public convenience init(directory: String) throws { self.init() }; public var tokenCount: Int { 100 } }
