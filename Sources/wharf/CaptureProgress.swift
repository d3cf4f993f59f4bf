import Dispatch
import FTPProtocol
import LiveCapture
import Report
import Synchronization
import SystemPackage

/// How much was captured, on standard error while it is a terminal.
final class CaptureProgress: Sendable {
    private struct State {
        var counts = CaptureLoop.Counts()
        /// What else is going on.
        var note = ""
        /// What stands on the terminal.
        var shown: String?
        /// Whether somebody is about to show the news.
        var isDue = false
    }

    private let language: Language
    private let isShown: Bool
    private let state = Mutex(State())
    private let queue = DispatchQueue(label: "progress")

    init(_ language: Language, isShown: Bool) {
        self.language = language
        self.isShown = isShown && Output(.standardError).isTerminal
    }

    /// Takes the news without showing them, which might take time.
    func note(_ counts: CaptureLoop.Counts) { state.withLock { $0.counts = counts } }

    func note(_ text: String) { state.withLock { $0.note = text } }

    /// Shows the news on another thread: a terminal may take its time.
    func showAside() {
        let isFirst = state.withLock { state in
            defer { state.isDue = true }
            return !state.isDue
        }
        guard isShown, isFirst else { return }
        queue.async { [self] in
            state.withLock { $0.isDue = false }
            show()
        }
    }

    /// After everything that was to be shown aside.
    func finish() {
        queue.sync { clear() }
    }

    func show() {
        guard isShown else { return }
        let (counts, note, shown) = state.withLock { ($0.counts, $0.note, $0.shown) }
        var line = CaptureText.progress(counts.frames, counts.bytes, counts.dropped, language)
        if !note.isEmpty { line += "   " + note }
        line = CaptureText.clipped(line, to: terminalSize(of: .standardError)?.columns ?? 80)
        guard line != shown, counts.frames > 0 else { return }
        state.withLock { $0.shown = line }
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
