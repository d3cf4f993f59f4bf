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

    init(_ descriptor: FileDescriptor) {
        self.descriptor = descriptor
    }

    func write(line: String) throws {
        buffer += line.utf8
        buffer.append(UInt8(ascii: "\n"))
        if buffer.count >= 1 << 16 { try flush() }
    }

    func flush() throws {
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
