public import Foundation

/// A report that could not be written.
public struct ReportError: Error, Hashable, CustomStringConvertible {
    /// Where it should have gone.
    public let folder: URL
    /// What went wrong.
    public let reason: Reason

    /// What can go wrong.
    public enum Reason: Sendable, Hashable {
        /// A file or folder could not be written or renamed, with what the system says.
        case notWritten(String)
        /// A finding holds what JSON cannot, such as a number that is not finite; with its field.
        case notExpressible(String)
    }

    /// One sentence: place, reason and what to do.
    public var description: String {
        switch reason {
        case .notWritten(let message):
            "The report could not be written to \(folder.path) (\(message)): "
                + "check that the folder can be written to and that the disk is not full."
        case .notExpressible(let message):
            "The report for \(folder.path) was not written because a finding cannot be kept as JSON (\(message)): "
                + "the probe has to leave out what it could not measure."
        }
    }
}
