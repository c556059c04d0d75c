import SondeSDK
import SondeStatistics
import TransformerKit

/// The embedding table of a model, without ids that the tokenizer does not have.
final class Vocabulary {
    /// Rows of the table that are compared at a time, so that memory stays small.
    private static let blockSize = 16_384

    private let model: any Model
    private let rowCosines: RowCosines
    private let width: Int
    private let tokenCount: Int
    private var knownTexts: [Int32: String?] = [:]

    init(of model: any Model, host: any PluginHost) throws {
        self.model = model
        rowCosines = RowCosines(on: Parallel(host: host))
        let card = try model.card
        width = card.width
        tokenCount = card.tokenCount
    }

    /// The token as people should see it, or `nil` if the tokenizer does not have it.
    func text(of id: Int32) throws -> String? {
        if let known = knownTexts[id] { return known }
        let text = try model.text(ofToken: id)
        knownTexts[id] = .some(text)
        return text
    }

    /// Cosines of some rows with every token, `[rows × tokens]`; rows or tokens of norm zero have cosine 0.
    /// - Parameter rows: `[count × width]`, row-major.
    func cosines(of rows: [Float]) throws -> [[Float]] {
        let count = rows.count / max(width, 1)
        var cosines = [[Float]](repeating: [], count: count)
        for index in cosines.indices { cosines[index].reserveCapacity(tokenCount) }
        for start in stride(from: 0, to: tokenCount, by: Self.blockSize) {
            let block = try model.embeddings(start..<min(start + Self.blockSize, tokenCount))
            let part = rowCosines.cosines(of: rows, with: block)
            for row in 0..<count {
                cosines[row] += part[row * block.rows..<(row + 1) * block.rows]
            }
        }
        return cosines
    }

    /// The `count` tokens with the largest cosines, the lower id first among equals.
    func nearest(_ count: Int, in cosines: [Float]) throws -> [SemanticsMeasurement.Neighbour] {
        var nearest: [SemanticsMeasurement.Neighbour] = []
        // More than asked for, since ids that the tokenizer lacks are dropped; doubled until there are enough.
        var wanted = count + 8
        while true {
            nearest.removeAll()
            let best = Self.largest(wanted, of: cosines)
            for id in best where nearest.count < count {
                guard let text = try text(of: Int32(id)) else { continue }
                nearest.append(
                    SemanticsMeasurement.Neighbour(id: Int32(id), text: text, cosine: Double(cosines[id])))
            }
            if nearest.count == count || best.count == cosines.count { return nearest }
            wanted *= 2
        }
    }

    /// One more than the number of tokens that are nearer than `id`.
    func rank(of id: Int32, in cosines: [Float]) throws -> Int {
        let own = cosines[Int(id)]
        var rank = 1
        for (other, cosine) in cosines.enumerated() where cosine > own {
            if try text(of: Int32(other)) != nil { rank += 1 }
        }
        return rank
    }

    /// The cosine of two random tokens, and of a random token with its nearest other one.
    func typicalCosines(samples: Int, random: inout RandomStream) throws -> SemanticsMeasurement.Scale {
        let ids = (0..<min(samples, tokenCount)).map { _ in random.integer(below: tokenCount) }
        var rows: [Float] = []
        for id in ids { rows += try model.embeddings(id..<(id + 1)).row(0) }
        var pairs = 0.0
        var nearest: [Double] = []
        for (id, cosines) in zip(ids, try cosines(of: rows)) {
            pairs += Double(cosines[random.integer(below: tokenCount)])
            let best = Self.largest(2, of: cosines).first { $0 != id }
            nearest.append(best.map { Double(cosines[$0]) } ?? 0)
        }
        nearest.sort()
        return SemanticsMeasurement.Scale(
            samples: ids.count, randomPair: ids.isEmpty ? 0 : pairs / Double(ids.count),
            nearestOther: nearest.isEmpty ? 0 : nearest[nearest.count / 2])
    }

    /// Indices of the largest values, largest first, the lower index first among equals.
    private static func largest(_ count: Int, of values: [Float]) -> [Int] {
        var best: [Int] = []
        values.withUnsafeBufferPointer { values in
            for (index, value) in values.enumerated() {
                if best.count == count, let last = best.last, value <= values[last] { continue }
                let place = best.firstIndex { values[$0] < value } ?? best.count
                best.insert(index, at: place)
                if best.count > count { best.removeLast() }
            }
        }
        return best
    }
}
