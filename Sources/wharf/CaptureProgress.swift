import FTPProtocol
import LiveCapture
import Report
import Synchronization
import SystemPackage

/// How much was captured, on standard error while it is a terminal.
final class CaptureProgress: Sendable {
    private struct State {
        var counts = CaptureLoop.Counts()
        /// What stands on the terminal.
        var shown: CaptureLoop.Counts?
    }

    private let language: Language
    private let isShown: Bool
    private let state = Mutex(State())

    init(_ language: Language, isShown: Bool) {
        self.language = language
        self.isShown = isShown && Output(.standardError).isTerminal
    }

    /// Takes the news without showing them, which might take time.
    func note(_ counts: CaptureLoop.Counts) { state.withLock { $0.counts = counts } }

    func show() {
        guard isShown else { return }
        let counts = state.withLock { state -> CaptureLoop.Counts? in
            guard state.counts != state.shown else { return nil }
            state.shown = state.counts
            return state.counts
        }
        guard let counts else { return }
        let line = CaptureText.progress(counts.frames, counts.bytes, counts.dropped, language)
        _ = try? FileDescriptor.standardError.writeAll("\r\(line)\u{1B}[K".utf8)
    }

    func clear() {
        let isThere = state.withLock { state in
            defer { state.shown = nil }
            return state.shown != nil
        }
        if isThere { _ = try? FileDescriptor.standardError.writeAll("\r\u{1B}[K".utf8) }
    }
}
