import Foundation
import SondeJSON
import SondeSDK

#if canImport(Glibc)
    import Glibc
#endif

/// What came of reading a library for the first time.
public enum PluginReading: Sendable, Hashable, Codable {
    /// It is a plugin.
    case accepted(PluginFacts)
    /// It is not, or not here.
    case refused(PluginRefusal)

    /// Reads a library in this process.
    init(ofLibrary file: String) {
        do throws(PluginRefusal) {
            let facts = PluginFacts(try PluginLibrary.open(file, for: SilentHost()))
            if let reason = facts.defect { throw .malformed(reason: reason) }
            self = .accepted(facts)
        } catch {
            self = .refused(error)
        }
    }
}

extension PluginFacts {
    /// What the contract does not allow, or `nil` if all is well.
    fileprivate var defect: String? {
        var seen: Set<String> = []
        for component in components {
            let name = "\(component.kind) '\(component.id)'"
            guard component.id.utf8.allSatisfy(Self.isAllowed) else {
                return "the id of the \(name) may hold only a-z, 0-9 and '-'"
            }
            guard seen.insert(name).inserted else { return "it brings the \(name) twice" }
        }
        return nil
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}

/// A host for reading entries: nothing is created, so there is nothing to say and nothing to compute.
private struct SilentHost: PluginHost {
    let threadBudget = 1
    let isCancelled = false
    func log(_ level: LogLevel, _ message: String) {}
    func report(progress fraction: Double, _ activity: String) {}
    func parallel(_ count: Int, _ body: (Int) -> Void) {
        for index in 0..<max(0, count) { body(index) }
    }
}
