import Foundation
import SondeSDK

/// A matrix in a `.npy` file.
///
/// Format: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html. Of it, matrices of little-endian
/// floating-point numbers in C order are read.
struct NumPyMatrix {
    private static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)
    private static let elementSizes = ["<f2": 2, "<f4": 4, "<f8": 8]

    let values: DenseTensor

    /// - Throws: ``HostError`` naming the file.
    init(file: String) throws(HostError) {
        guard let data = FileManager.default.contents(atPath: file) else {
            throw .inputOutput("\(file): the file cannot be read.")
        }
        do throws(HostError) {
            values = try Self.matrix(Array(data))
        } catch {
            throw HostError(error.kind, "\(file): \(error.sentence).")
        }
    }

    private static func matrix(_ bytes: [UInt8]) throws(HostError) -> DenseTensor {
        guard bytes.starts(with: magic), bytes.count > 12 else { throw .data("this is no .npy file") }
        let lengthSize = bytes[6] == 1 ? 2 : 4
        let headerStart = 8 + lengthSize
        let dataStart = headerStart + Int(LittleEndian.integer(bytes[8..<headerStart]))
        guard dataStart <= bytes.count else { throw .data("the file is truncated within its header") }
        let header = String(decoding: bytes[headerStart..<dataStart], as: UTF8.self)
        let type = header.firstMatch(of: /'descr': '([^']*)'/)?.1 ?? ""
        guard let size = elementSizes[String(type)] else {
            throw .data(
                "the elements are '\(type)', not little-endian floating-point numbers; save it as float32")
        }
        guard header.contains("'fortran_order': False") else {
            throw .data("the values are in Fortran order; save a copy made by numpy.ascontiguousarray")
        }
        guard let match = header.firstMatch(of: /'shape': \(([0-9]+), ([0-9]+)\)/), let rows = Int(match.1),
            let width = Int(match.2)
        else { throw .data("this is no matrix of two dimensions, rows and width") }
        let (count, isHuge) = rows.multipliedReportingOverflow(by: width)
        guard !isHuge, count <= bytes.count, bytes.count - dataStart == count * size else {
            throw .data(
                "there are \(bytes.count - dataStart) bytes of data, not \(rows) × \(width) × \(size)")
        }
        let values = stride(from: dataStart, to: bytes.count, by: size).map { place in
            LittleEndian.float(bytes[place..<(place + size)])
        }
        return DenseTensor(shape: [rows, width], values: values)
    }
}
