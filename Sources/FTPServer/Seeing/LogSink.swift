import Dispatch
import Synchronization
package import SystemPackage

/// Where lines of logs go. Whoever logs never waits: a reader that is slow makes lines go missing, which is told.
package final class LogSink: Sendable {
    /// Lines that may wait.
    private static let maximumBacklog = 10_000

    private struct State {
        var backlog = 0
        var lost = 0
    }

    private let descriptor: FileDescriptor
    private let queue = DispatchQueue(label: "wharf.log")
    private let state = Mutex(State())

    /// Writes to `descriptor`, which stays the caller's.
    package init(_ descriptor: FileDescriptor) { self.descriptor = descriptor }

    func write(_ line: String) {
        let isTaken = state.withLock { state in
            guard state.backlog < Self.maximumBacklog else {
                state.lost += 1
                return false
            }
            state.backlog += 1
            return true
        }
        guard isTaken else { return }
        queue.async { [self] in
            let lost = state.withLock { state in
                state.backlog -= 1
                defer { state.lost = 0 }
                return state.lost
            }
            let note = lost > 0 ? "(\(lost) lines of this log were lost: nobody read them)\n" : ""
            _ = try? descriptor.writeAll((note + line + "\n").utf8)
        }
    }

    /// Waits until everything is written.
    package func flush() { queue.sync {} }
}
