package import Bytes
package import CaptureFile

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
    private let path: String
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
    package private(set) var frameCount: UInt64 = 0
    private var bytesBefore: UInt64 = 0
    package var byteCount: UInt64 { bytesBefore + writer.byteCount }
    /// The file that is being written.
    package private(set) var name: String

    /// Creates the first file.
    ///
    /// - Parameters:
    ///   - path: of the file, `-` for standard output; of a series, what their names are made of.
    ///   - now: in nanoseconds since 1970.
    package init(
        path: String, format: CaptureWriter.Format = .pcapng, section: CaptureSection,
        interfaces: [CaptureInterface], rotation: Rotation? = nil, now: Int64
    ) throws(CaptureError) {
        let name = rotation == nil ? path : Rotation.name(path, number: 1, time: now)
        writer = try Self.begin(name, format, section, interfaces)
        self.path = path
        self.format = format
        self.section = section
        self.interfaces = interfaces
        self.rotation = rotation
        self.name = name
        start = now
        names = [name]
    }

    /// A file of no frames is whole too.
    private static func begin(
        _ name: String, _ format: CaptureWriter.Format, _ section: CaptureSection, _ interfaces: [CaptureInterface]
    ) throws(CaptureError) -> CaptureWriter {
        var writer = try CaptureWriter(path: name, format: format, section: section, interfaces: interfaces)
        try writer.describeAll()
        return writer
    }

    package mutating func write(_ header: FrameHeader, _ bytes: Bytes) throws(CaptureError) {
        try writer.write(header, bytes)
        frameCount += 1
    }

    package mutating func write(_ statistics: InterfaceStatistics) throws(CaptureError) {
        try writer.write(statistics)
    }

    /// Whether the file is full or has lasted long enough.
    package func isDue(now: Int64) -> Bool {
        rotation?.isDue(bytes: writer.byteCount, frames: writer.frameCount, start: start, now: now) ?? false
    }

    /// Ends the file and begins the next one; the oldest one goes where there are too many.
    package mutating func rotate(now: Int64) throws(CaptureError) {
        try writer.close()
        bytesBefore += writer.byteCount
        fileCount += 1
        start = now
        name = Rotation.name(path, number: fileCount, time: now)
        writer = try Self.begin(name, format, section, interfaces)
        names.append(name)
        if let limit = rotation?.files, names.count > limit { unsafe unlink(names.removeFirst()) }
    }

    /// Hands everything to the system, so that whoever follows the file sees it.
    package mutating func flush() throws(CaptureError) { try writer.flush() }

    package mutating func close() throws(CaptureError) { try writer.close() }
}
