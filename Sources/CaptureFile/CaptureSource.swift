import Bytes
import SystemPackage

/// One file of a capture, mapped: as it lies on disk, or as it was unpacked into a temporary file.
struct CaptureSource: Sendable {
    let path: String
    private(set) var mapping: MappedFile
    /// Unpacked bytes, those included of a file that was taken away while others are read.
    private(set) var size: UInt64
    let format: FileFormat
    let storedSize: UInt64
    let isCompressed: Bool
    /// Why unpacking stopped before the end; said when reading gets there.
    let damage: CaptureCode?
    /// Which file it is, whatever it is called.
    let identity: FileIdentity?

    init(path: String) throws(CaptureError) {
        do throws(CaptureCode) {
            self = try CaptureSource(opening: path)
        } catch {
            throw CaptureError(error, path)
        }
    }

    private init(opening path: String) throws(CaptureCode) {
        self.path = path
        let input = try Self.open(path)
        defer { if path != "-" { try? input.close() } }
        let kind = try Self.kind(of: input)
        identity = FileIdentity(input)
        guard kind != .directory else { throw .directory }
        let stored = kind == .regular ? try Self.map(input) : nil
        let mapping: MappedFile
        if let stored, stored.bytes.u16(at: 0) != Spool.gzipMagic {
            (mapping, storedSize, isCompressed, damage) = (stored, UInt64(stored.count), false, nil)
        } else {
            var spool = try Spool()
            if let stored { try spool.take(all: stored) } else { try spool.take(all: input) }
            try spool.finish()
            mapping = try Self.map(spool.descriptor)
            (storedSize, isCompressed, damage) = (spool.taken, spool.isCompressed, spool.damage)
        }
        if mapping.count == 0, let damage { throw damage }
        self.mapping = mapping
        size = UInt64(mapping.count)
        format = try Self.format(of: mapping)
    }

    /// A file that is being written, as far as it is there.
    init(growing path: String, _ descriptor: FileDescriptor, size: UInt64) throws(CaptureError) {
        self.path = path
        self.size = size
        do throws(CaptureCode) {
            mapping = try Self.map(descriptor, limit: Int(clamping: size))
            format = try Self.format(of: mapping)
        } catch {
            throw CaptureError(error, path)
        }
        (storedSize, isCompressed, damage) = (size, false, nil)
        identity = FileIdentity(descriptor)
    }

    /// The same without its bytes.
    init(takenAway file: CaptureSource, size: UInt64) {
        self = file
        mapping = MappedFile()
        self.size = size
    }

    private static func open(_ path: String) throws(CaptureCode) -> FileDescriptor {
        guard path != "-" else { return .standardInput }
        do {
            return try FileDescriptor.open(FilePath(path), .readOnly, options: .closeOnExec)
        } catch {
            throw .cannotOpen(error as? Errno ?? .ioError)
        }
    }

    /// Standard input that was redirected from a file and already read from counts as a pipe: only its rest is meant.
    private static func kind(of input: FileDescriptor) throws(CaptureCode) -> FileType {
        do {
            let type = try input.stat().type
            return try type == .regular && input.seek(offset: 0, from: .current) > 0 ? .fifo : type
        } catch {
            throw .cannotRead(error as? Errno ?? .ioError)
        }
    }

    private static func format(of mapping: MappedFile) throws(CaptureCode) -> FileFormat {
        try FileFormat(mapping.bytes)
    }

    private static func map(_ descriptor: FileDescriptor, limit: Int = .max) throws(CaptureCode) -> MappedFile {
        do {
            return try MappedFile(descriptor, limit: limit)
        } catch {
            throw .cannotRead(error)
        }
    }
}
