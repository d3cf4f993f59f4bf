import FTPProtocol
import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A descriptor that text is written to, gathered into large writes.
final class Output {
    private let descriptor: FileDescriptor
    private var buffer: [UInt8] = []
    private var failure: (any Error)?
    /// Bytes that are gathered before they are written.
    private static let limit = 1 << 16

    init(_ descriptor: FileDescriptor) {
        self.descriptor = descriptor
    }

    /// Like ``write(line:)`` for callers that cannot throw; the first failure comes out of ``flush()``.
    func append(line: String) {
        guard failure == nil else { return }
        do { try write(line: line) } catch { failure = error }
    }

    func write(line: String) throws {
        buffer += line.utf8
        buffer.append(UInt8(ascii: "\n"))
        if buffer.count >= Self.limit { try flush() }
    }

    /// Like ``write(line:)`` for text that is ready.
    func write(_ text: [UInt8]) throws {
        guard text.count < Self.limit else {
            // What is large goes out as it is.
            try flush()
            return try put(text)
        }
        buffer += text
        if buffer.count >= Self.limit { try flush() }
    }

    func flush() throws {
        if let failure { throw failure }
        defer { buffer.removeAll(keepingCapacity: true) }
        try put(buffer)
    }

    private func put(_ text: [UInt8]) throws {
        do { _ = try descriptor.writeAll(text) } catch { throw OutputError(cause: error) }
    }

    var isTerminal: Bool { isatty(descriptor.rawValue) == 1 }
}

/// What was to be put out could not be.
struct OutputError: Error, CustomStringConvertible {
    let cause: any Error

    var description: String { "the output cannot be written: \(cause)" }
}

/// A line for the user beside the output: warnings, progress, errors.
func warn(_ line: String) {
    _ = try? FileDescriptor.standardError.writeAll(("wharf: " + harmless(line) + "\n").utf8)
}

/// Text for the terminal that repeats what was typed or what a file is called: line by line, nothing of it steers.
func harmless(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { displayText($0.utf8) }.joined(separator: "\n")
}

/// A line on standard error that says how far a long read has come; shown only on a terminal, and only once it is long.
final class Progress {
    private let start = ContinuousClock.now
    private var isShown = false
    private let isOnTerminal = Output(.standardError).isTerminal

    func show(_ done: UInt64, of all: UInt64) {
        guard isOnTerminal, all > 0, ContinuousClock.now - start > .seconds(1) else { return }
        isShown = true
        _ = try? FileDescriptor.standardError.writeAll("\r\(done * 100 / all) % of \(all / 1_000_000) MB\u{1B}[K".utf8)
    }

    func clear() {
        if isShown { _ = try? FileDescriptor.standardError.writeAll("\r\u{1B}[K".utf8) }
    }
}
