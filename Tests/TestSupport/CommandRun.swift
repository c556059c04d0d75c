import Foundation

/// A command that has run to its end.
public struct CommandRun: Sendable {
    /// Its exit code; 128 and the signal's number if a signal ended it.
    public let status: Int32
    /// What it wrote to standard output.
    public let output: String
    /// What it wrote to standard error.
    public let errors: String

    /// Runs a command.
    /// - Parameters:
    ///   - input: what it reads.
    ///   - environment: variables to set; an empty text removes one.
    ///   - folder: the current directory.
    public init(
        _ executable: String, _ arguments: [String], input: String = "", environment: [String: String] = [:],
        in folder: String? = nil
    ) throws {
        let files = try TemporaryFolder()
        let process = Process()
        process.executableURL = URL(filePath: executable)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }.filter {
            !$1.isEmpty
        }
        if let folder { process.currentDirectoryURL = URL(filePath: folder) }
        process.standardInput = try FileHandle(forReadingFrom: URL(filePath: files.write(input, to: "input")))
        process.standardOutput = try FileHandle(forWritingTo: URL(filePath: files.write("", to: "output")))
        process.standardError = try FileHandle(forWritingTo: URL(filePath: files.write("", to: "errors")))
        try process.run()
        process.waitUntilExit()
        status =
            process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus
        output = try String(contentsOfFile: files.path("output"), encoding: .utf8)
        errors = try String(contentsOfFile: files.path("errors"), encoding: .utf8)
    }

    /// Runs the built `sonde`, its caches and data in `home`.
    public static func sonde(
        _ arguments: [String], home: TemporaryFolder, input: String = "", environment: [String: String] = [:]
    ) throws -> CommandRun {
        let own = [
            "HOME": home.path, "XDG_CACHE_HOME": home.path("cache"), "XDG_DATA_HOME": home.path("data"),
            "SONDE_PLUGIN_PATH": "",
        ]
        return try CommandRun(
            BuiltProducts.sonde, arguments, input: input, environment: own.merging(environment) { $1 },
            in: home.path)
    }
}
