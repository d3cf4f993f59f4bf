import Foundation
import SystemPackage

/// Runs the program itself over mutants, one process each, as a user would.
struct ProgramRun {
    private let program: String
    private let mutator: Mutator
    private let folder: FilePath
    private let limit: Double
    private let keep: String?

    init(_ program: String, _ mutator: Mutator, _ folder: FilePath, limit: Double, keep: String?) {
        self.program = program
        self.mutator = mutator
        self.folder = folder
        self.limit = limit
        self.keep = keep
    }

    func run(_ count: Int, seed: UInt64) throws {
        let (file, target) = (folder.appending("mutant.pcap").string, folder.appending("out").string)
        let commands = [
            ["analyze", "--explain", file], ["analyze", "--lang", "zh", file], ["analyze", "--json", file],
            ["analyze", "--format", "zeek", file], ["export", file, "--to", target],
        ]
        var (crashes, hangs) = (0, 0)
        let start = Date()
        defer { try? FileManager.default.removeItem(atPath: folder.string) }
        for index in 0..<count {
            let mutant = mutator.mutant(index)
            try? FileManager.default.removeItem(atPath: folder.string)
            try FileManager.default.createDirectory(atPath: folder.string, withIntermediateDirectories: true)
            try Data(mutant.bytes).write(to: URL(fileURLWithPath: file))
            let outcome = try run(commands[index % commands.count])
            guard let outcome else { continue }
            if outcome == 0 { hangs += 1 } else { crashes += 1 }
            print(outcome == 0 ? "HANG" : "CRASH by signal \(outcome)", "at mutant \(index) (\(mutant.origin))")
            if let keep { try FuzzCommand.keep(mutant.bytes, "\(index).pcap", in: keep) }
        }
        let seconds = Date().timeIntervalSince(start).rounded()
        print("seed \(seed): \(count) processes, \(crashes) crashes, \(hangs) hangs, \(seconds) s")
    }

    /// The signal that ended it, 0 where it had to be killed, nil where all went well.
    private func run(_ arguments: [String]) throws -> Int32? {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        let start = Date()
        while process.isRunning {
            if Date().timeIntervalSince(start) > limit {
                Kernel.end(process.processIdentifier)
                process.waitUntilExit()
                return 0
            }
            Kernel.sleep(milliseconds: 2)
        }
        return process.terminationReason == .uncaughtSignal ? process.terminationStatus : nil
    }
}
