import CZlib

/// Decompresses gzip (RFC 1952, also several members in a row) or zlib streams (RFC 1950), chunk by chunk.
@safe
package struct Inflater: ~Copyable {
    package enum Failure: Error, Equatable {
        /// The stream stops making sense, or a member's checksum is wrong.
        case damaged
        /// A whole member has ended and what follows does not begin another one.
        case followedByGarbage
    }

    private let stream: UnsafeMutablePointer<z_stream>
    private var piece = [UInt8](repeating: 0, count: 256 << 10)
    /// How many compressed bytes have been taken, how many came out.
    package private(set) var consumed = 0
    package private(set) var produced = 0
    /// Whether the last member ended where the input did; false after the last input means that the stream was cut.
    package private(set) var isAtEnd = false
    private var isInLaterMember = false
    private var producedBeforeMember = 0

    package init() {
        unsafe stream = .allocate(capacity: 1)
        unsafe stream.initialize(to: z_stream())
        // 15 bits of window, 32 for "find out whether it is gzip or zlib".
        let status = unsafe inflateInit2_(stream, 15 + 32, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        precondition(status == Z_OK, "zlib cannot be initialised: \(status)")
    }

    deinit {
        unsafe inflateEnd(stream)
        unsafe stream.deallocate()
    }

    /// Decompresses `input`, handing on what comes out in pieces of at most 256 KiB, each valid during its call;
    /// stops when `sink` answers false.
    ///
    /// Throws ``Failure`` where the stream stops making sense; what came out before has been handed on.
    package mutating func push(_ input: Bytes, into sink: (Bytes) -> Bool) throws(Failure) {
        var offset = 0
        repeat {
            if isAtEnd {
                // Zero padding may follow a member (tapes and block devices do that); anything else begins another one.
                while offset < input.count, input.u8(at: offset) == 0 { offset += 1 }
                if offset == input.count { return }
                unsafe inflateReset(stream)
                isAtEnd = false
                isInLaterMember = true
                producedBeforeMember = produced
            }
            let (status, taken, made) = step(input.slice(from: offset))
            offset += taken
            consumed += taken
            produced += made
            if made > 0, !sink(piece.bytes.slice(from: 0, count: made)) { return }
            switch status {
            case Z_STREAM_END: isAtEnd = true
            case Z_OK, Z_BUF_ERROR: if taken == 0, made == 0 { return }
            default:
                guard isInLaterMember, produced == producedBeforeMember else { throw .damaged }
                throw .followedByGarbage
            }
        } while offset < input.count || isOutputFull
    }

    /// Whether the last step filled its piece, so that more may be waiting inside zlib.
    private var isOutputFull: Bool { unsafe stream.pointee.avail_out == 0 }

    private mutating func step(_ input: Bytes) -> (status: Int32, taken: Int, made: Int) {
        let stream = unsafe stream
        return unsafe input.withUnsafeBytes { source in
            unsafe piece.withUnsafeMutableBufferPointer { target in
                let available = min(source.count, Int(UInt32.max))
                unsafe stream.pointee.next_in = UnsafeMutablePointer(
                    mutating: source.bindMemory(to: UInt8.self).baseAddress)
                unsafe stream.pointee.avail_in = UInt32(available)
                unsafe stream.pointee.next_out = target.baseAddress
                unsafe stream.pointee.avail_out = UInt32(target.count)
                let status = unsafe inflate(stream, Z_NO_FLUSH)
                return (
                    status, available - Int(unsafe stream.pointee.avail_in),
                    target.count - Int(unsafe stream.pointee.avail_out)
                )
            }
        }
    }
}
