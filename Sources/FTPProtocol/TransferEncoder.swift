package import Bytes

/// Turns the bytes of a file into what a data connection carries, by type, structure and mode (RFC 959 §3).
///
/// Lines of files end with LF, records are lines.
package struct TransferEncoder: ~Copyable {
    /// In MODE B a marker is sent about as often as this many bytes; a transfer can be resumed there (RFC 959 §3.5).
    package static let markerInterval: UInt64 = 1 << 20

    private let type: RepresentationType
    private let structure: FileStructure
    private let mode: TransferMode
    private var deflater: Deflater?
    private let compressed: CompressedEncoder
    /// Where in the file the next byte is from.
    private var position: UInt64
    private var lastMarker: UInt64
    private var lastByte: UInt8 = 0
    /// Used again for every piece.
    private var line: [UInt8] = []
    private var stream: [UInt8] = []

    /// - Parameters:
    ///   - level: 0 … 9, for MODE Z.
    ///   - position: where in the file the transfer begins.
    package init(
        type: RepresentationType, structure: FileStructure, mode: TransferMode, level: UInt8 = 6, position: UInt64 = 0
    ) {
        self.type = type
        self.structure = structure
        self.mode = mode
        self.position = position
        lastMarker = position
        deflater = mode == .deflate ? Deflater(level: Int(level)) : nil
        compressed = CompressedEncoder(filler: type.filler)
    }

    /// Appends what the next bytes of the file become.
    package mutating func push(_ bytes: Bytes, into output: inout [UInt8]) {
        if structure == .record { pushRecords(bytes, into: &output) } else { pushText(bytes, into: &output) }
        position += UInt64(bytes.count)
        guard mode == .block, position - lastMarker >= Self.markerInterval, type == .image else { return }
        lastMarker = position
        BlockEncoder.encode(Array(String(position).utf8), .restartMarker, into: &output)
    }

    /// Appends what ends the file.
    package mutating func finish(into output: inout [UInt8]) {
        if structure == .record, !line.isEmpty { emitRecord(isWhole: false, into: &output) }
        switch mode {
        case .stream:
            if structure == .record { RecordEncoder.encode([], endOfFile: true, into: &output) }
        case .block: BlockEncoder.encode([], .endOfFile, into: &output)
        case .compressed: compressed.encode([], .endOfFile, into: &output)
        case .deflate:
            if structure == .record {
                var end: [UInt8] = []
                RecordEncoder.encode([], endOfFile: true, into: &end)
                deflate(end, isLast: true, into: &output)
            } else {
                deflate([], isLast: true, into: &output)
            }
        }
    }

    private mutating func pushText(_ bytes: Bytes, into output: inout [UInt8]) {
        stream.removeAll(keepingCapacity: true)
        switch type {
        case .image, .local: stream.append(bytes)
        case .ascii: appendLines(bytes)
        case .ebcdic: for offset in 0..<bytes.count { stream.append(EBCDIC.fromLatin1[Int(bytes.u8(at: offset))]) }
        }
        emit(stream, into: &output)
    }

    /// Ends each line by CR LF (RFC 959 §3.1.1.1); one that has its CR already does not get another.
    private mutating func appendLines(_ bytes: Bytes) {
        stream.reserveCapacity(bytes.count + bytes.count / 16)
        for offset in 0..<bytes.count {
            let byte = bytes.u8(at: offset)
            if byte == UInt8(ascii: "\n"), lastByte != UInt8(ascii: "\r") { stream.append(UInt8(ascii: "\r")) }
            stream.append(byte)
            lastByte = byte
        }
    }

    private mutating func emit(_ bytes: [UInt8], into output: inout [UInt8]) {
        switch mode {
        case .stream: output += bytes
        case .block: if !bytes.isEmpty { BlockEncoder.encode(bytes, into: &output) }
        case .compressed: compressed.encode(bytes, into: &output)
        case .deflate: deflate(bytes, isLast: false, into: &output)
        }
    }

    private mutating func deflate(_ bytes: [UInt8], isLast: Bool, into output: inout [UInt8]) {
        unsafe bytes.withUnsafeBytes { unsafe deflater?.push($0, isLast: isLast, into: &output) }
    }

    private mutating func pushRecords(_ bytes: Bytes, into output: inout [UInt8]) {
        for offset in 0..<bytes.count {
            let byte = bytes.u8(at: offset)
            if byte == UInt8(ascii: "\n") {
                emitRecord(isWhole: true, into: &output)
            } else {
                line.append(type.isEBCDIC ? EBCDIC.fromLatin1[Int(byte)] : byte)
                // A record as long as a file shall not be held back.
                if line.count == 1 << 16 { emitRecord(isWhole: false, into: &output) }
            }
        }
    }

    private mutating func emitRecord(isWhole: Bool, into output: inout [UInt8]) {
        let mark: BlockDescriptor = isWhole ? .endOfRecord : []
        switch mode {
        case .stream: RecordEncoder.encode(line, endOfRecord: isWhole, into: &output)
        case .block: BlockEncoder.encode(line, mark, into: &output)
        case .compressed: compressed.encode(line, mark, into: &output)
        case .deflate:
            stream.removeAll(keepingCapacity: true)
            RecordEncoder.encode(line, endOfRecord: isWhole, into: &stream)
            deflate(stream, isLast: false, into: &output)
        }
        line.removeAll(keepingCapacity: true)
    }
}

extension RepresentationType {
    /// What a filler string of MODE C stands for (RFC 959 §3.4.3).
    var filler: UInt8 {
        switch self {
        case .ascii: 0x20
        case .ebcdic: 0x40
        case .image, .local: 0
        }
    }

    var isEBCDIC: Bool { if case .ebcdic = self { true } else { false } }
}
