import ArgumentParser
import Foundation
import SystemPackage

@main
struct FuzzCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wharf-fuzz",
        abstract: "Runs mutated captures, clients and settings through what has to bear them.",
        discussion: """
            Every mutant is determined by the seed number and its index, so that a failure can be run again with --seed \
            and --only. The mutants run in a child process; one that traps or hangs is noted and the run goes on.
            """)

    @Option(help: "What is mutated.")
    var subject = SubjectKind.captures

    @Option(help: "How many mutants.")
    var count = 10_000

    @Option(help: "The number that determines all mutants.")
    var seed: UInt64 = 1

    @Option(help: "The folder of the captures that are mutated.")
    var seeds = "Tests/Fixtures/captures"

    @Option(help: "The page with the configuration that is mutated.")
    var manual = "docs/serve.md"

    @Option(help: "Run this mutant alone, in this process.")
    var only: Int?

    @Option(help: "Write failing mutants into this folder; with --only the mutant, whether it fails or not.")
    var keep: String?

    @Option(help: "Seconds after which a mutant counts as a hang.")
    var limit = 2.0

    @Option(help: "MB above the beginning at which a mutant uses too much memory.")
    var memory = 512

    @Option(help: "Run this program over the mutants instead of the library: the path of wharf. Commands need it.")
    var program: String?

    @Option(help: .hidden)
    var childFrom: Int?

    func run() throws {
        let work = FilePath(NSTemporaryDirectory()).appending("wharf-fuzz-\(ProcessInfo.processInfo.processIdentifier)")
        if let program, subject == .captures, only == nil {
            let mutator = Mutator(try Self.readSeeds(seeds), number: seed)
            return try ProgramRun(program, mutator, work, limit: limit, keep: keep).run(count, seed: seed)
        }
        let subject = try makeSubject(work)
        if let only {
            try run(only, subject)
        } else if let childFrom {
            var worker = Worker(subject, memory: memory << 20)
            try worker.run(childFrom..<count)
        } else {
            let supervisor = Supervisor(
                arguments: arguments, limit: limit, keep: keep, suffix: self.subject.suffix)
            if try supervisor.run(count, seed: seed, subject) > 0 { throw ExitCode.failure }
        }
    }

    /// What a child is started with to make the same mutants.
    private var arguments: [String] {
        [
            "--subject", subject.rawValue, "--seed", "\(seed)", "--seeds", seeds, "--manual", manual, "--memory",
            "\(memory)", "--count", "\(count)", "--limit", "\(limit)",
        ] + (program.map { ["--program", $0] } ?? [])
    }

    private func makeSubject(_ work: FilePath) throws -> any Subject {
        switch subject {
        case .captures: CaptureSubject(Mutator(try Self.readSeeds(seeds), number: seed), Trial(in: work))
        case .sessions: SessionSubject(number: seed)
        case .data: DataSubject(number: seed)
        case .server: ServerSubject(number: seed, in: work)
        case .settings: SettingsSubject(manual: try String(contentsOfFile: manual, encoding: .utf8), number: seed)
        case .proxy: ProxySubject(number: seed)
        case .commands:
            if let program {
                try CommandSubject(program: program, number: seed, in: work, limit: limit / 2)
            } else {
                throw ValidationError("--subject commands needs --program, the path of wharf")
            }
        }
    }

    private func run(_ index: Int, _ subject: any Subject) throws {
        var subject = subject
        let mutant = try subject.mutant(index)
        print("mutant \(index) of seed \(seed): \(mutant.origin), \(mutant.bytes.count) bytes")
        if let keep { try Self.keep(mutant.bytes, "\(index).\(self.subject.suffix)", in: keep) }
        let faults = try subject.run(mutant.bytes) + subject.finish()
        for fault in faults { print(fault) }
        if !faults.isEmpty { throw ExitCode.failure }
    }

    static func keep(_ bytes: [UInt8], _ name: String, in folder: String) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data(bytes).write(to: URL(fileURLWithPath: "\(folder)/mutant-\(name)"))
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

extension SubjectKind: ExpressibleByArgument {}
