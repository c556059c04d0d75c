/// Numbers whose lowest byte comes first.
enum LittleEndian {
    /// A whole number of up to eight bytes.
    static func integer(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// An IEEE 754 number of two, four or eight bytes.
    static func float(_ bytes: ArraySlice<UInt8>) -> Float {
        let bits = integer(bytes)
        return switch bytes.count {
        case 2: Float(Float16(bitPattern: UInt16(bits)))
        case 4: Float(bitPattern: UInt32(bits))
        default: Float(Double(bitPattern: bits))
        }
    }
}
