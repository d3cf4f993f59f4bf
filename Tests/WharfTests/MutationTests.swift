import Foundation
import SystemPackage
import Testing
import wharf_fuzz

/// Damage is data: whatever a capture holds, it is read without a trap and told without harm. Each test ends the whole
/// run if it traps; `wharf-fuzz --only` then finds out why.
@Suite struct MutationTests {
    private static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    private static func captures(in folder: String) throws -> [Mutator.Seed] {
        let folder = root.appendingPathComponent(folder)
        return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
            .filter { $0.contains(".pcap") }
            .map { Mutator.Seed(name: $0, bytes: Array(try Data(contentsOf: folder.appendingPathComponent($0)))) }
    }

    private static func trial(_ name: String) -> Trial {
        let process = ProcessInfo.processInfo.processIdentifier
        return Trial(in: FilePath(NSTemporaryDirectory()).appending("wharf-\(name)-\(process)"))
    }

    @Test func `what once failed is read`() throws {
        var trial = Self.trial("crashes")
        for crash in try Self.captures(in: "Fuzz/crashes") {
            #expect(try trial.run(crash.bytes) == [], "\(crash.name)")
        }
    }

    @Test func `unharmed captures pass every check of the mutants`() throws {
        var trial = Self.trial("seeds")
        for seed in try Self.captures(in: "Tests/Fixtures/captures") {
            #expect(try trial.run(seed.bytes) == [], "\(seed.name)")
        }
    }

    @Test func `some hundred mutants are read`() throws {
        var trial = Self.trial("mutants")
        let mutator = Mutator(try Self.captures(in: "Tests/Fixtures/captures"), number: 20)
        for index in 0..<150 {
            let mutant = mutator.mutant(index)
            #expect(try trial.run(mutant.bytes) == [], "mutant \(index) of \(mutant.origin)")
        }
    }

    private static func subject(_ kind: SubjectKind) throws -> any Subject {
        let work = FilePath(NSTemporaryDirectory()).appending("wharf-\(kind)-\(UUID().uuidString)")
        return switch kind {
        case .captures:
            CaptureSubject(Mutator(try captures(in: "Tests/Fixtures/captures"), number: 20), Trial(in: work))
        case .sessions: SessionSubject(number: 20)
        case .data: DataSubject(number: 20)
        case .server: ServerSubject(number: 20, in: work)
        case .settings:
            SettingsSubject(
                manual: try String(contentsOf: root.appendingPathComponent("docs/serve.md"), encoding: .utf8),
                number: 20)
        case .proxy: ProxySubject(number: 20)
        case .commands: try CommandSubject(program: program.path, number: 20, in: work, limit: 30)
        }
    }

    @Test(
        arguments: [(.sessions, 1500), (.data, 150), (.settings, 150), (.proxy, 500), (.commands, 40)]
            as [(SubjectKind, Int)])
    func `some mutants of what the server has to bear`(kind: SubjectKind, count: Int) throws {
        var subject = try Self.subject(kind)
        for index in 0..<count {
            let mutant = try subject.mutant(index)
            #expect(try subject.run(mutant.bytes) == [], "\(kind) \(index), \(mutant.origin)")
        }
    }

    /// In a process of its own, for it counts its descriptors and threads.
    @Test func `a server bears some clients without manners`() throws {
        let fuzzer = program.deletingLastPathComponent().appendingPathComponent("wharf-fuzz")
        let run = try Spawned(fuzzer, ["--subject", "server", "--seed", "20", "--count", "60", "--limit", "30"])
        #expect(run.finish() == 0, "\(run.output)\(run.errors)")
    }

    @Test func `what else once failed is borne`() throws {
        let folder = Self.root.appendingPathComponent("Fuzz/crashes")
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() {
            guard let kind = SubjectKind.allCases.first(where: { name.hasSuffix(".\($0.suffix)") }),
                ![.captures, .server].contains(kind)
            else { continue }
            var subject = try Self.subject(kind)
            let bytes = Array(try Data(contentsOf: folder.appendingPathComponent(name)))
            #expect(try subject.run(bytes) == [], "\(name)")
        }
    }
}
