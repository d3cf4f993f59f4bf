import ArgumentParser
import Foundation
import SystemPackage

@main
struct FuzzCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wharf-fuzz",
        abstract: "Runs mutated captures through analyze and export.",
        discussion: """
            Every mutant is determined by the seed number and its index, so that a failure can be run again with --seed \
            and --only. The mutants run in a child process; one that traps or hangs is noted and the run goes on.
            """)

    @Option(help: "How many mutants.")
    var count = 10_000

    @Option(help: "The number that determines all mutants.")
    var seed: UInt64 = 1

    @Option(help: "The folder of the captures that are mutated.")
    var seeds = "Tests/Fixtures/captures"

    @Option(help: "Run this mutant alone, in this process.")
    var only: Int?

    @Option(help: "Write failing mutants into this folder; with --only the mutant, whether it fails or not.")
    var keep: String?

    @Option(help: "Seconds after which a mutant counts as a hang.")
    var limit = 2.0

    @Option(help: "MB above the beginning at which a mutant uses too much memory.")
    var memory = 512

    @Option(help: "Run this program over the mutants instead of the library: the path of wharf.")
    var program: String?

    @Option(help: .hidden)
    var childFrom: Int?

    func run() throws {
        let mutator = Mutator(try Self.readSeeds(seeds), number: seed)
        let work = FilePath(NSTemporaryDirectory()).appending("wharf-fuzz-\(ProcessInfo.processInfo.processIdentifier)")
        if let only {
            try run(only, mutator, work)
        } else if let childFrom {
            try Worker(mutator, work, memory: memory << 20).run(childFrom..<count)
        } else if let program {
            try ProgramRun(program, mutator, work, limit: limit, keep: keep).run(count, seed: seed)
        } else {
            let arguments = ["--seed", "\(seed)", "--seeds", seeds, "--memory", "\(memory)", "--count", "\(count)"]
            let supervisor = Supervisor(arguments: arguments, limit: limit, keep: keep)
            if try supervisor.run(count, seed: seed, mutator) > 0 { throw ExitCode.failure }
        }
    }

    private func run(_ index: Int, _ mutator: Mutator, _ work: FilePath) throws {
        let mutant = mutator.mutant(index)
        print("mutant \(index) of seed \(seed): \(mutant.origin), \(mutant.bytes.count) bytes")
        if let keep { try Self.keep(mutant.bytes, index, in: keep) }
        var trial = Trial(in: work)
        let faults = try trial.run(mutant.bytes)
        for fault in faults { print(fault) }
        if !faults.isEmpty { throw ExitCode.failure }
    }

    static func keep(_ bytes: [UInt8], _ index: Int, in folder: String) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data(bytes).write(to: URL(fileURLWithPath: "\(folder)/mutant-\(index).pcap"))
    }

    static func readSeeds(_ folder: String) throws -> [Mutator.Seed] {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        let seeds = try names.filter { $0.contains(".pcap") }.map { name in
            Mutator.Seed(name: name, bytes: Array(try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)"))))
        }
        guard !seeds.isEmpty else { throw ValidationError("\(folder) holds no captures") }
        return seeds
    }
}
