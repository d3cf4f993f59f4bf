import Bytes
import Foundation
import SystemPackage

/// The parent's side: keeps a child running over the mutants, and notes the one at which it traps or hangs.
struct Supervisor {
    /// What every child is started with.
    let arguments: [String]
    /// Seconds for one mutant.
    let limit: Double
    let keep: String?
    /// Of the names of what is kept.
    let suffix: String

    private struct Outcome {
        var last = -1
        var isFinishing = false
        var isDone = false
        var hangs = false
        var signal: Int32 = 0
        var faults: [(index: Int, text: String)] = []
        var slowest = (index: 0, seconds: 0.0)
        var peak = 0
    }

    /// - Returns: how many mutants failed.
    func run(_ count: Int, seed: UInt64, _ subject: any Subject) throws -> Int {
        let start = Date()
        var (crashes, hangs, faults, peak, next) = (0, 0, 0, 0, 0)
        var slowest = (index: 0, seconds: 0.0)
        while next < count {
            let outcome = try runChild(from: next)
            for fault in outcome.faults { try note("FAULT \(fault.text)", fault.index, subject) }
            faults += outcome.faults.count
            peak = max(peak, outcome.peak)
            if outcome.slowest.seconds > slowest.seconds { slowest = outcome.slowest }
            if outcome.isDone { break }
            let index = max(next, outcome.last)
            if outcome.hangs { hangs += 1 } else { crashes += 1 }
            try note(outcome.hangs ? "HANG" : "CRASH by signal \(outcome.signal)", index, subject)
            next = index + 1
        }
        let seconds = (Date().timeIntervalSince(start) * 10).rounded() / 10
        print(
            "seed \(seed): \(count) mutants, \(crashes) crashes, \(hangs) hangs, \(faults) faults, peak \(peak >> 20) MB,",
            "slowest \(slowest.index) with \((slowest.seconds * 1000).rounded()) ms, \(seconds) s in all")
        return crashes + hangs + faults
    }

    private func note(_ what: String, _ index: Int, _ subject: any Subject) throws {
        let mutant = try subject.mutant(index)
        print("\(what) at mutant \(index) (\(mutant.origin))")
        if let keep { try FuzzCommand.keep(mutant.bytes, "\(index).\(suffix)", in: keep) }
    }

    private func runChild(from first: Int) throws -> Outcome {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: CommandLine.arguments[0])
        process.arguments = arguments + ["--child-from", "\(first)"]
        // A backtrace of every trap takes seconds, and its process keeps the pipes open.
        process.environment = ProcessInfo.processInfo.environment.merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 }
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        var outcome = Outcome()
        var pending: [UInt8] = []
        var began = Date()
        let descriptor = FileDescriptor(rawValue: output.fileHandleForReading.fileDescriptor)
        reading: while true {
            let rest = limit - Date().timeIntervalSince(began)
            // Starting and ending take their time as well.
            let isBetween = outcome.last >= 0 && !outcome.isFinishing
            guard Kernel.isReadable(descriptor, within: isBetween ? rest : limit + 30) else {
                outcome.hangs = true
                Kernel.end(process.processIdentifier)
                break
            }
            var buffer = [UInt8](repeating: 0, count: 1 << 16)
            let count = try descriptor.read(into: &buffer)
            if count == 0 { break reading }
            pending += buffer[..<count]
            while let end = pending.firstIndex(of: 10) {
                let line = String(decoding: pending[..<end], as: UTF8.self)
                pending.removeSubrange(...end)
                if line.hasPrefix("begin ") {
                    let seconds = Date().timeIntervalSince(began)
                    if outcome.last >= 0, seconds > outcome.slowest.seconds {
                        outcome.slowest = (outcome.last, seconds)
                    }
                    began = Date()
                }
                take(line, &outcome)
            }
        }
        process.waitUntilExit()
        if process.terminationReason == .uncaughtSignal { outcome.signal = process.terminationStatus }
        return outcome
    }

    private func take(_ line: String, _ outcome: inout Outcome) {
        let words = line.split(separator: " ", maxSplits: 2)
        switch words.first {
        case "begin" where words.count > 1: outcome.last = Int(words[1]) ?? outcome.last
        case "fault" where words.count > 2: outcome.faults.append((Int(words[1]) ?? 0, String(words[2])))
        case "finish": outcome.isFinishing = true
        case "peak" where words.count > 1: outcome.peak = Int(words[1]) ?? 0
        case "done": outcome.isDone = true
        default: break
        }
    }
}
