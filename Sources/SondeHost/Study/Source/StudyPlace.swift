/// A place in a study file; lines and columns count from 1.
struct StudyPlace: Sendable, Hashable {
    let file: String
    let line: Int
    let column: Int

    init(file: String, line: Int, column: Int) {
        self.file = file
        self.line = line
        self.column = column
    }

    /// The place of an argument of the command line.
    init(argument: String) {
        self.init(file: argument, line: 0, column: 0)
    }

    private var text: String { line == 0 ? file : "\(file):\(line):\(column)" }

    /// An error about what stands here.
    func error(_ sentence: String) -> HostError { .data("\(text): \(sentence)") }

    /// Another error, told as one about what stands here.
    func error(_ error: any Error) -> HostError {
        let known = HostError(error)
        return HostError(known.kind, "\(text): \(known.sentence)")
    }
}
