import Dispatch
import Synchronization
package import SystemPackage

/// Where lines of logs go. Whoever logs never waits, and does not even make the line: that is done here, for many lines at
/// once. A reader that is slow makes lines go missing, which is told.
package final class LogSink: Sendable {
    /// Appends a line, without its end.
    typealias Line = @Sendable (inout [UInt8]) -> Void

    /// Lines that may wait.
    private static let maximumBacklog = 10_000
    /// So long lines are collected.
    private static let pause = DispatchTimeInterval.milliseconds(10)

    private struct State {
        var waiting: [Line] = []
        var lost = 0
    }

    private let descriptor: FileDescriptor
    private let closes: Bool
    private let queue = DispatchQueue(label: "wharf.log")
    private let state = Mutex(State())

    /// - Parameter closes: whether `descriptor` is closed with the sink, or stays the caller's.
    package init(_ descriptor: FileDescriptor, closes: Bool = false) {
        self.descriptor = descriptor
        self.closes = closes
    }

    /// Lines that wait to be written keep the sink until they are.
    deinit { if closes { try? descriptor.close() } }

    func write(_ line: @escaping Line) {
        let isFirst = state.withLock { state in
            guard state.waiting.count < Self.maximumBacklog else {
                state.lost += 1
                return false
            }
            state.waiting.append(line)
            return state.waiting.count == 1
        }
        if isFirst { queue.asyncAfter(deadline: .now() + Self.pause) { self.writeWaiting() } }
    }

    private func writeWaiting() {
        let (lines, lost) = state.withLock { state in
            defer { state = State() }
            return (state.waiting, state.lost)
        }
        var text: [UInt8] = []
        for line in lines {
            line(&text)
            text.append(UInt8(ascii: "\n"))
        }
        if lost > 0 { text += "(\(lost) lines of this log were lost: nobody read them)\n".utf8 }
        if !text.isEmpty { _ = try? descriptor.writeAll(text) }
    }

    /// Waits until everything is written.
    package func flush() { queue.sync { writeWaiting() } }
}
