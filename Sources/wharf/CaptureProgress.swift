import FTPProtocol
import LiveCapture
import Report
import SystemPackage

/// How much was captured, on standard error while it is a terminal.
final class CaptureProgress {
    private let language: Language
    private let isShown: Bool
    private var last = CaptureLoop.Counts()

    init(_ language: Language, isShown: Bool) {
        self.language = language
        self.isShown = isShown && Output(.standardError).isTerminal
    }

    func show(_ counts: CaptureLoop.Counts) {
        guard isShown, counts != last else { return }
        last = counts
        let line = CaptureText.progress(counts.frames, counts.bytes, counts.dropped, language)
        _ = try? FileDescriptor.standardError.writeAll("\r\(line)\u{1B}[K".utf8)
    }

    func clear() {
        guard isShown, last != CaptureLoop.Counts() else { return }
        _ = try? FileDescriptor.standardError.writeAll("\r\u{1B}[K".utf8)
    }
}
