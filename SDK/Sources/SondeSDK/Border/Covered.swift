import CSonde

#if canImport(Glibc)
    import Glibc
#endif

/// A struct as this side knows it: fields that the writer's `struct_size` does not cover read as zero.
///
/// The contract's structs grow at their end only, so an older writer's struct is a beginning of this side's.
func covered<Struct>(_ pointer: UnsafePointer<Struct>, size: UInt64? = nil) -> Struct {
    let size = size ?? UnsafeRawPointer(pointer).loadUnaligned(as: UInt64.self)
    let copy = UnsafeMutablePointer<Struct>.allocate(capacity: 1)
    defer { copy.deallocate() }
    memset(copy, 0, MemoryLayout<Struct>.size)
    memcpy(copy, pointer, min(Int(clamping: size), MemoryLayout<Struct>.size))
    return copy.pointee
}

/// Writes the fields that the reader's `struct_size` covers; the reader has set it to the size that it knows.
func write<Struct>(_ value: Struct, covering destination: UnsafeMutablePointer<Struct>) {
    let size = UnsafeRawPointer(destination).loadUnaligned(as: UInt64.self)
    let count = min(Int(clamping: size), MemoryLayout<Struct>.size)
    withUnsafeBytes(of: value) { bytes in
        let header = MemoryLayout<UInt64>.size
        guard count > header, let base = bytes.baseAddress else { return }
        memcpy(UnsafeMutableRawPointer(destination) + header, base + header, count - header)
    }
}

/// The `struct_size` of a struct of this side.
func size<Struct>(of type: Struct.Type) -> UInt64 { UInt64(MemoryLayout<Struct>.size) }
