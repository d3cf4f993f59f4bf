package import Bytes
import COpenSSL
import Glibc

/// A data connection, in clear or protected; its calls block.
package protocol DataChannel: AnyObject {
    var peer: Endpoint { get }
    var local: Endpoint? { get }

    func send(_ bytes: UnsafeRawBufferPointer) throws(DataSocketError)

    /// Sends from a file without reading it; nil where that cannot be.
    func sendFile(_ file: Int32, from offset: inout Int, count: Int) throws(DataSocketError) -> Int?

    /// 0 at the end that the sender meant; one that was cut throws, where the connection can tell.
    ///
    /// - Parameter fills: whether to wait until `buffer` is full, or the stream ends, or time is up: fewer and larger pieces,
    ///   for whoever need not look at them before more comes.
    func receive(into buffer: UnsafeMutableRawBufferPointer, fills: Bool) throws(DataSocketError) -> Int

    /// Answers the end that the sender meant, where the connection has an answer for it.
    func answerEnd()

    /// Tells the peer that this was all, and waits until it has everything.
    func finish(within seconds: Int, _ cancellation: Cancellation) throws(DataSocketError)
}

extension DataSocket: DataChannel {
    package func answerEnd() {}

    package func sendFile(
        _ file: Int32, from offset: inout Int, count: Int
    ) throws(DataSocketError) -> Int? {
        try sendKernelFile(file, from: &offset, count: count)
    }
}

/// A data connection under TLS.
package final class TLSDataChannel: DataChannel {
    private let socket: DataSocket
    private let tls: TLSConnection
    private static let gatheredBytes: Int32 = 128 << 10
    private var isGathering = false

    package var peer: Endpoint { socket.peer }
    package var local: Endpoint? { socket.local }

    /// Shakes hands over `socket`.
    ///
    /// - Parameters:
    ///   - mustResume: whether the session of the control connection has to be resumed.
    ///   - isUpload: whether the peer will only send: one that never reads would find our session tickets unread when it
    ///     closes, and its system would reset the connection, with data still on their way.
    ///   - recorder: gets what goes over the wire.
    package init(
        _ socket: DataSocket, _ context: TLSContext, _ identity: TLSIdentity, mustResume: Bool, isUpload: Bool,
        recorder: ConnectionRecorder? = nil, _ cancellation: Cancellation
    ) throws(DataSocketError) {
        guard let tls = TLSConnection(context, identity, recorder) else { throw .tlsFailed }
        self.socket = socket
        self.tls = tls
        tls.attach(socket.descriptor)
        if isUpload { unsafe SSL_set_num_tickets(tls.pointer, 0) }
        recorder?.watch(tls)
        guard cancellation.watch(socket.descriptor) else { throw .cancelled }
        defer { cancellation.watch(nil) }
        let start = ContinuousClock.now
        var status = tls.handshake()
        while case .wait = status, socket.mayWait(since: start), !cancellation.isCancelled { status = tls.handshake() }
        switch status {
        case .done: break
        case .wait: throw cancellation.isCancelled ? .cancelled : .tlsFailed
        case .closed, .failed: throw cancellation.isCancelled ? .cancelled : .tlsFailed
        }
        // Records are 16 KiB; the kernel is handed several at once, unless it makes them itself.
        if recorder == nil, !isUpload, unsafe wharf_kernel_sends(tls.pointer) == 0 {
            isGathering = unsafe wharf_gather_writes(tls.pointer, Self.gatheredBytes) == 1
        }
        if mustResume, !tls.isResumed {
            _ = tls.shutdown()
            throw .sessionNotReused
        }
    }

    package func send(_ bytes: UnsafeRawBufferPointer) throws(DataSocketError) {
        var rest = unsafe bytes
        while unsafe !rest.isEmpty {
            switch unsafe tls.write(rest) {
            case .done(let count): unsafe rest = UnsafeRawBufferPointer(rebasing: rest[count...])
            case .wait: throw .stalled
            case .closed, .failed: throw .connectionLost
            }
        }
        guard isGathering else { return }
        guard unsafe wharf_flush(tls.pointer) == 1 else {
            throw errno == EAGAIN ? .stalled : .connectionLost
        }
    }

    package func sendFile(_ file: Int32, from offset: inout Int, count: Int) throws(DataSocketError) -> Int? {
        // The kernel encrypts where it can and was asked to; else the bytes have to come through here.
        guard unsafe wharf_kernel_sends(tls.pointer) == 1 else { return nil }
        let sent = unsafe SSL_sendfile(tls.pointer, file, off_t(offset), count, 0)
        if sent < 0 {
            if errno == EAGAIN { throw .stalled }
            throw .connectionLost
        }
        offset += sent
        return sent
    }

    package func receive(
        into buffer: UnsafeMutableRawBufferPointer, fills: Bool
    ) throws(DataSocketError) -> Int {
        let start = ContinuousClock.now
        var filled = 0
        repeat {
            switch unsafe tls.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])) {
            case .done(let count): filled += count
            case .closed where !tls.isCut: return filled
            case .wait where filled == 0: if !socket.mayWait(since: start) { throw .stalled }
            case .wait, .closed, .failed:
                // What came before is good; the next call meets the same end.
                if filled > 0 { return filled }
                // Without close_notify a connection that was cut looks like the end of the file (RFC 8446 §6.1).
                throw .connectionLost
            }
        } while filled == 0 || (fills && filled < buffer.count)
        return filled
    }

    package func answerEnd() { _ = tls.shutdown() }

    package func finish(within seconds: Int, _ cancellation: Cancellation) throws(DataSocketError) {
        _ = tls.shutdown()
        if isGathering { unsafe wharf_flush(tls.pointer) }
        try socket.finish(within: seconds, cancellation)
    }
}
