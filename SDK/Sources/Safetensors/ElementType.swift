/// The element types of safetensors files, by the names that stand in their headers.
public enum ElementType: String, Sendable, CaseIterable {
    /// 64-bit floating point.
    case float64 = "F64"
    /// 32-bit floating point.
    case float32 = "F32"
    /// 16-bit floating point (IEEE 754 half).
    case float16 = "F16"
    /// The upper half of a 32-bit floating-point number.
    case bfloat16 = "BF16"
    /// 64-bit integers.
    case int64 = "I64"
    /// 32-bit integers.
    case int32 = "I32"
    /// 16-bit integers.
    case int16 = "I16"
    /// 8-bit integers.
    case int8 = "I8"
    /// 64-bit unsigned integers.
    case uint64 = "U64"
    /// 32-bit unsigned integers.
    case uint32 = "U32"
    /// 16-bit unsigned integers.
    case uint16 = "U16"
    /// 8-bit unsigned integers.
    case uint8 = "U8"
    /// One byte each, 0 or 1.
    case boolean = "BOOL"

    /// Bytes of one element.
    public var size: Int {
        switch self {
        case .float64, .int64, .uint64: 8
        case .float32, .int32, .uint32: 4
        case .float16, .bfloat16, .int16, .uint16: 2
        case .int8, .uint8, .boolean: 1
        }
    }
}
