import Foundation

/// Numbers as text, the same on every machine and in every locale.
enum NumberText {
    /// What stands where there is no number.
    static let missing = "–"

    /// The number with `digits` after the point and a true minus sign; ``missing`` if it is not finite.
    static func fixed(_ value: Double, digits: Int) -> String {
        plain(value, digits: digits)?.replacing("-", with: "−") ?? missing
    }

    /// The same, but a positive number that would be all zeros is said to be less than the least one that would not,
    /// for a chance of 0.0000 would be a claim.
    static func distinct(_ value: Double, digits: Int) -> String {
        let least = pow(10, -Double(digits))
        return 0 < value && value < least / 2
            ? "<" + fixed(least, digits: digits) : fixed(value, digits: digits)
    }

    /// The number with `digits` after the point, readable by programs; `nil` if it is not finite.
    static func plain(_ value: Double, digits: Int) -> String? {
        guard value.isFinite else { return nil }
        guard abs(value) < 1e15 else { return String(format: "%.*e", max(digits, 3), value) }
        let text = String(format: "%.*f", min(max(digits, 0), 17), value)
        let isZero = text.allSatisfy { "-0.".contains($0) }
        return isZero && text.hasPrefix("-") ? String(text.dropFirst()) : text
    }

    /// The shortest text that reads back as the same number; an empty text if it is not finite.
    static func exact(_ value: Double) -> String {
        guard value.isFinite else { return "" }
        if value == value.rounded(), abs(value) < 1e15 { return String(Int64(value)) }
        return String(value)
    }

    /// A number for people who were not told how many digits matter: three digits after the point or so.
    static func readable(_ value: Double) -> String {
        guard value.isFinite, value != 0 else { return value == 0 ? "0" : missing }
        let magnitude = Int(log10(abs(value)).rounded(.down))
        if value == value.rounded(), abs(value) < 1e7 { return fixed(value, digits: 0) }
        if magnitude < -4 || magnitude >= 7 { return scientific(value, digits: 2) }
        let text = fixed(value, digits: magnitude < 0 ? 2 - magnitude : max(0, 3 - magnitude))
        guard text.contains(".") else { return text }
        let digits = text.reversed().drop { $0 == "0" }.drop { $0 == "." }
        return String(digits.reversed())
    }

    /// The number as mantissa and power of ten.
    static func scientific(_ value: Double, digits: Int) -> String {
        guard value.isFinite else { return missing }
        guard value != 0 else { return "0" }
        let parts = String(format: "%.*e", digits, value).split(separator: "e")
        guard parts.count == 2, let exponent = Int(parts[1]) else { return missing }
        return "\(parts[0])e\(exponent)".replacing("-", with: "−")
    }

    /// A place in a drawing: at most two digits after the point, none wasted.
    static func coordinate(_ value: Double) -> String {
        let hundredths = Int((min(max(value, -1e9), 1e9) * 100).rounded())
        let (whole, part) = (abs(hundredths) / 100, abs(hundredths) % 100)
        let sign = hundredths < 0 ? "-" : ""
        if part == 0 { return "\(sign)\(whole)" }
        if part % 10 == 0 { return "\(sign)\(whole).\(part / 10)" }
        return "\(sign)\(whole).\(part < 10 ? "0" : "")\(part)"
    }
}
