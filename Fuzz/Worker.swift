import Foundation
import SystemPackage

/// The child's side: runs mutants one after another and says on standard output which one it is at.
struct Worker {
    private let mutator: Mutator
    private let folder: FilePath
    private let memory: Int

    init(_ mutator: Mutator, _ folder: FilePath, memory: Int) {
        self.mutator = mutator
        self.folder = folder
        self.memory = memory
    }

    func run(_ indices: Range<Int>) throws {
        var trial = Trial(in: folder)
        // The first mutants bring in what every run needs once.
        var baseline = 0
        for index in indices {
            say("begin \(index)")
            let mutant = mutator.mutant(index)
            for fault in try trial.run(mutant.bytes) { say("fault \(index) \(mutant.origin): \(fault)") }
            let peak = Kernel.peakMemory
            if baseline == 0 { baseline = peak }
            if peak > baseline + memory {
                say("fault \(index) \(mutant.origin): \(peak >> 20) MB of memory")
                baseline = peak
            }
        }
        say("peak \(Kernel.peakMemory)")
        say("done")
    }

    private func say(_ line: String) {
        _ = try? FileDescriptor.standardOutput.writeAll((line.replacing("\n", with: " ") + "\n").utf8)
    }
}
