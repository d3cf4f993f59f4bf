package import Bytes
package import SystemPackage

/// Writes a capture, frame by frame: pcapng, or pcap for programs that read nothing else.
///
/// Writes are collected; ``close()`` hands out the last ones and says whether all of them arrived. A writer that goes
/// away unclosed writes what it can and stays silent about the rest. A pcap file has no place for comments, names,
/// secrets, statistics and other blocks: there they are left out.
package struct CaptureWriter: ~Copyable {
    package enum Format: String, Hashable, Sendable, CaseIterable {
        case pcapng
        /// Microseconds; nanoseconds are cut off.
        case pcap
        case pcapNanoseconds = "nsecpcap"
    }

    /// What ``FrameHeader/interface`` counts; may grow while writing. An interface is described in the file when the
    /// first frame or statistics of it are written.
    package var interfaces: [CaptureInterface]
    /// Frames written so far; once the file could not be written on, those that are in it.
    package var frameCount: UInt64 { framesWritten - UInt64(output.lostPieces) }
    private var framesWritten: UInt64 = 0

    /// Bytes written so far, those included that are still collected.
    package var byteCount: UInt64 { output.byteCount }

    package let format: Format
    private let path: String
    private var output: BufferedOutput
    private var encoder = PcapngEncoder()
    private var pcapEncoder: PcapEncoder
    /// The interfaces described in the current section, by their number in it.
    private var described: [CaptureInterface] = []
    /// By ``FrameHeader/interface``; nil for those not described yet.
    private var numbers: [UInt32?] = []
    /// Of the pcap file, once its header is written.
    private var linkType: LinkType?

    /// Creates the file at `path`, which nobody else may read, for passwords may be in it, or replaces it; "-" is standard output. Whoever gives no section begins one before
    /// writing anything else.
    package init(
        path: String, format: Format = .pcapng, section: CaptureSection? = CaptureSection(),
        interfaces: [CaptureInterface] = []
    ) throws(CaptureError) {
        let descriptor: FileDescriptor
        do {
            descriptor =
                path == "-"
                ? .standardOutput
                : try FileDescriptor.open(
                    FilePath(path), .writeOnly, options: [.create, .truncate, .closeOnExec],
                    permissions: .ownerReadWrite)
        } catch {
            throw CaptureError(.cannotCreate(error as? Errno ?? .ioError), path)
        }
        let output = BufferedOutput(descriptor, closesDescriptor: path != "-")
        try self.init(output, path: path, format: format, section: section, interfaces: interfaces)
    }

    /// Writes to a descriptor that stays the caller's; `name` is what errors call it.
    package init(
        descriptor: FileDescriptor, name: String, format: Format = .pcapng,
        section: CaptureSection? = CaptureSection(), interfaces: [CaptureInterface] = []
    ) throws(CaptureError) {
        let output = BufferedOutput(descriptor, closesDescriptor: false)
        try self.init(output, path: name, format: format, section: section, interfaces: interfaces)
    }

    private init(
        _ output: consuming BufferedOutput, path: String, format: Format, section: CaptureSection?,
        interfaces: [CaptureInterface]
    ) throws(CaptureError) {
        self.output = output
        self.path = path
        self.format = format
        pcapEncoder = PcapEncoder(countsNanoseconds: format == .pcapNanoseconds)
        self.interfaces = interfaces
        if let section { try beginSection(section) }
    }

    /// Begins a section of its own, in which no interface is described yet.
    package mutating func beginSection(_ section: CaptureSection) throws(CaptureError) {
        (described, numbers) = ([], [])
        guard format == .pcapng else { return }
        do throws(CaptureCode) {
            try encoder.encode(section)
            try writeBlock()
        } catch {
            throw CaptureError(error, path)
        }
    }

    /// Writes a frame with `bytes` as what was captured of it; `header` says when, where and how long it was.
    package mutating func write(_ header: FrameHeader, _ bytes: Bytes, comment: String? = nil) throws(CaptureError) {
        do throws(CaptureCode) {
            if format == .pcapng {
                try writePacket(header, bytes, comment)
            } else {
                try writeRecord(header, bytes)
            }
        } catch {
            throw CaptureError(error, path)
        }
    }

    /// Describes every interface, whether or not anything was seen on it; else the first frame of each does.
    package mutating func describeAll() throws(CaptureError) {
        do throws(CaptureCode) {
            if format == .pcapng {
                for number in interfaces.indices { _ = try describe(UInt16(truncatingIfNeeded: number)) }
            } else if let first = interfaces.first {
                try beginFile(of: first)
            }
        } catch {
            throw CaptureError(error, path)
        }
        try flush()
    }

    /// Writes a Name Resolution Block.
    package mutating func write(names: [NameRecord]) throws(CaptureError) {
        guard format == .pcapng, !names.isEmpty else { return }
        do throws(CaptureCode) {
            try encoder.encode(names)
            try writeBlock()
        } catch {
            throw CaptureError(error, path)
        }
    }

    /// Writes a Decryption Secrets Block; it serves the frames after it.
    package mutating func write(secrets bytes: Bytes, type: UInt32) throws(CaptureError) {
        guard format == .pcapng else { return }
        do throws(CaptureCode) {
            try encoder.encode(secrets: bytes, type: type)
            try writeBlock()
        } catch {
            throw CaptureError(error, path)
        }
    }

    /// Writes an Interface Statistics Block.
    package mutating func write(_ statistics: InterfaceStatistics) throws(CaptureError) {
        guard format == .pcapng else { return }
        do throws(CaptureCode) {
            try encoder.encode(statistics, interface: try describe(statistics.interface))
            try writeBlock()
        } catch {
            throw CaptureError(error, path)
        }
    }

    /// Writes a block of any type with `body` between its two lengths, zeros added up to a multiple of four.
    package mutating func write(block type: UInt32, body: Bytes) throws(CaptureError) {
        guard format == .pcapng else { return }
        do throws(CaptureCode) {
            try encoder.encode(BlockType(rawValue: type), body: body)
            try writeBlock()
        } catch {
            throw CaptureError(error, path)
        }
    }

    /// Writes a block of a file as it is, but for lengths that had to be forgiven.
    mutating func copy(_ block: PcapngBlock, of bytes: Bytes, _ order: ByteOrder) throws(CaptureError) {
        do throws(CaptureCode) {
            encoder.copy(block, of: bytes, order)
            try writeBlock()
        } catch {
            throw CaptureError(error, path)
        }
    }

    /// Hands everything written so far to the system, so that somebody who follows the file sees it.
    package mutating func flush() throws(CaptureError) {
        do {
            try output.flush()
        } catch {
            throw CaptureError(.cannotWrite(error), path)
        }
    }

    /// Writes what is left and closes the file; an error here means that the file is not whole.
    package mutating func close() throws(CaptureError) {
        do throws(CaptureCode) {
            if format != .pcapng { try beginFile(of: interfaces.first ?? CaptureInterface(linkType: .ethernet)) }
        } catch {
            throw CaptureError(error, path)
        }
        do {
            try output.close()
        } catch {
            throw CaptureError(.cannotWrite(error), path)
        }
    }
}

extension CaptureWriter {
    private mutating func writeBlock() throws(CaptureCode) {
        try Self.append(encoder.block, to: &output)
    }

    private mutating func writePacket(
        _ header: FrameHeader, _ bytes: Bytes, _ comment: String?
    ) throws(CaptureCode) {
        let interface = try describe(header.interface)
        guard let comment else {
            let tail = try PacketTail(behind: bytes.count)
            let head = PacketHead(
                header, captured: UInt32(bytes.count), interface: interface, length: tail.length)
            framesWritten += 1
            return try tail.withBytes { (tail) throws(CaptureCode) in
                try Self.append(head.bytes, bytes, tail, to: &output)
            }
        }
        let length = try encoder.encodeTail(behind: bytes.count, comment: comment)
        let head = PacketHead(
            header, captured: UInt32(truncatingIfNeeded: bytes.count), interface: interface, length: length)
        framesWritten += 1
        try Self.append(head.bytes, bytes, encoder.block, to: &output)
    }

    private static func append(
        _ head: Bytes, _ body: Bytes, _ tail: [UInt8], to output: inout BufferedOutput
    ) throws(CaptureCode) {
        try append(head, body, tail.bytes, to: &output)
    }

    private static func append(
        _ head: Bytes, _ body: Bytes, _ tail: Bytes, to output: inout BufferedOutput
    ) throws(CaptureCode) {
        do {
            try output.append(piece: head, body, tail)
        } catch {
            throw .cannotWrite(error)
        }
    }

    private static func append(_ piece: [UInt8], to output: inout BufferedOutput) throws(CaptureCode) {
        try append(piece.bytes, to: &output)
    }

    private static func append(_ bytes: Bytes, to output: inout BufferedOutput) throws(CaptureCode) {
        do {
            try output.append(bytes)
        } catch {
            throw .cannotWrite(error)
        }
    }

    /// The number of an interface in the current section, which describes it when it has not yet.
    private mutating func describe(_ interface: UInt16) throws(CaptureCode) -> UInt32 {
        let index = Int(interface)
        if index < numbers.count, let number = numbers[index] { return number }
        guard index < interfaces.count else { throw .undeclaredInterface(UInt32(interface)) }
        // The files of a ring buffer repeat their interfaces; they are described once.
        var description = interfaces[index]
        (description.file, description.section) = (0, 0)
        let known = described.firstIndex(of: description)
        let number = UInt32(known ?? described.count)
        if known == nil {
            try encoder.encode(description)
            try writeBlock()
            described.append(description)
        }
        while numbers.count <= index { numbers.append(nil) }
        numbers[index] = number
        return number
    }

    private mutating func beginFile(of interface: CaptureInterface) throws(CaptureCode) {
        if let linkType {
            guard linkType == interface.linkType else { throw .linkTypesDiffer(linkType, interface.linkType) }
            return
        }
        linkType = interface.linkType
        pcapEncoder.encodeFile(of: interface)
        try Self.append(pcapEncoder.header, to: &output)
    }

    private mutating func writeRecord(_ header: FrameHeader, _ bytes: Bytes) throws(CaptureCode) {
        let index = Int(header.interface)
        guard index < interfaces.count else { throw .undeclaredInterface(UInt32(header.interface)) }
        guard let captured = UInt32(exactly: bytes.count) else { throw .blockTooLong(bytes.count) }
        try beginFile(of: interfaces[index])
        let head = pcapEncoder.head(of: header, captured: captured)
        framesWritten += 1
        try Self.append(head.bytes, bytes, [], to: &output)
    }
}
