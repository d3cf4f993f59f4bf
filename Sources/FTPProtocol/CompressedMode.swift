package import Bytes

/// Undoes MODE C: strings of bytes, runs of one byte, runs of the filler byte, and escapes (RFC 959 §3.4.3).
package struct CompressedDecoder: Sendable {
    private enum State: Hashable {
        case header
        case literal(remaining: Int)
        case replicated(count: Int)
        case descriptor
        case end
        case failed(FTPProtocolError.Code)
    }

    /// What a filler string is made of: see ``init(filler:)``.
    private let filler: UInt8
    private var state = State.header
    /// Of the escape just read; it speaks about the string that follows.
    private var pending: BlockDescriptor = []
    private var marker: [UInt8] = []
    /// How many bytes were read.
    package private(set) var offset: UInt64 = 0

    /// - Parameter filler: a space in TYPE A (0x20) and TYPE E (0x40), zero in TYPE I and L (RFC 959 §3.4.3).
    package init(filler: UInt8) {
        self.filler = filler
    }

    /// Whether the end of the file was seen.
    package var isAtEnd: Bool { state == .end }

    /// Decodes the next bytes.
    ///
    /// Throws at the first impossible byte, and from then on at every call; what came out before is valid. One byte of
    /// input makes at most 63 bytes of data.
    package mutating func push(
        _ bytes: Bytes, into emit: (TransferElement) -> Void
    ) throws(FTPProtocolError) {
        var data: [UInt8] = []
        for position in 0..<bytes.count {
            do throws(FTPProtocolError) {
                try push(bytes.u8(at: position), &data, emit)
            } catch {
                flush(&data, emit)
                throw error
            }
            offset += 1
        }
        flush(&data, emit)
    }

    /// Tells that the stream has ended; throws unless it did so behind the end of the file.
    ///
    /// A sender that has nothing to put behind its last escape simply closes; then the escape is taken at its word.
    package mutating func finish(into emit: (TransferElement) -> Void) throws(FTPProtocolError) {
        if case .failed(let code) = state { throw FTPProtocolError(code, at: offset) }
        if state == .header, pending.contains(.endOfFile) {
            var data: [UInt8] = []
            endString(&data, emit)
        }
        guard isAtEnd else { throw FTPProtocolError(.truncated, at: offset) }
    }

    private mutating func push(
        _ byte: UInt8, _ data: inout [UInt8], _ emit: (TransferElement) -> Void
    ) throws(FTPProtocolError) {
        switch state {
        case .header: try pushHeader(byte, &data, emit)
        case .literal(let remaining):
            take(byte, 1, &data)
            state = .literal(remaining: remaining - 1)
            if remaining == 1 { endString(&data, emit) }
        case .replicated(let count):
            take(byte, count, &data)
            endString(&data, emit)
        case .descriptor:
            let descriptor = BlockDescriptor(rawValue: byte)
            guard descriptor.isSubset(of: .known) else { throw fail(.unknownDescriptor) }
            pending.formUnion(descriptor)
            if descriptor.contains(.suspect) {
                flush(&data, emit)
                emit(.suspect)
            }
            state = .header
        case .end: throw fail(.dataAfterEnd)
        case .failed(let code): throw FTPProtocolError(code, at: offset)
        }
    }

    private mutating func pushHeader(
        _ byte: UInt8, _ data: inout [UInt8], _ emit: (TransferElement) -> Void
    ) throws(FTPProtocolError) {
        let count = Int(byte & 0x3F)
        switch byte >> 6 {
        case 0b10: state = .replicated(count: count)
        case 0b11:
            take(filler, count, &data)
            endString(&data, emit)
        default:
            state = byte == 0 ? .descriptor : .literal(remaining: Int(byte))
        }
    }

    private mutating func take(_ byte: UInt8, _ count: Int, _ data: inout [UInt8]) {
        if pending.contains(.restartMarker) {
            marker.append(contentsOf: repeatElement(byte, count: count))
        } else {
            data.append(contentsOf: repeatElement(byte, count: count))
        }
    }

    private mutating func endString(_ data: inout [UInt8], _ emit: (TransferElement) -> Void) {
        state = .header
        guard !pending.isEmpty else { return }
        flush(&data, emit)
        if pending.contains(.restartMarker) { emit(.restartMarker(marker)) }
        if pending.contains(.endOfRecord) { emit(.endOfRecord) }
        if pending.contains(.endOfFile) {
            emit(.endOfFile)
            state = .end
        }
        marker = []
        pending = []
    }

    private func flush(_ data: inout [UInt8], _ emit: (TransferElement) -> Void) {
        guard !data.isEmpty else { return }
        emit(.data(data))
        data = []
    }

    private mutating func fail(_ code: FTPProtocolError.Code) -> FTPProtocolError {
        state = .failed(code)
        return FTPProtocolError(code, at: offset)
    }
}

/// Makes the strings of MODE C.
package struct CompressedEncoder: Sendable {
    /// The most bytes of a literal string: its header leaves seven bits for the count.
    package static let maximumLiteral = 127
    /// The longest run of one byte: its header leaves six bits for the count.
    package static let maximumRun = 63

    private let filler: UInt8

    /// - Parameter filler: as for ``CompressedDecoder/init(filler:)``.
    package init(filler: UInt8) {
        self.filler = filler
    }

    /// Appends `bytes` to `output`, marked by `descriptor`.
    ///
    /// A restart marker must fit one string of 127 bytes; its rest is cut off.
    package func encode(
        _ bytes: some Collection<UInt8>, _ descriptor: BlockDescriptor = [], into output: inout [UInt8]
    ) {
        let bytes = Array(bytes)
        guard !descriptor.contains(.restartMarker) else {
            let marker = bytes.prefix(Self.maximumLiteral)
            output += [0, descriptor.rawValue]
            output += marker.isEmpty ? [0xC0] : [UInt8(marker.count)] + marker
            return
        }
        // Ends are said of the string that follows the escape, so the last string must be held back.
        var last: [UInt8]?
        var position = 0
        while position < bytes.count {
            if let last { output += last }
            last = string(in: bytes, at: &position)
        }
        if !descriptor.isEmpty {
            output += [0, descriptor.rawValue]
            // With no bytes left to speak of, a filler string of length nothing carries the mark.
            last = last ?? [0xC0]
        }
        output += last ?? []
    }

    private func string(in bytes: [UInt8], at position: inout Int) -> [UInt8] {
        let start = position
        let run = runLength(in: bytes, at: start)
        if isWorthwhile(run, of: bytes[start]) {
            position += run
            return bytes[start] == filler ? [0xC0 | UInt8(run)] : [0x80 | UInt8(run), bytes[start]]
        }
        while position < bytes.count, position - start < Self.maximumLiteral,
            position == start || !isWorthwhile(runLength(in: bytes, at: position), of: bytes[position])
        {
            position += 1
        }
        return [UInt8(position - start)] + bytes[start..<position]
    }

    private func runLength(in bytes: [UInt8], at start: Int) -> Int {
        bytes[start...].prefix(Self.maximumRun).prefix { $0 == bytes[start] }.count
    }

    /// Whether a run takes less room than as part of a literal string, with the header it costs to end that string.
    private func isWorthwhile(_ run: Int, of byte: UInt8) -> Bool {
        run >= (byte == filler ? 2 : 3)
    }
}
