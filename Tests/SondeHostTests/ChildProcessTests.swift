import Foundation
import SondeHost
import Testing

/// Processes that the host starts.
@Suite struct ChildProcessTests {
    @Test(
        "Its output is read and its ending told",
        arguments: [
            ("printf hello; exit 3", "hello", "exit code 3"),
            ("kill -SEGV $$", "", "SIGSEGV (Segmentation fault)"),
            ("kill -ABRT $$", "", "SIGABRT (Aborted)"), ("exit 0", "", "exit code 0"),
        ])
    func ending(script: String, output: String, ending: String) throws {
        let child = try ChildProcess(executable: "/bin/sh", arguments: ["-c", script])
        #expect(
            String(decoding: child.readOutput(limit: 1000, until: .now + .seconds(20)), as: UTF8.self)
                == output)
        #expect(child.wait(until: .now + .seconds(20))?.description == ending)
    }

    @Test("Ending it ends also what it has started")
    func wholeGroupEnds() throws {
        let child = try ChildProcess(
            executable: "/bin/sh", arguments: ["-c", "(sleep 1; echo alive) & wait"])
        #expect(child.wait(until: .now + .milliseconds(200)) == nil)
        child.kill()
        #expect(child.wait(until: .now + .seconds(20)) == .killed(signal: 9))
        // What it has started would still write, had it not ended, too.
        #expect(child.readOutput(limit: 1000, until: .now + .seconds(30)).isEmpty)
    }

    @Test("It reads what it is given, and sees the variables that are set")
    func inputAndEnvironment() throws {
        let child = try ChildProcess(
            executable: "/bin/sh", arguments: ["-c", "read line; echo \"$line $GREETING\""],
            environment: ["GREETING": "there"], input: .pipe)
        try child.input?.write(contentsOf: Data("hello\n".utf8))
        #expect(
            String(decoding: child.readOutput(limit: 1000, until: .now + .seconds(20)), as: UTF8.self)
                == "hello there\n")
    }

    @Test("Reading stops at its deadline")
    func deadline() throws {
        let child = try ChildProcess(executable: "/bin/sh", arguments: ["-c", "printf a; sleep 60"])
        #expect(child.readOutput(limit: 1000, until: .now + .milliseconds(300)) == [UInt8(ascii: "a")])
    }

    @Test("A program that does not exist is an error that names it")
    func missingProgram() {
        let error = #expect(throws: HostError.self) {
            try ChildProcess(executable: "/nowhere/sonde", arguments: [])
        }
        #expect(error?.sentence == "/nowhere/sonde: cannot be started: No such file or directory.")
    }
}
