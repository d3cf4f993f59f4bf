package import Bytes

/// Undoes MODE B: blocks, each with a descriptor byte and a count of two bytes (RFC 959 §3.4.2).
package struct BlockDecoder: Sendable {
    private enum State: Hashable {
        case descriptor
        case countHigh(BlockDescriptor)
        case countLow(BlockDescriptor, high: UInt8)
        case body(BlockDescriptor, remaining: Int)
        case end
        case failed(FTPProtocolError.Code)
    }

    private var state = State.descriptor
    private var marker: [UInt8] = []
    /// How many bytes were read.
    package private(set) var offset: UInt64 = 0

    package init() {}

    /// Whether the end of the file was seen.
    package var isAtEnd: Bool { state == .end }

    /// Decodes the next bytes; data are handed on as they come, not when a block is whole.
    ///
    /// Throws at the first impossible byte, and from then on at every call; what came out before is valid.
    package mutating func push(
        _ bytes: Bytes, into emit: (TransferElement) -> Void
    ) throws(FTPProtocolError) {
        var position = 0
        while position < bytes.count {
            if case .body(let descriptor, let remaining) = state {
                let piece = bytes.slice(from: position, count: remaining)
                take(piece.array, descriptor, emit)
                position += piece.count
                offset += UInt64(piece.count)
                advance(descriptor, remaining - piece.count, emit)
            } else {
                try push(bytes.u8(at: position), emit)
                position += 1
                offset += 1
            }
        }
    }

    /// Tells that the stream has ended; throws unless it did so behind the end of the file.
    package func finish() throws(FTPProtocolError) {
        if case .failed(let code) = state { throw FTPProtocolError(code, at: offset) }
        guard isAtEnd else { throw FTPProtocolError(.truncated, at: offset) }
    }

    private mutating func push(_ byte: UInt8, _ emit: (TransferElement) -> Void) throws(FTPProtocolError) {
        switch state {
        case .descriptor:
            let descriptor = BlockDescriptor(rawValue: byte)
            guard descriptor.isSubset(of: .known) else { throw fail(.unknownDescriptor) }
            state = .countHigh(descriptor)
        case .countHigh(let descriptor):
            state = .countLow(descriptor, high: byte)
        case .countLow(let descriptor, let high):
            if descriptor.contains(.suspect) { emit(.suspect) }
            advance(descriptor, Int(high) << 8 | Int(byte), emit)
        case .body: break
        case .end: throw fail(.dataAfterEnd)
        case .failed(let code): throw FTPProtocolError(code, at: offset)
        }
    }

    private mutating func take(_ piece: [UInt8], _ descriptor: BlockDescriptor, _ emit: (TransferElement) -> Void) {
        if descriptor.contains(.restartMarker) { marker += piece } else { emit(.data(piece)) }
    }

    private mutating func advance(_ descriptor: BlockDescriptor, _ remaining: Int, _ emit: (TransferElement) -> Void) {
        guard remaining == 0 else {
            state = .body(descriptor, remaining: remaining)
            return
        }
        if descriptor.contains(.restartMarker) {
            emit(.restartMarker(marker))
            marker = []
        }
        if descriptor.contains(.endOfRecord) { emit(.endOfRecord) }
        if descriptor.contains(.endOfFile) { emit(.endOfFile) }
        state = descriptor.contains(.endOfFile) ? .end : .descriptor
    }

    private mutating func fail(_ code: FTPProtocolError.Code) -> FTPProtocolError {
        state = .failed(code)
        return FTPProtocolError(code, at: offset)
    }
}

/// Makes the blocks of MODE B.
package enum BlockEncoder {
    /// The most bytes of a block: its count has two bytes.
    package static let maximumBlock = 65_535

    /// Appends `bytes` to `output` as one block, or as many as their length takes.
    ///
    /// The end of record or file is marked on the last one. A restart marker must fit one block; its rest is cut off.
    package static func encode(
        _ bytes: some Collection<UInt8>, _ descriptor: BlockDescriptor = [], into output: inout [UInt8]
    ) {
        var rest = Array(bytes)[...]
        if descriptor.contains(.restartMarker) { rest = rest.prefix(maximumBlock) }
        repeat {
            let block = rest.prefix(maximumBlock)
            rest = rest.dropFirst(maximumBlock)
            let flags = rest.isEmpty ? descriptor : descriptor.subtracting([.endOfRecord, .endOfFile])
            output += [flags.rawValue, UInt8(block.count >> 8), UInt8(block.count & 0xFF)]
            output += block
        } while !rest.isEmpty
    }
}
