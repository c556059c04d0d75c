/// A place in a study file; lines and columns count from 1.
struct StudyPlace: Sendable, Hashable {
    let file: String
    let line: Int
    let column: Int

    /// An error about what stands here.
    func error(_ sentence: String) -> HostError { .data("\(file):\(line):\(column): \(sentence)") }

    /// Another error, told as one about what stands here.
    func error(_ error: any Error) -> HostError {
        let known = HostError(error)
        return HostError(known.kind, "\(file):\(line):\(column): \(known.sentence)")
    }
}
