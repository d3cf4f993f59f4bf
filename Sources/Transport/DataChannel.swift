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
    func receive(into buffer: UnsafeMutableRawBufferPointer) throws(DataSocketError) -> Int

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
        unsafe SSL_set_fd(tls.pointer, socket.descriptor)
        if isUpload { unsafe SSL_set_num_tickets(tls.pointer, 0) }
        recorder?.watch(tls)
        guard cancellation.watch(socket.descriptor) else { throw .cancelled }
        defer { cancellation.watch(nil) }
        switch tls.handshake() {
        case .done: break
        case .wait: throw .stalled
        case .closed, .failed: throw cancellation.isCancelled ? .cancelled : .tlsFailed
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

    package func receive(into buffer: UnsafeMutableRawBufferPointer) throws(DataSocketError) -> Int {
        switch unsafe tls.read(into: buffer) {
        case .done(let count): return count
        case .wait: throw .stalled
        case .closed: return 0
        // Without close_notify a connection that was cut looks like the end of the file (RFC 8446 §6.1).
        case .failed: throw .connectionLost
        }
    }

    package func answerEnd() { _ = tls.shutdown() }

    package func finish(within seconds: Int, _ cancellation: Cancellation) throws(DataSocketError) {
        _ = tls.shutdown()
        try socket.finish(within: seconds, cancellation)
    }
}
