import Foundation
import SondeSDK

/// The matrix in a file that `torch.save` wrote: a tensor, or a dictionary with one tensor among its members, such as the
/// checkpoint of a tuning.
///
/// Such a file is a ZIP archive with a pickle, `NAME/data.pkl`, and a file for each storage, `NAME/data/KEY`
/// (torch/serialization.py). The pickle is read, not run.
struct TorchMatrix {
    /// How a file begins that torch wrote before its version 1.6: a pickle of this number.
    private static let oldFormat: [UInt8] = [0x80, 0x02, 0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20]

    let values: DenseTensor

    /// - Throws: ``HostError`` naming the file.
    init(file: String) throws(HostError) {
        guard let data = FileManager.default.contents(atPath: file) else {
            throw .inputOutput("\(file): the file cannot be read.")
        }
        guard !data.starts(with: Self.oldFormat) else {
            throw .data(
                "\(file): this is the format of torch before 1.6; load it with torch and save it again.")
        }
        do throws(HostError) {
            values = try Self.matrix(ZipArchive(Array(data)))
        } catch {
            throw HostError(error.kind, "\(file): \(error.sentence).")
        }
    }

    private static func matrix(_ archive: ZipArchive) throws(HostError) -> DenseTensor {
        let suffix = "/data.pkl"
        guard let name = archive.names.first(where: { $0.hasSuffix(suffix) }), let pickle = archive[name]
        else { throw .data("the archive has no 'data.pkl', so torch.save did not write it") }
        let folder = name.dropLast(suffix.count)
        if let order = archive["\(folder)/byteorder"], String(decoding: order, as: UTF8.self) != "little" {
            throw .data("its numbers have the highest byte first")
        }
        let tensor = try tensor(in: Unpickler.value(pickle))
        guard let numbers = archive["\(folder)/data/\(tensor.storage.key)"] else {
            throw .data("the archive has no 'data/\(tensor.storage.key)', which holds the tensor")
        }
        return try matrix(tensor, numbers)
    }

    private static func tensor(in value: PickledValue) throws(HostError) -> PickledTensor {
        switch value {
        case .tensor(let tensor): return tensor
        case .dictionary(let dictionary):
            let tensors = dictionary.members.compactMap { member in
                if case .tensor(let tensor) = member.value { tensor } else { nil }
            }
            guard tensors.count == 1, let tensor = tensors.first else {
                throw .data("a prompt's file holds one tensor, and this one holds \(tensors.count)")
            }
            return tensor
        default: throw .data("what torch.save wrote is neither a tensor nor a dictionary with one")
        }
    }

    /// A tensor as a matrix; axes of length one before its last two are left out.
    private static func matrix(
        _ tensor: PickledTensor, _ numbers: ArraySlice<UInt8>
    ) throws(HostError) -> DenseTensor {
        guard tensor.shape.count >= 2, tensor.shape.dropLast(2).allSatisfy({ $0 == 1 }) else {
            throw .data("its tensor is \(tensor.shape), not a matrix of rows and width")
        }
        let (shape, strides) = (Array(tensor.shape.suffix(2)), Array(tensor.strides.suffix(2)))
        let size = tensor.storage.type.elementSize ?? 4
        let available = numbers.count / size
        // With overflow reported, since shapes may be lies.
        var last = tensor.offset
        for (length, stride) in zip(shape, strides) {
            let (step, isHuge) = max(0, length - 1).multipliedReportingOverflow(by: stride)
            let (sum, isHuger) = last.addingReportingOverflow(step)
            guard !isHuge, !isHuger, length <= available else {
                throw .data("its tensor \(shape) is larger than its \(available) numbers")
            }
            last = sum
        }
        guard shape.contains(0) || last < available else {
            throw .data("its tensor \(shape) is larger than its \(available) numbers")
        }
        var values: [Float] = []
        values.reserveCapacity(shape[0] * shape[1])
        for row in 0..<shape[0] {
            for column in 0..<shape[1] {
                let index = tensor.offset + row * strides[0] + column * strides[1]
                let start = numbers.startIndex + index * size
                values.append(number(numbers[start..<(start + size)], tensor.storage.type))
            }
        }
        return DenseTensor(shape: shape, values: values)
    }

    private static func number(_ bytes: ArraySlice<UInt8>, _ type: PickledName) -> Float {
        // A brain float is the upper half of a single.
        type == .brain
            ? Float(bitPattern: UInt32(LittleEndian.integer(bytes)) << 16) : LittleEndian.float(bytes)
    }
}
