import CKernels
import Safetensors
import SondeSDK

extension Checkpoint {
    /// The parameters of a model, by name without prefix.
    ///
    /// Aligned float32 tensors are used where they lie in the mapped file, and with little memory aligned matrices of 16
    /// bits too; others are widened, and their pages of the file given back.
    /// - Throws: ``SondeError`` that lists every tensor that is missing, surplus, misshapen or of a type that is no
    ///   floating-point number.
    public func parameters(
        _ expected: ExpectedTensors, memory: WeightMemory = .normal, in workspace: Workspace
    ) throws -> ParameterSet {
        let located = try locate(expected)
        var parameters: [String: Parameter] = [:]
        for (tensor, place) in located {
            let inPlace = inPlace(tensor, place, memory)
            parameters[tensor.name] = inPlace ?? widened(tensor, place, in: workspace)
        }
        return ParameterSet(parameters)
    }

    private func locate(_ expected: ExpectedTensors) throws -> [(ExpectedTensor, Located)] {
        let prefix = tensors.keys.contains { $0.hasPrefix(expected.prefix) } ? expected.prefix : ""
        var located: [(ExpectedTensor, Located)] = []
        var complaints = TensorComplaints()
        var known: Set<String> = []
        for tensor in expected.tensors {
            let name = tensor.standsOutsidePrefix ? tensor.name : prefix + tensor.name
            known.insert(name)
            guard let place = tensors[name] else {
                if !tensor.isOptional { complaints.missing.append("\(name) \(tensor.shape)") }
                continue
            }
            if place.entry.shape != tensor.shape {
                complaints.misshapen.append("\(name) is \(place.entry.shape) and should be \(tensor.shape)")
            } else if ![.float32, .float16, .bfloat16].contains(place.entry.type) {
                complaints.mistyped.append("\(name) is \(place.entry.type.rawValue)")
            }
            located.append((tensor, place))
        }
        complaints.surplus = tensors.keys.filter { name in
            !known.contains(name) && !expected.ignoredSuffixes.contains { name.hasSuffix($0) }
        }.sorted()
        if let sentence = complaints.sentence { throw SondeError.invalidData("\(directory): \(sentence)") }
        return located
    }

    /// The parameter as it lies in the file; `nil` for one that has to be widened.
    private func inPlace(_ tensor: ExpectedTensor, _ place: Located, _ memory: WeightMemory) -> Parameter? {
        guard let base = place.file.bytes(of: place.entry).baseAddress,
            Int(bitPattern: base) % place.entry.type.size == 0
        else { return nil }
        if place.entry.type == .float32 {
            return Parameter(
                name: tensor.name, rows: tensor.rows, width: tensor.width,
                address: base.assumingMemoryBound(to: Float.self), owner: place.file)
        }
        guard memory == .low, tensor.rows > 1 else { return nil }
        let halves = HalfPrecisionValues(
            format: place.entry.type == .float16 ? .float16 : .bfloat16,
            address: base.assumingMemoryBound(to: UInt16.self))
        return Parameter(
            name: tensor.name, rows: tensor.rows, width: tensor.width, halves: halves, owner: place.file)
    }

    private func widened(_ tensor: ExpectedTensor, _ place: Located, in workspace: Workspace) -> Parameter {
        let bytes = place.file.bytes(of: place.entry)
        let widened = workspace.tensor(rows: tensor.rows, width: tensor.width)
        workspace.forEachPiece(count: widened.count) { offset, length in
            widen(place.entry.type, bytes, from: offset, count: length, into: widened.address + offset)
        }
        place.file.file.discard(place.entry.range)
        return Parameter(name: tensor.name, holding: widened)
    }

    private func widen(
        _ type: ElementType, _ bytes: UnsafeRawBufferPointer, from offset: Int, count: Int,
        into target: UnsafeMutablePointer<Float>
    ) {
        guard count > 0, let base = bytes.baseAddress else { return }
        let start = base + offset * type.size
        switch type {
        case .float16: kernels.widen_f16(count, start.assumingMemoryBound(to: UInt16.self), target)
        case .bfloat16: kernels.widen_bf16(count, start.assumingMemoryBound(to: UInt16.self), target)
        default: UnsafeMutableRawPointer(target).copyMemory(from: start, byteCount: count * type.size)
        }
    }
}

/// What is wrong with a checkpoint's tensors, all of it.
private struct TensorComplaints {
    var missing: [String] = []
    var surplus: [String] = []
    var misshapen: [String] = []
    var mistyped: [String] = []

    var sentence: String? {
        let parts = [
            ("missing", missing), ("surplus", surplus), ("misshapen", misshapen),
            ("not floating-point", mistyped),
        ]
        let words = parts.filter { !$0.1.isEmpty }.map { what, names in
            "\(what): \(names.joined(separator: ", "))"
        }
        return words.isEmpty
            ? nil : "the tensors do not fit the configuration; " + words.joined(separator: "; ") + "."
    }
}
