package import Bytes

/// Undoes STRU R in stream mode: 0xFF escapes the ends of records and of the file (RFC 959 §3.4.1).
package struct RecordDecoder: Sendable {
    private enum State: Hashable {
        case data
        case escape
        case end
        case failed(FTPProtocolError.Code)
    }

    private var state = State.data
    /// How many bytes were read.
    package private(set) var offset: UInt64 = 0

    package init() {}

    /// Whether the end of the file was seen.
    package var isAtEnd: Bool { state == .end }

    /// Decodes the next bytes.
    ///
    /// Throws at the first impossible byte, and from then on at every call; what came out before is valid.
    package mutating func push(
        _ bytes: Bytes, into emit: (TransferElement) -> Void
    ) throws(FTPProtocolError) {
        var data: [UInt8] = []
        defer { if !data.isEmpty { emit(.data(data)) } }
        for position in 0..<bytes.count {
            let byte = bytes.u8(at: position)
            switch state {
            case .data:
                if byte == RecordEncoder.escape { state = .escape } else { data.append(byte) }
            case .escape:
                try pushControl(byte, &data, emit)
            case .end: throw fail(.dataAfterEnd)
            case .failed(let code): throw FTPProtocolError(code, at: offset)
            }
            offset += 1
        }
    }

    /// Tells that the stream has ended; throws unless it did so behind the end of the file.
    package func finish() throws(FTPProtocolError) {
        if case .failed(let code) = state { throw FTPProtocolError(code, at: offset) }
        guard isAtEnd else { throw FTPProtocolError(.truncated, at: offset) }
    }

    private mutating func pushControl(
        _ byte: UInt8, _ data: inout [UInt8], _ emit: (TransferElement) -> Void
    ) throws(FTPProtocolError) {
        state = .data
        switch byte {
        case RecordEncoder.escape: data.append(byte)
        case 1, 2, 3:
            if !data.isEmpty { emit(.data(data)) }
            data = []
            if byte & 1 != 0 { emit(.endOfRecord) }
            if byte & 2 != 0 {
                emit(.endOfFile)
                state = .end
            }
        default: throw fail(.unknownDescriptor)
        }
    }

    private mutating func fail(_ code: FTPProtocolError.Code) -> FTPProtocolError {
        state = .failed(code)
        return FTPProtocolError(code, at: offset)
    }
}

/// Writes records as STRU R in stream mode wants them.
package enum RecordEncoder {
    static let escape: UInt8 = 0xFF

    /// Appends `bytes` to `output`, and the mark of what ends behind them.
    package static func encode(
        _ bytes: some Collection<UInt8>, endOfRecord: Bool = false, endOfFile: Bool = false, into output: inout [UInt8]
    ) {
        for byte in bytes {
            output.append(byte)
            if byte == escape { output.append(byte) }
        }
        let control: UInt8 = (endOfRecord ? 1 : 0) | (endOfFile ? 2 : 0)
        if control != 0 { output += [escape, control] }
    }
}
