import Foundation

/// Times and sizes as people say them.
enum QuantityText {
    /// `0.8 s`, `42 s`, `3 min 20 s`, `2 h 05 min`.
    static func time(_ seconds: Double) -> String {
        guard seconds.isFinite, seconds < 1e9 else { return NumberText.missing }
        if seconds < 9.95 { return NumberText.fixed(seconds, digits: 1) + " s" }
        let whole = Int(seconds.rounded())
        if whole < 100 { return "\(whole) s" }
        if whole < 3600 { return String(format: "%d min %02d s", whole / 60, whole % 60) }
        return String(format: "%d h %02d min", whole / 3600, whole / 60 % 60)
    }

    /// In powers of 1024 with two or three digits: `79 MiB`, `2.1 GiB`.
    static func size(_ bytes: Int) -> String {
        var (value, unit) = (Double(bytes), 0)
        while value >= 999.5, unit < 4 {
            value /= 1024
            unit += 1
        }
        let digits = unit == 0 || value >= 9.95 ? 0 : 1
        return NumberText.fixed(value, digits: digits) + " " + ["bytes", "KiB", "MiB", "GiB", "TiB"][unit]
    }
}
