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
        if buffer.count >= 1 << 16 { try flush() }
    }

    func flush() throws {
        if let failure { throw failure }
        let full = buffer
        buffer.removeAll(keepingCapacity: true)
        _ = try descriptor.writeAll(full)
    }

    var isTerminal: Bool { isatty(descriptor.rawValue) == 1 }
}

/// A line for the user beside the output: warnings, progress, errors.
func warn(_ line: String) {
    _ = try? FileDescriptor.standardError.writeAll(("wharf: " + line + "\n").utf8)
}

/// A line on standard error that says how far a long read has come; shown only on a terminal, and only once it is long.
final class Progress {
    private let start = ContinuousClock.now
    private var isShown = false
    private let terminal = Output(.standardError)

    func show(_ done: UInt64, of all: UInt64) {
        guard terminal.isTerminal, all > 0, ContinuousClock.now - start > .seconds(1) else { return }
        isShown = true
        _ = try? FileDescriptor.standardError.writeAll("\r\(done * 100 / all) % of \(all / 1_000_000) MB\u{1B}[K".utf8)
    }

    func clear() {
        if isShown { _ = try? FileDescriptor.standardError.writeAll("\r\u{1B}[K".utf8) }
    }
}

/// Makes a folder and those above it, where they are missing.
func makeDirectory(_ path: FilePath) throws {
    guard unsafe path.withPlatformString({ unsafe mkdir($0, 0o777) }) != 0 else { return }
    let error = Errno(rawValue: errno)
    if error == .noSuchFileOrDirectory, !path.removingLastComponent().isEmpty {
        try makeDirectory(path.removingLastComponent())
        return try makeDirectory(path)
    }
    guard error == .fileExists else { throw error }
    // Something of that name is there: opening it as a directory tells whether it is one.
    try FileDescriptor.open(path, .readOnly, options: .directory).close()
}
