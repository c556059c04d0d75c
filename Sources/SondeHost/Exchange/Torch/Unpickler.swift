/// Reads the few operations of Python's pickle of which files of tensors are made, and calls nothing.
///
/// Operations: `pickletools` of Python; what they build: `torch/serialization.py`.
struct Unpickler {
    private var bytes: ArraySlice<UInt8>
    private var stack: [PickledValue] = []
    private var memo: [Int: PickledValue] = [:]

    /// The value of a pickle.
    /// - Throws: ``HostError``, half a sentence that names what is not let in.
    static func value(_ bytes: ArraySlice<UInt8>) throws(HostError) -> PickledValue {
        var unpickler = Unpickler(bytes: bytes)
        return try unpickler.run()
    }

    private init(bytes: ArraySlice<UInt8>) { self.bytes = bytes }

    private mutating func run() throws(HostError) -> PickledValue {
        while true {
            let operation = try byte()
            if operation == UInt8(ascii: ".") { return try pop() }
            if try !readLiteral(operation), try !build(operation) {
                throw .data(
                    "its pickle has the operation 0x\(String(operation, radix: 16)), which no file of tensors needs"
                )
            }
        }
    }

    /// Operations that push a value of their own, or remember one.
    private mutating func readLiteral(_ operation: UInt8) throws(HostError) -> Bool {
        switch operation {
        case 0x80: _ = try byte()
        case 0x95: _ = try take(8)
        case UInt8(ascii: "N"): stack.append(.none)
        case 0x88: stack.append(.boolean(true))
        case 0x89: stack.append(.boolean(false))
        case UInt8(ascii: "K"): stack.append(.integer(Int(try byte())))
        case UInt8(ascii: "M"): stack.append(.integer(Int(try number(2))))
        case UInt8(ascii: "J"):
            stack.append(.integer(Int(Int32(bitPattern: UInt32(try number(4))))))
        case 0x8A: stack.append(.integer(try longInteger()))
        case UInt8(ascii: "G"):
            stack.append(.number(Double(bitPattern: try number(8).byteSwapped)))
        case UInt8(ascii: "X"): stack.append(.text(try text(Int(try number(4)))))
        case 0x8C: stack.append(.text(try text(Int(try byte()))))
        case UInt8(ascii: "c"): stack.append(.name(try name(try line() + " " + line())))
        case UInt8(ascii: "q"): try remember(Int(try byte()))
        case UInt8(ascii: "r"): try remember(Int(try number(4)))
        case 0x94: try remember(memo.count)
        case UInt8(ascii: "h"): try recall(Int(try byte()))
        case UInt8(ascii: "j"): try recall(Int(try number(4)))
        default: return false
        }
        return true
    }

    /// Operations that make values of those on the stack.
    private mutating func build(_ operation: UInt8) throws(HostError) -> Bool {
        switch operation {
        case UInt8(ascii: "("): stack.append(.mark)
        case UInt8(ascii: ")"): stack.append(.tuple([]))
        case UInt8(ascii: "]"): stack.append(.list(PickledValue.List()))
        case UInt8(ascii: "}"): stack.append(.dictionary(PickledValue.Dictionary()))
        case UInt8(ascii: "t"): stack.append(.tuple(try popToMark()))
        case 0x85...0x87: stack.append(.tuple(try pop(Int(operation) - 0x84)))
        case UInt8(ascii: "a"): try append(count: 1)
        case UInt8(ascii: "e"): try append(count: nil)
        case UInt8(ascii: "s"): try setItems(count: 2)
        case UInt8(ascii: "u"): try setItems(count: nil)
        case 0x93:
            guard case .text(let function) = try pop(), case .text(let module) = try pop() else {
                throw Self.damaged
            }
            stack.append(.name(try name(module + " " + function)))
        case UInt8(ascii: "Q"): stack.append(.storage(try storage(try pop())))
        case UInt8(ascii: "R"): try call()
        case UInt8(ascii: "b"): try dropState()
        default: return false
        }
        return true
    }
}

extension Unpickler {
    private static var damaged: HostError { .data("its pickle is damaged") }

    private mutating func byte() throws(HostError) -> UInt8 {
        guard let first = bytes.popFirst() else { throw .data("its pickle is truncated") }
        return first
    }

    private mutating func take(_ count: Int) throws(HostError) -> ArraySlice<UInt8> {
        guard count >= 0, count <= bytes.count else { throw .data("its pickle is truncated") }
        defer { bytes = bytes.dropFirst(count) }
        return bytes.prefix(count)
    }

    private mutating func number(_ size: Int) throws(HostError) -> UInt64 {
        LittleEndian.integer(try take(size))
    }

    private mutating func longInteger() throws(HostError) -> Int {
        let bytes = try take(Int(try byte()))
        guard bytes.count <= 8 else { throw Self.damaged }
        let shift = 64 - 8 * bytes.count
        return bytes.isEmpty
            ? 0 : Int(Int64(bitPattern: LittleEndian.integer(bytes) << UInt64(shift)) >> Int64(shift))
    }

    private mutating func text(_ length: Int) throws(HostError) -> String {
        String(decoding: try take(length), as: UTF8.self)
    }

    private mutating func line() throws(HostError) -> String {
        guard let end = bytes.firstIndex(of: UInt8(ascii: "\n")) else { throw Self.damaged }
        defer { bytes = bytes[(end + 1)...] }
        return String(decoding: bytes[..<end], as: UTF8.self)
    }

    private func name(_ words: String) throws(HostError) -> PickledName {
        guard let name = PickledName(rawValue: words) else {
            throw .data(
                "its pickle names '\(words.replacing(" ", with: "."))', which no file of tensors needs; save the "
                    + "tensor alone")
        }
        return name
    }

    private mutating func remember(_ place: Int) throws(HostError) {
        guard let top = stack.last else { throw Self.damaged }
        memo[place] = top
    }

    private mutating func recall(_ place: Int) throws(HostError) {
        guard let value = memo[place] else { throw Self.damaged }
        stack.append(value)
    }

    private mutating func pop() throws(HostError) -> PickledValue {
        guard let top = stack.popLast() else { throw Self.damaged }
        return top
    }

    private mutating func pop(_ count: Int) throws(HostError) -> [PickledValue] {
        guard stack.count >= count else { throw Self.damaged }
        defer { stack.removeLast(count) }
        return Array(stack.suffix(count))
    }

    private mutating func popped(_ count: Int?) throws(HostError) -> [PickledValue] {
        if let count { return try pop(count) }
        return try popToMark()
    }

    private mutating func popToMark() throws(HostError) -> [PickledValue] {
        let mark = stack.lastIndex { if case .mark = $0 { true } else { false } }
        guard let mark else { throw Self.damaged }
        defer { stack.removeSubrange(mark...) }
        return Array(stack[(mark + 1)...])
    }

    /// Moves values from the stack to the list below them: `count`, or all down to the mark.
    private mutating func append(count: Int?) throws(HostError) {
        let elements = try popped(count)
        guard case .list(let list)? = stack.last else { throw Self.damaged }
        list.elements += elements
    }

    /// Moves keys and values from the stack to the dictionary below them: `count`, or all down to the mark.
    private mutating func setItems(count: Int?) throws(HostError) {
        let items = try popped(count)
        guard case .dictionary(let dictionary)? = stack.last, items.count % 2 == 0 else { throw Self.damaged }
        for index in stride(from: 0, to: items.count, by: 2) {
            dictionary.members.append((items[index], items[index + 1]))
        }
    }

    /// A persistent id: `('storage', TYPE, KEY, PLACE, COUNT)`.
    private func storage(_ id: PickledValue) throws(HostError) -> TensorStorage {
        guard case .tuple(let parts) = id, parts.count == 5, case .text("storage") = parts[0],
            case .name(let type) = parts[1], type.elementSize != nil, case .text(let key) = parts[2],
            case .integer(let count) = parts[4], count >= 0
        else { throw .data("its pickle refers to something that is no storage of floating-point numbers") }
        return TensorStorage(type: type, key: key, count: count)
    }

    /// The calls that are let in: of a tensor, of a parameter around one, and of an empty dictionary.
    private mutating func call() throws(HostError) {
        guard case .tuple(let arguments) = try pop(), case .name(let function) = try pop() else {
            throw Self.damaged
        }
        switch (function, arguments.first) {
        case (.orderedDictionary, nil): stack.append(.dictionary(PickledValue.Dictionary()))
        case (.parameter, .tensor(let tensor)?): stack.append(.tensor(tensor))
        case (.tensor, .storage(let storage)?):
            guard arguments.count >= 4, case .integer(let offset) = arguments[1],
                let shape = Self.integers(arguments[2]), let strides = Self.integers(arguments[3]),
                shape.count == strides.count, offset >= 0
            else { throw Self.damaged }
            stack.append(
                .tensor(PickledTensor(storage: storage, offset: offset, shape: shape, strides: strides)))
        default: throw .data("its pickle calls '\(function.rawValue)' as no file of tensors does")
        }
    }

    /// Leaves out what a module's `state_dict()` carries beside its members, the versions of its parts.
    private mutating func dropState() throws(HostError) {
        guard case .dictionary = try pop(), case .dictionary? = stack.last else {
            throw .data("its pickle restores an object, as no file of tensors does; save the tensor alone")
        }
    }

    private static func integers(_ value: PickledValue) -> [Int]? {
        guard case .tuple(let elements) = value else { return nil }
        let integers = elements.compactMap {
            if case .integer(let number) = $0, number >= 0 { number } else { nil }
        }
        return integers.count == elements.count ? integers : nil
    }
}
