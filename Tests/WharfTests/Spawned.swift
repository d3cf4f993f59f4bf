import Foundation
import Testing

/// A program that runs beside the test. What it writes is read as it comes; after a minute it is ended, so that a test
/// that waits in vain ends too.
final class Spawned: CustomReflectable {
    private let process = Process()
    private let watchdog: DispatchWorkItem
    private let pipes = (output: Pipe(), errors: Pipe())
    /// What has been read so far.
    private(set) var output = ""
    private(set) var errors = ""

    /// - Parameter input: what it reads; nothing as a rule.
    init(
        _ program: URL, _ arguments: [String], environment: [String: String] = [:],
        input: FileHandle = .nullDevice
    ) throws {
        process.executableURL = program
        process.arguments = arguments
        process.environment = ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8"]
            .merging(environment) { $1 }
        process.standardInput = input
        (process.standardOutput, process.standardError) = (pipes.output, pipes.errors)
        let process = process
        watchdog = DispatchWorkItem { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }
        // Dispatch's threads block all signals, and what they start would too.
        var (none, before) = (sigset_t(), sigset_t())
        unsafe sigemptyset(&none)
        unsafe pthread_sigmask(SIG_SETMASK, &none, &before)
        defer { unsafe pthread_sigmask(SIG_SETMASK, &before, nil) }
        try process.run()
        DispatchQueue.global().asyncAfter(deadline: .now() + 60, execute: watchdog)
    }

    convenience init(_ name: String, _ arguments: String...) throws {
        try self.init(URL(fileURLWithPath: try Spawned.find(name)), arguments)
    }

    deinit {
        watchdog.cancel()
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    }

    /// Nothing: an expectation that fails looks into what it is about, and looking into Foundation's `Process` crashes.
    var customMirror: Mirror { Mirror(self, children: []) }
    var identifier: Int32 { process.processIdentifier }
    var isRunning: Bool { process.isRunning }

    func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

    /// Waits until the program has said this; false if it ends without.
    func says(_ text: String) -> Bool { Self.read(pipes.errors, into: &errors, until: text) }
    func tells(_ text: String) -> Bool { Self.read(pipes.output, into: &output, until: text) }

    /// Where a `wharf serve` listens that was started with ports of the system's choice, in the order of its options.
    func portsOfServer(_ location: SourceLocation = #_sourceLocation) throws -> [Int] {
        let isThere = tells("Passive data connections")
        #expect(isThere, "\(errors)", sourceLocation: location)
        let places = output.prefix { $0 != "\n" }.components(separatedBy: ", at ").last ?? ""
        return try places.components(separatedBy: " and ").map { place in
            try #require(place.split(separator: ":").last.flatMap { Int($0) }, sourceLocation: location)
        }
    }

    /// Waits for its end; what it has written is there then.
    func finish() -> Int32 {
        // What is said on the side fits into its pipe.
        _ = Self.read(pipes.output, into: &output, until: nil)
        _ = Self.read(pipes.errors, into: &errors, until: nil)
        process.waitUntilExit()
        return process.terminationStatus
    }

    private static func read(_ pipe: Pipe, into text: inout String, until wanted: String?) -> Bool {
        while true {
            if let wanted, text.contains(wanted) { return true }
            let piece = pipe.fileHandleForReading.availableData
            if piece.isEmpty { return false }
            text += String(decoding: piece, as: UTF8.self)
        }
    }

    /// Where a program lies.
    static func find(_ name: String) throws -> String {
        let folders = ["/usr/sbin", "/usr/bin", "/sbin", "/bin"]
        guard let path = folders.map({ "\($0)/\(name)" }).first(where: FileManager.default.isExecutableFile) else {
            throw CocoaError(.fileNoSuchFile)
        }
        return path
    }

    /// Those of some programs that are not installed.
    static func missing(_ names: String...) -> [String] { names.filter { (try? find($0)) == nil } }

    /// Runs a program to its end.
    @discardableResult
    static func run(_ name: String, _ arguments: String...) throws -> (status: Int32, output: String) {
        let program = try Spawned(URL(fileURLWithPath: try find(name)), arguments)
        let status = program.finish()
        return (status, program.output)
    }
}
