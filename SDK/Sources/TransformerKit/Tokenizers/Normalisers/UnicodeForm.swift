import Foundation
import Synchronization

/// One of the normalisation forms of Unicode's Standard Annex 15, as of Unicode 9: the version of the reference.
///
/// Later characters stay as they are, and marks among them are not put in order.
enum UnicodeForm {
    case decomposed, composed, compatiblyDecomposed, compatiblyComposed

    private static let version = 9

    /// A character with the place that it comes from.
    private struct Item {
        let scalar: Unicode.Scalar
        let place: Int
        let combiningClass: UInt8

        init(_ scalar: Unicode.Scalar, at place: Int) {
            self.scalar = scalar
            self.place = place
            let isKnown = scalar.properties.isKnown(toUnicode: version)
            combiningClass = isKnown ? scalar.properties.canonicalCombiningClass.rawValue : 0
        }
    }

    /// The text in this form.
    func normalised(_ text: TextPart) -> TextPart {
        if text.bytes.allSatisfy({ $0 < 0x80 }) { return text }
        var items: [Item] = []
        var place = text.bytes.startIndex
        while let next = text.bytes.scalar(at: place) {
            for part in decomposition(of: next.scalar) { items.append(Item(part, at: place)) }
            place = next.end
        }
        Self.order(&items)
        if self == .composed || self == .compatiblyComposed { items = Self.composed(items) }
        var edit = TextEdit(of: text)
        for item in items { edit.append(item.scalar, for: item.place) }
        return edit.result
    }

    private func decomposition(of scalar: Unicode.Scalar) -> [Unicode.Scalar] {
        // Neither Latin-1's controls nor common ideographs have one.
        guard scalar.value >= 0xA0, !(0x4E00...0x9FFF).contains(scalar.value),
            scalar.properties.isKnown(toUnicode: Self.version)
        else { return [scalar] }
        let isCompatible = self == .compatiblyDecomposed || self == .compatiblyComposed
        return (isCompatible ? Self.compatible : Self.canonical).value(of: scalar) { scalar in
            let text = String(scalar)
            let form =
                isCompatible
                ? text.decomposedStringWithCompatibilityMapping : text.decomposedStringWithCanonicalMapping
            return Array(form.unicodeScalars)
        }
    }

    /// Puts marks that follow each other into the order of their classes, those of one class as they are.
    private static func order(_ items: inout [Item]) {
        var start = 0
        while start < items.count {
            var end = start
            while end < items.count, items[end].combiningClass != 0 { end += 1 }
            if end - start > 1 {
                let marks = items[start..<end].enumerated().sorted {
                    ($0.element.combiningClass, $0.offset) < ($1.element.combiningClass, $1.offset)
                }
                items.replaceSubrange(start..<end, with: marks.map(\.element))
            }
            start = end + 1
        }
    }

    /// Joins what has a composed character, unless something of the same or a higher class stands between.
    private static func composed(_ items: [Item]) -> [Item] {
        var joined: [Item] = []
        var starter: Int?
        for item in items {
            let isBlocked = starter.map { start in
                start < joined.count - 1 && (joined.last?.combiningClass ?? 0) >= item.combiningClass
            }
            if let start = starter, isBlocked == false,
                let whole = composition(joined[start].scalar, item.scalar)
            {
                joined[start] = Item(whole, at: joined[start].place)
                continue
            }
            if item.combiningClass == 0 { starter = joined.count }
            joined.append(item)
        }
        return joined
    }

    private static func composition(_ first: Unicode.Scalar, _ second: Unicode.Scalar) -> Unicode.Scalar? {
        if let syllable = syllable(first.value, second.value) { return Unicode.Scalar(syllable) }
        guard canFollow(second) else { return nil }
        let known = [first, second].allSatisfy { $0.properties.isKnown(toUnicode: version) }
        guard known else { return nil }
        return compositions.value(of: UInt64(first.value) << 32 | UInt64(second.value)) { _ in
            let whole = (String(first) + String(second)).precomposedStringWithCanonicalMapping.unicodeScalars
            guard whole.count == 1, let scalar = whole.first else { return nil }
            return scalar.properties.isKnown(toUnicode: version) ? scalar : nil
        }
    }

    /// The syllable of Hangul that a consonant makes with a vowel, or both with a final consonant: section 3.12 of Unicode.
    ///
    /// Foundation does not join the final consonant.
    private static func syllable(_ first: UInt32, _ second: UInt32) -> UInt32? {
        switch (first, second) {
        case (0x1100...0x1112, 0x1161...0x1175): 0xAC00 + ((first - 0x1100) * 21 + second - 0x1161) * 28
        case (0xAC00...0xD7A3, 0x11A8...0x11C2) where (first - 0xAC00) % 28 == 0: first + second - 0x11A7
        default: nil
        }
    }

    /// Whether a character may be the second of two that are composed.
    private static func canFollow(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case ..<0x300: false
        default:
            scalar.properties.canonicalCombiningClass != .notReordered || scalar.properties.isGraphemeExtend
        }
    }

    private static let canonical = Memory<Unicode.Scalar, [Unicode.Scalar]>()
    private static let compatible = Memory<Unicode.Scalar, [Unicode.Scalar]>()
    private static let compositions = Memory<UInt64, Unicode.Scalar?>()
}

/// Answers of Foundation, which are slow to get.
private final class Memory<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private let values = Mutex<[Key: Value]>([:])

    func value(of key: Key, _ make: (Key) -> Value) -> Value {
        values.withLock { values in
            if let value = values[key] { return value }
            let value = make(key)
            values[key] = value
            return value
        }
    }
}
