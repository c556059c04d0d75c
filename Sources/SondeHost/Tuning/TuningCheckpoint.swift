import Foundation
import Safetensors

/// The file that a tuner can go on from.
///
/// A binary property list: floating-point numbers keep all their bits. It is there whole or not at all.
struct TuningCheckpoint<Subject: Codable> {
    private struct Content: Codable {
        var format: Int
        var job: String
        var progress: TuningProgress
        var subject: Subject
    }

    private let format = 2

    let path: String
    /// Digest of everything that the outcome depends on.
    let job: String

    /// The state that was saved, or `nil` if there is none.
    /// - Throws: ``HostError`` for a file that is damaged or belongs to another job.
    func load() throws -> (progress: TuningProgress, subject: Subject)? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        let content: Content
        do {
            content = try PropertyListDecoder().decode(
                Content.self, from: Data(contentsOf: URL(fileURLWithPath: path)))
        } catch {
            throw HostError.data("\(path) is no readable checkpoint; delete it to begin anew.")
        }
        guard content.format == format, content.job == job else {
            throw HostError.data(
                "\(path) is the checkpoint of another tuning (other recipe, seed, data or model); delete it to begin anew."
            )
        }
        return (content.progress, content.subject)
    }

    /// Saves a state in place of an earlier one.
    /// - Throws: ``HostError`` if the system refuses; the earlier one is still there then.
    func save(_ progress: TuningProgress, subject: Subject) throws {
        let encoder = PropertyListEncoder()
        encoder.outputFormat = .binary
        let data = try encoder.encode(Content(format: format, job: job, progress: progress, subject: subject))
        do throws(WholeFile.Refusal) {
            try WholeFile.write(Array(data), to: path)
        } catch {
            throw HostError.inputOutput("\(path) cannot be written: \(error.words).")
        }
    }
}
