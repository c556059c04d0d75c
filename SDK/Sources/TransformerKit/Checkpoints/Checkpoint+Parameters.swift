import CKernels
import Safetensors
import SondeSDK

extension Checkpoint {
    /// The parameters of a model, by name without prefix.
    ///
    /// Aligned float32 tensors are used where they lie in the mapped file; others are widened, and their pages of the
    /// file given back.
    /// - Throws: ``SondeError`` that lists every tensor that is missing, surplus, misshapen or of a type that is no
    ///   floating-point number.
    public func parameters(_ expected: ExpectedTensors, in workspace: Workspace) throws -> ParameterSet {
        let located = try locate(expected)
        var parameters: [String: Parameter] = [:]
        for (tensor, place) in located {
            parameters[tensor.name] = parameter(tensor, place, in: workspace)
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

    private func parameter(_ tensor: ExpectedTensor, _ place: Located, in workspace: Workspace) -> Parameter {
        let width = tensor.shape.last ?? 1
        let rows = tensor.shape.dropLast().reduce(1, *)
        let bytes = place.file.bytes(of: place.entry)
        guard let base = bytes.baseAddress else {
            return Parameter(name: tensor.name, rows: rows, width: width, values: [])
        }
        if place.entry.type == .float32, Int(bitPattern: base) % MemoryLayout<Float>.alignment == 0 {
            return Parameter(
                name: tensor.name, rows: rows, width: width,
                address: base.assumingMemoryBound(to: Float.self),
                owner: place.file)
        }
        let widened = workspace.tensor(rows: rows, width: width)
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
