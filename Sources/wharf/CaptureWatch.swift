import Analysis
import CaptureFile
import Dispatch
import FTPProtocol
import LiveCapture
import Report
import Synchronization
import SystemPackage

/// Says what frames tell, as they come.
protocol LiveTeller {
    /// - Parameters:
    ///   - time: now, in nanoseconds since 1970.
    ///   - isLast: whether nothing more will come.
    mutating func take(_ index: CaptureIndex, at time: Int64, isLast: Bool) throws
}

/// Follows a capture's files while they are written, on a thread of its own. Who writes them waits for nothing here.
final class CaptureWatch: Sendable {
    private let growing: GrowingCapture
    private let stop: CaptureLoop.Stop
    private let progress: CaptureProgress
    private let language: Language
    private let done = DispatchSemaphore(value: 0)
    private let failure = Mutex<(any Error)?>(nil)

    /// Milliseconds after which what does not come is looked for.
    private static let patience = 500

    init(_ growing: GrowingCapture, _ stop: CaptureLoop.Stop, _ progress: CaptureProgress, _ language: Language) {
        self.growing = growing
        self.stop = stop
        self.progress = progress
        self.language = language
    }

    /// - Parameter teller: made on the thread that uses it.
    func start(_ teller: @escaping @Sendable () -> any LiveTeller) {
        DispatchQueue(label: "telling", qos: .userInitiated).async { [self] in
            do { try follow(teller()) } catch {
                // Nobody reads what is told: that is what the capture was for.
                failure.withLock { $0 = error }
                stop.stop()
            }
            done.signal()
        }
    }

    /// Whether everything has been told, or will be within so many seconds.
    func isFinished(within seconds: Int) -> Bool {
        guard done.wait(timeout: .now() + .seconds(seconds)) == .success else { return false }
        done.signal()
        return true
    }

    /// Waits until everything has been told. That nobody wanted to read it is no error.
    func finish() throws {
        done.wait()
        guard let error = failure.withLock({ $0 }) else { return }
        if let error = error as? OutputError, error.cause as? Errno == .brokenPipe { return }
        throw error
    }

    private func follow(_ first: any LiveTeller) throws {
        var teller = first
        var index = GrowingIndex()
        var last: Capture?
        var hasMissed = false
        while true {
            let news = try growing.next(within: Self.patience)
            var isLast = false
            switch news {
            case .grown(let capture): last = capture
            case .none: break
            case .over: isLast = true
            }
            if let last {
                try index.read(last) { try teller.take($0, at: CaptureLoop.now, isLast: isLast) }
            }
            progress.show()
            if !hasMissed, growing.missedBytes > 0 {
                hasMissed = true
                progress.clear()
                warn(LiveMessage.fellBehind.text(language))
            }
            if isLast { return }
        }
    }
}

/// The FTP story as it happens.
struct StoryTeller: LiveTeller {
    private var live = LiveStory()
    private let output: Output
    private let progress: CaptureProgress
    private let text: LiveStoryText
    private let language: Language
    /// The transfer whose progress is shown: how far it was, and when.
    private var measured: (id: Int, bytes: Int64, time: Int64, rate: Double?)?

    init(_ options: TextStory.Options, _ output: Output, _ progress: CaptureProgress) {
        self.output = output
        self.progress = progress
        language = options.language
        text = LiveStoryText(options) { output.append(line: $0) }
    }

    mutating func take(_ index: CaptureIndex, at time: Int64, isLast: Bool) throws {
        live.take(index, at: time, isLast: isLast) { story, event in
            progress.clear()
            text.tell(event, of: story)
        }
        try output.flush()
        let running = live.running(in: index)
        measure(running.first, at: time)
        progress.note(CaptureText.running(running, rate: measured?.rate, language))
    }

    /// Measures the rate of the last second.
    private mutating func measure(_ transfer: LiveStory.Running?, at time: Int64) {
        guard let transfer else { return measured = nil }
        guard let last = measured, last.id == transfer.id else {
            return measured = (transfer.id, transfer.bytes, time, nil)
        }
        guard time - last.time >= 1_000_000_000 else { return }
        let rate = Double(transfer.bytes - last.bytes) * 1e9 / Double(time - last.time)
        measured = (transfer.id, transfer.bytes, time, rate)
    }
}

/// The packet list as it grows.
struct ListTeller: LiveTeller {
    private var printing: LivePrinting
    private let output: Output
    private let progress: CaptureProgress

    init(_ printer: any FramePrinter, _ output: Output, _ progress: CaptureProgress) {
        printing = LivePrinting(printer)
        self.output = output
        self.progress = progress
    }

    mutating func take(_ index: CaptureIndex, at time: Int64, isLast: Bool) throws {
        let (output, progress) = (output, progress)
        try printing.take(index, at: time) { text in
            if !text.isEmpty { progress.clear() }
            try output.write(text)
        }
        try output.flush()
    }
}
