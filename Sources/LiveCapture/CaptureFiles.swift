package import Bytes
package import CaptureFile
import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What a capture is written into: one file, or one after another.
///
/// Whole blocks are handed to the system, so that whoever reads a file meanwhile finds it in order. Only SIGKILL in the
/// middle of a write, which the system then breaks off, leaves a last block that is cut.
package struct CaptureFiles: ~Copyable {
    /// Nil where nothing is to be left: then it goes into files without a name.
    private let path: String?
    private let growing: GrowingCapture?
    /// The file without a name.
    private var spool: Spool?
    private let format: CaptureWriter.Format
    private let section: CaptureSection
    private let interfaces: [CaptureInterface]
    private let rotation: Rotation?
    private var writer: CaptureWriter
    /// Nanoseconds since 1970.
    private var start: Int64
    /// The oldest one first.
    private var names: [String]
    /// Of all files.
    package private(set) var fileCount = 1
    package var frameCount: UInt64 { framesBefore + writer.frameCount }
    private var framesBefore: UInt64 = 0
    private var bytesBefore: UInt64 = 0
    package var byteCount: UInt64 { bytesBefore + writer.byteCount }
    /// The file that is being written; empty where nothing is to be left.
    package private(set) var name: String

    /// Creates the first file.
    ///
    /// - Parameters:
    ///   - path: of the file, `-` for standard output; of a series, what their names are made of. Nil for temporary
    ///     files, which are gone when the program ends.
    ///   - growing: told of what is in the files.
    ///   - now: in nanoseconds since 1970.
    package init(
        path: String?, format: CaptureWriter.Format = .pcapng, section: CaptureSection,
        interfaces: [CaptureInterface], rotation: Rotation? = nil, growing: GrowingCapture? = nil, now: Int64
    ) throws(CaptureError) {
        let name = Self.name(path, rotation, number: 1, now)
        let spool = try path == nil ? Spool() : nil
        writer = try Self.begin(name, spool?.descriptor, format, section, interfaces, growing)
        self.spool = spool
        self.path = path
        self.format = format
        self.section = section
        self.interfaces = interfaces
        self.rotation = rotation
        self.growing = growing
        self.name = name
        start = now
        names = [name]
    }

    private static func name(_ path: String?, _ rotation: Rotation?, number: Int, _ now: Int64) -> String {
        guard let path else { return "" }
        return rotation == nil ? path : Rotation.name(path, number: number, time: now)
    }

    /// A file of no frames is whole too.
    private static func begin(
        _ name: String, _ spool: FileDescriptor?, _ format: CaptureWriter.Format, _ section: CaptureSection,
        _ interfaces: [CaptureInterface], _ growing: GrowingCapture?
    ) throws(CaptureError) -> CaptureWriter {
        var writer =
            if let spool {
                try CaptureWriter(
                    descriptor: spool, name: spoolName, format: format, section: section, interfaces: interfaces)
            } else {
                try CaptureWriter(path: name, format: format, section: section, interfaces: interfaces)
            }
        try writer.describeAll()
        guard let growing else { return writer }
        do {
            let readable =
                try spool?.duplicate() ?? FileDescriptor.open(FilePath(name), .readOnly, options: .closeOnExec)
            growing.begin(readable, path: spool == nil ? name : spoolName)
        } catch {
            throw CaptureError(.cannotOpen(error as? Errno ?? .ioError), name)
        }
        growing.grow(to: writer.byteCount)
        return writer
    }

    /// What errors call files without a name.
    private static let spoolName = "temporary file in $TMPDIR"

    package mutating func write(_ header: FrameHeader, _ bytes: Bytes) throws(CaptureError) {
        try writer.write(header, bytes)
    }

    package mutating func write(_ statistics: InterfaceStatistics) throws(CaptureError) {
        try writer.write(statistics)
    }

    /// Whether files ever end before the capture does.
    var rotates: Bool { rotation != nil }

    /// Whether the file is full or has lasted long enough.
    package func isDue(now: Int64) -> Bool {
        rotation?.isDue(bytes: writer.byteCount, frames: writer.frameCount, start: start, now: now) ?? false
    }

    /// Ends the file and begins the next one; the oldest one goes where there are too many.
    package mutating func rotate(now: Int64) throws(CaptureError) {
        try finishFile()
        bytesBefore += writer.byteCount
        framesBefore += writer.frameCount
        fileCount += 1
        start = now
        name = Self.name(path, rotation, number: fileCount, now)
        let spool = try path == nil ? Spool() : nil
        writer = try Self.begin(name, spool?.descriptor, format, section, interfaces, growing)
        self.spool = spool
        guard path != nil else { return }
        names.append(name)
        if let limit = rotation?.files, names.count > limit { unsafe unlink(names.removeFirst()) }
    }

    /// Hands everything to the system, so that whoever follows the file sees it.
    package mutating func flush() throws(CaptureError) {
        try writer.flush()
        growing?.grow(to: writer.byteCount)
    }

    package mutating func close() throws(CaptureError) { try finishFile() }

    /// Whoever follows the files learns that nothing more comes, however it ended.
    package func endFollowing() { growing?.end() }

    private mutating func finishFile() throws(CaptureError) {
        try writer.close()
        growing?.grow(to: writer.byteCount)
    }
}

/// A file without a name, for as long as somebody writes it.
private final class Spool {
    private let file: TemporaryFile
    var descriptor: FileDescriptor { file.descriptor }

    init() throws(CaptureError) {
        do throws(Errno) { file = try TemporaryFile() } catch {
            throw CaptureError(.cannotCreate(error), "temporary file in $TMPDIR")
        }
    }
}
