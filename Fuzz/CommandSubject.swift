import Foundation
package import SystemPackage

/// Arguments for the program itself: a mutant is what stands between NULs. A signal, a status that no program of ours
/// has, a failure without a word, or a program that does not end when it is told to is a fault.
package struct CommandSubject: Subject {
    private let program: String
    private let number: UInt64
    private let folder: FilePath
    private let limit: Double
    private let commands: [Help.Command]
    /// How long a server may serve before it is told to end.
    private static let patience = 0.25

    /// - Parameters:
    ///   - folder: belongs to the subject; its contents are removed.
    ///   - limit: seconds after which a program that was told to end is killed.
    package init(program: String, number: UInt64, in folder: FilePath, limit: Double) throws {
        self.program = URL(fileURLWithPath: program).path
        self.number = number
        self.folder = folder
        self.limit = limit
        let help = try JSONDecoder().decode(Help.self, from: try Self.dump(self.program))
        commands = help.command.leaves([])
    }

    /// What the program says of its options (`--experimental-dump-help` of swift-argument-parser).
    private struct Help: Decodable {
        struct Name: Decodable {
            let kind: String
            let name: String
        }

        struct Argument: Decodable {
            let kind: String
            let names: [Name]?
        }

        struct Command: Decodable {
            let commandName: String
            let arguments: [Argument]?
            let subcommands: [Command]?
            /// The names that lead to it.
            var path: [String]? = nil

            func leaves(_ path: [String]) -> [Command] {
                var own = self
                own.path = path
                return [own] + (subcommands ?? []).flatMap { $0.leaves(path + [$0.commandName]) }
            }
        }

        let command: Command
    }

    private static func dump(_ program: String) throws -> Data {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = ["--experimental-dump-help"]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return data
    }

    /// All paths are within the folder or lead nowhere.
    private static let values = [
        "", "-", "--", ".", "f", "d", "capture.pcap", "missing/x", "/dev/null", "/proc/self/mem/x", "alice", "bob:x",
        "0", "1", "-1", "2.5", "1e9", "99999999999999999999", "nan", "0x10", "65536", "127.0.0.1:0", "[::1]:0", "*:0",
        "127.0.0.1", "localhost:99999", "192.0.2.1", "::", "50000-50010", "9-1", "1-99999", "none", "all",
        "list write", "/d: list", "/d:", ": all", "10 MB", "-3 kB", "inf", "clear", "keys", "off", "text", "json",
        "debug", "tcp.port == 21", "tcp.port ==", "ftp.request.command in {", "\"", "zh", "xx", "ftp", "frame", "lo",
        "a\u{1B}[31mb", "\u{202E}x", "é文", "duration:1", "files:0", "filesize:99999999999999999999", "tcp,ftp", "%s%n",
    ]

    package func mutant(_ index: Int) -> (bytes: [UInt8], origin: String) {
        var dice = Dice(seed: number, index: index)
        // The server's own commands half of the time.
        let own = commands.filter { ["serve", "user", "who"].contains($0.path?.first ?? "") }
        let command = dice.pick(dice.isLucky(in: 2) && !own.isEmpty ? own : commands)
        var arguments = command.path ?? []
        let options = command.arguments ?? []
        for _ in 0..<dice.roll(dice.pick([3, 6, 12])) {
            let option = options.isEmpty ? nil : dice.pick(options)
            if let name = option?.names.map({ dice.pick($0) }), !dice.isLucky(in: 10) {
                let written = (name.kind == "short" ? "-" : "--") + name.name
                let value = dice.pick(Self.values)
                switch option?.kind {
                case "option" where dice.isLucky(in: 4): arguments.append("\(written)=\(value)")
                case "option" where !dice.isLucky(in: 8): arguments += [written, value]
                default: arguments.append(written)
                }
            } else {
                arguments.append(dice.isLucky(in: 3) ? dice.pick(["capture.pcap", "f", "."]) : dice.pick(Self.values))
            }
        }
        // Nothing of this machine's own is touched, and no port that somebody waits at.
        if command.path?.first == "serve" { arguments.insert(contentsOf: ["--listen", "127.0.0.1:0"], at: 1) }
        if command.path?.first == "user" { arguments += ["--users", "users.sqlite"] }
        return (Array(arguments.joined(separator: "\0").utf8), arguments.joined(separator: " "))
    }

    package func run(_ bytes: [UInt8]) throws -> [String] {
        let arguments = bytes.split(separator: 0, omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        let (work, errors) = (folder.appending("work"), folder.appending("errors"))
        let files = FileManager.default
        try? files.removeItem(atPath: folder.string)
        try files.createDirectory(atPath: work.appending("d").string, withIntermediateDirectories: true)
        defer { try? files.removeItem(atPath: folder.string) }
        try Data("a file\n".utf8).write(to: URL(fileURLWithPath: work.appending("f").string))
        try Data([0xD4, 0xC3, 0xB2, 0xA1, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 1, 0, 0, 0])
            .write(to: URL(fileURLWithPath: work.appending("capture.pcap").string))
        guard files.createFile(atPath: errors.string, contents: nil) else { return ["no file for what it says"] }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: work.string)
        process.environment = ["HOME": work.string, "PATH": "/usr/bin:/bin", "SWIFT_BACKTRACE": "enable=no"]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: errors.string))
        try process.run()
        var wasToldToEnd = false
        if !Kernel.wait(seconds: Self.patience, until: { !process.isRunning }) {
            wasToldToEnd = true
            process.terminate()
            if !Kernel.wait(seconds: limit, until: { !process.isRunning }) {
                Kernel.end(process.processIdentifier)
                process.waitUntilExit()
                return ["it does not end"]
            }
        }
        process.waitUntilExit()
        let status = process.terminationStatus
        if process.terminationReason == .uncaughtSignal {
            return wasToldToEnd && status == SIGTERM ? [] : ["signal \(status)"]
        }
        if status > 64 { return ["status \(status)"] }
        let isSilent = Kernel.allocatedBytes(errors) == 0
        return status != 0 && isSilent ? ["status \(status) without a word"] : []
    }
}
