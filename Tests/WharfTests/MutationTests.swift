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
}
