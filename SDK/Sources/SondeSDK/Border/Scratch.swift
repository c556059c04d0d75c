#if canImport(Glibc)
    import Glibc
#endif

/// Memory that lives as long as this object: copies of arrays and strings for one call across the border.
final class Scratch {
    private var allocations: [UnsafeMutableRawPointer] = []

    deinit {
        for allocation in allocations { free(allocation) }
    }

    /// A copy of the elements; never a null pointer, also for no elements.
    func copy<Element: BitwiseCopyable>(_ elements: some Collection<Element>) -> UnsafeMutablePointer<Element>
    {
        let memory = allocate(Element.self, count: elements.count)
        let isCopied: Void? = elements.withContiguousStorageIfAvailable { source in
            if let start = source.baseAddress { memory.initialize(from: start, count: source.count) }
        }
        if isCopied != nil { return memory }
        for (index, element) in elements.enumerated() { (memory + index).initialize(to: element) }
        return memory
    }

    /// `count` elements of zero bytes; never a null pointer.
    func allocate<Element: BitwiseCopyable>(_ type: Element.Type, count: Int) -> UnsafeMutablePointer<Element>
    {
        guard let memory = calloc(max(count, 1), MemoryLayout<Element>.stride) else {
            preconditionFailure("no memory for \(count) elements of \(type)")
        }
        allocations.append(memory)
        return memory.bindMemory(to: Element.self, capacity: max(count, 1))
    }

    /// A copy of UTF-8 bytes, not terminated.
    func text(_ bytes: [UInt8]) -> UnsafePointer<CChar> {
        let memory = UnsafeMutableRawPointer(copy(bytes))
        return UnsafePointer(memory.bindMemory(to: CChar.self, capacity: max(bytes.count, 1)))
    }

    /// A terminated copy of the text.
    func string(_ text: String) -> UnsafePointer<CChar> {
        UnsafePointer(copy(text.utf8CString))
    }
}
