import Foundation
import SystemPackage

/// The child's side: runs mutants one after another and says on standard output which one it is at.
struct Worker {
    private var subject: any Subject
    private let memory: Int

    init(_ subject: any Subject, memory: Int) {
        self.subject = subject
        self.memory = memory
    }

    mutating func run(_ indices: Range<Int>) throws {
        // The first mutants bring in what every run needs once.
        var baseline = 0
        for index in indices {
            say("begin \(index)")
            let mutant = try subject.mutant(index)
            for fault in try subject.run(mutant.bytes) { say("fault \(index) \(mutant.origin): \(fault)") }
            let peak = Kernel.peakMemory
            if baseline == 0 { baseline = peak }
            if peak > baseline + memory {
                say("fault \(index) \(mutant.origin): \(peak >> 20) MB of memory")
                baseline = peak
            }
        }
        say("finish")
        for fault in subject.finish() { say("fault \(indices.upperBound - 1) at the end: \(fault)") }
        say("peak \(Kernel.peakMemory)")
        say("done")
    }

    private func say(_ line: String) {
        _ = try? FileDescriptor.standardOutput.writeAll((line.replacing("\n", with: " ") + "\n").utf8)
    }
}
