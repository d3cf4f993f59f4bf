import CZlib

/// Compresses into a zlib stream (RFC 1950), chunk by chunk.
@safe
package struct Deflater: ~Copyable {
    private let stream: UnsafeMutablePointer<z_stream>

    /// - Parameter level: 0 (stored) … 9 (smallest).
    package init(level: Int) {
        unsafe stream = .allocate(capacity: 1)
        unsafe stream.initialize(to: z_stream())
        let status = unsafe deflateInit_(
            stream, Int32(level), ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        precondition(status == Z_OK, "zlib cannot be initialised: \(status)")
    }

    deinit {
        unsafe deflateEnd(stream)
        unsafe stream.deallocate()
    }

    /// Compresses `input` and appends what comes out; with `isLast`, all that is left and the end of the stream.
    package mutating func push(_ input: UnsafeRawBufferPointer, isLast: Bool, into output: inout [UInt8]) {
        let stream = unsafe stream
        unsafe stream.pointee.next_in = UnsafeMutablePointer(
            mutating: input.bindMemory(to: UInt8.self).baseAddress)
        unsafe stream.pointee.avail_in = UInt32(input.count)
        var isFull = true
        while isFull {
            let start = output.count
            // Clearing more than what can come out would cost more than compressing a short input.
            let room = min(64 << 10, input.count + 1024)
            output.append(contentsOf: repeatElement(0, count: room))
            unsafe output.withUnsafeMutableBufferPointer { target in
                unsafe stream.pointee.next_out = target.baseAddress! + start
                unsafe stream.pointee.avail_out = UInt32(room)
                unsafe deflate(stream, isLast ? Z_FINISH : Z_NO_FLUSH)
                isFull = unsafe stream.pointee.avail_out == 0
            }
            output.removeLast(Int(unsafe stream.pointee.avail_out))
        }
    }
}
