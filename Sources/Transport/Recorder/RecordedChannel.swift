package import Bytes
import COpenSSL

/// A data connection that is recorded.
package final class RecordedChannel: DataChannel {
    private let socket: DataSocket
    private let channel: any DataChannel
    private let recorder: ConnectionRecorder
    /// Whether what is said here is recorded, and not what TLS makes of it.
    private let isClear: Bool

    package var peer: Endpoint { socket.peer }
    package var local: Endpoint? { socket.local }

    /// - Parameters:
    ///   - channel: `socket`, or TLS over it.
    ///   - recorder: nothing but `channel` writes to it.
    package init(_ channel: any DataChannel, over socket: DataSocket, _ recorder: ConnectionRecorder) {
        self.channel = channel
        self.socket = socket
        self.recorder = recorder
        isClear = !(channel is TLSDataChannel) || recorder.session.settings.tls == .clear
        recorder.release()
    }

    package func send(_ bytes: UnsafeRawBufferPointer) throws(DataSocketError) {
        var rest = unsafe bytes
        while unsafe !rest.isEmpty {
            // In small pieces: of one that fails nobody knows how much was sent.
            let piece = unsafe UnsafeRawBufferPointer(rebasing: rest.prefix(TCPSynthesis.maximumPayload))
            unsafe try channel.send(piece)
            if isClear { unsafe recorder.sent(Bytes(piece.bytes)) }
            recorder.delivered(missing: Int(socket.unacknowledged))
            recorder.session.catchUp()
            unsafe rest = UnsafeRawBufferPointer(rebasing: rest[piece.count...])
        }
    }

    /// Everything has to come by here.
    package func sendFile(_ file: Int32, from offset: inout Int, count: Int) throws(DataSocketError) -> Int? { nil }

    package func receive(
        into buffer: UnsafeMutableRawBufferPointer, fills: Bool
    ) throws(DataSocketError) -> Int {
        // As it comes, or all of it would seem to have come at once.
        let count = unsafe try channel.receive(into: buffer, fills: false)
        recorder.session.catchUp()
        if count == 0 {
            recorder.finish(from: .client)
        } else if isClear {
            unsafe recorder.received(Bytes(UnsafeRawBufferPointer(rebasing: buffer[..<count]).bytes))
        } else {
            recorder.release()
        }
        return count
    }

    package func answerEnd() { channel.answerEnd() }

    package func finish(within seconds: Int, _ cancellation: Cancellation) throws(DataSocketError) {
        try channel.finish(within: seconds, cancellation)
        recorder.delivered(missing: 0, isDue: true)
        recorder.finish(from: .server)
    }
}

extension ConnectionRecorder {
    /// Records what goes through the socket of `tls`.
    func watch(_ tls: TLSConnection) {
        guard let socket = unsafe SSL_get_rbio(tls.pointer) else { return }
        unsafe BIO_set_callback_arg(
            socket, Unmanaged.passUnretained(self).toOpaque().assumingMemoryBound(to: CChar.self))
        unsafe BIO_set_callback_ex(socket) { socket, operation, bytes, _, _, _, result, count in
            let isRead = operation == BIO_CB_READ | BIO_CB_RETURN
            guard isRead || operation == BIO_CB_WRITE | BIO_CB_RETURN, result > 0, let bytes = unsafe bytes,
                let count = unsafe count?.pointee, let context = unsafe BIO_get_callback_arg(socket)
            else { return Int(result) }
            let recorder = unsafe Unmanaged<ConnectionRecorder>.fromOpaque(context).takeUnretainedValue()
            let piece = unsafe Bytes(UnsafeRawBufferPointer(start: bytes, count: count).bytes)
            if isRead { recorder.hold(piece) } else { recorder.sent(piece) }
            return Int(result)
        }
    }
}

/// Takes OpenSSL's word on the secrets of a connection (SSL_CTX_set_keylog_callback(3)).
func logKey(_ tls: OpaquePointer?, _ line: UnsafePointer<CChar>?) {
    guard let tls = unsafe tls, let line = unsafe line, let context = unsafe SSL_get_ex_data(tls, 0) else { return }
    unsafe Unmanaged<ConnectionRecorder>.fromOpaque(context).takeUnretainedValue().log(key: String(cString: line))
}
