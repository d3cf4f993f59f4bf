import CZlib

/// Decompresses gzip (RFC 1952, also several members in a row) or zlib streams (RFC 1950), chunk by chunk.
@safe
package struct Inflater: ~Copyable {
    package enum Failure: Error, Equatable { case notCompressed, damaged }

    private let stream: UnsafeMutablePointer<z_stream>
    /// How many compressed bytes have been taken, how many came out.
    package private(set) var consumed = 0
    package private(set) var produced = 0
    /// Whether the last member ended where the input did.
    package private(set) var isAtEnd = false

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

    /// Decompresses `input`, handing on what comes out in pieces of at most 256 KiB; stops when `sink` answers false.
    ///
    /// Throws ``Failure`` where the stream stops making sense; what came out before has been handed on.
    package mutating func push(_ input: Bytes, into sink: ([UInt8]) -> Bool) throws(Failure) {
        var piece = [UInt8](repeating: 0, count: 256 << 10)
        var offset = 0
        repeat {
            if isAtEnd {
                // Zero padding may follow a member; anything else begins another one.
                while offset < input.count, input.u8(at: offset) == 0 { offset += 1 }
                if offset == input.count { return }
                unsafe inflateReset(stream)
                isAtEnd = false
            }
            let (status, taken, made) = step(input.slice(from: offset), &piece)
            offset += taken
            consumed += taken
            produced += made
            if made > 0, !sink(Array(piece[..<made])) { return }
            switch status {
            case Z_STREAM_END: isAtEnd = true
            case Z_OK: break
            case Z_BUF_ERROR where made == 0: return
            case Z_BUF_ERROR: break
            default: throw produced == 0 ? .notCompressed : .damaged
            }
            if taken == 0, made == 0, status != Z_STREAM_END { return }
                } while offset < input.count || isOutputFull
    }

    /// Whether the last step filled its piece, so that more may be waiting inside zlib.
    private var isOutputFull: Bool { unsafe stream.pointee.avail_out == 0 }

    private func step(_ input: Bytes, _ piece: inout [UInt8]) -> (status: Int32, taken: Int, made: Int) {
        unsafe input.withUnsafeBytes { source in
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
