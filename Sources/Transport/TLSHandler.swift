import COpenSSL
package import NIOCore

/// Puts a control connection under TLS, and takes it off again (CCC).
@safe
package final class TLSHandler: ChannelDuplexHandler, RemovableChannelHandler {
    package typealias InboundIn = ByteBuffer
    package typealias InboundOut = ByteBuffer
    package typealias OutboundIn = ByteBuffer
    package typealias OutboundOut = ByteBuffer

    /// What those behind the handler are told.
    package enum Event: Sendable, Hashable {
        case secured
        case failed
        /// The peer has agreed to go on in clear.
        case unsecured
    }

    private enum State {
        case handshaking
        case open
        /// close_notify was said, the peer's is awaited.
        case closing
        /// The peer has agreed to go on in clear.
        case clear
        case closed
    }

    private let tls: TLSConnection
    private let input: OpaquePointer
    private let output: OpaquePointer
    private var state = State.handshaking
    /// Whether the peer may go on in clear, until it says something.
    private var mayEnd = false

    /// Nil if OpenSSL has no memory left.
    ///
    /// - Parameter recorder: is told the secrets.
    package init?(_ context: TLSContext, _ identity: TLSIdentity, recorder: ConnectionRecorder? = nil) {
        guard let tls = TLSConnection(context, identity, recorder), let input = unsafe BIO_new(BIO_s_mem()),
            let output = unsafe BIO_new(BIO_s_mem())
        else { return nil }
        self.tls = tls
        unsafe self.input = unsafe input
        unsafe self.output = unsafe output
        // The connection owns both from here on.
        unsafe SSL_set_bio(tls.pointer, input, output)
    }

    package func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let bytes = unwrapInboundIn(data)
        if isEnding, isClear(bytes) { return goOnInClear(context, with: bytes) }
        if state == .clear { return context.fireChannelRead(data) }
        if state == .closed { return }
        unsafe bytes.withUnsafeReadableBytes { bytes in
            _ = unsafe BIO_write(input, bytes.baseAddress, Int32(bytes.count))
        }
        pump(context)
    }

    /// Some clients take our close_notify for the end, and go on in clear without theirs: no record begins like a command.
    private func isClear(_ bytes: ByteBuffer) -> Bool {
        let isBetweenRecords = unsafe BIO_ctrl_pending(input) == 0 && SSL_has_pending(tls.pointer) == 0
        return isBetweenRecords && bytes.readableBytesView.first.map { !(20...24).contains($0) } ?? false
    }

    private func pump(_ context: ChannelHandlerContext) {
        if state == .handshaking {
            switch tls.handshake() {
            case .done:
                state = .open
                flushOutput(context)
                context.fireUserInboundEventTriggered(Event.secured)
            case .wait: return flushOutput(context)
            case .closed, .failed: return fail(context)
            }
        }
        read(context)
        flushOutput(context)
    }

    private func read(_ context: ChannelHandlerContext) {
        while state == .open || state == .closing {
            var plain = context.channel.allocator.buffer(capacity: 4096)
            var status = TLSConnection.Status.wait
            unsafe plain.writeWithUnsafeMutableBytes(minimumWritableBytes: 4096) { room in
                status = unsafe tls.read(into: room)
                if case .done(let count) = status { return count }
                return 0
            }
            switch status {
            case .done:
                mayEnd = false
                if state == .open { context.fireChannelRead(wrapInboundOut(plain)) }
            case .wait: return
            case .closed: return closedByPeer(context)
            case .failed: return fail(context)
            }
        }
    }

    private func closedByPeer(_ context: ChannelHandlerContext) {
        if state == .open { _ = tls.shutdown() }
        guard isEnding else {
            state = .closed
            flushOutput(context)
            return context.close(promise: nil)
        }
        // What came behind the peer's close_notify is in clear already.
        let rest = unsafe BIO_ctrl_pending(input)
        var clear = context.channel.allocator.buffer(capacity: Int(rest))
        unsafe clear.writeWithUnsafeMutableBytes(minimumWritableBytes: Int(rest)) {
            Int(max(0, unsafe BIO_read(input, $0.baseAddress, Int32(rest))))
        }
        goOnInClear(context, with: clear)
    }

    private var isEnding: Bool { state == .closing || (state == .open && mayEnd) }

    private func goOnInClear(_ context: ChannelHandlerContext, with bytes: ByteBuffer) {
        state = .clear
        flushOutput(context)
        context.fireUserInboundEventTriggered(Event.unsecured)
        if bytes.readableBytes > 0 { context.fireChannelRead(wrapInboundOut(bytes)) }
        context.pipeline.syncOperations.removeHandler(self, promise: nil)
    }

    private func fail(_ context: ChannelHandlerContext) {
        state = .closed
        // The alert tells the peer why.
        flushOutput(context)
        context.fireUserInboundEventTriggered(Event.failed)
        context.close(promise: nil)
    }

    private func flushOutput(_ context: ChannelHandlerContext) {
        let count = unsafe BIO_ctrl_pending(output)
        guard count > 0 else { return }
        var bytes = context.channel.allocator.buffer(capacity: Int(count))
        unsafe bytes.writeWithUnsafeMutableBytes(minimumWritableBytes: Int(count)) {
            Int(max(0, unsafe BIO_read(output, $0.baseAddress, Int32(count))))
        }
        context.writeAndFlush(wrapOutboundOut(bytes), promise: nil)
    }

    package func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard state == .open else {
            if state == .handshaking || state == .closed {
                promise?.fail(ChannelError.ioOnClosedChannel)
            } else {
                context.write(data, promise: promise)
            }
            return
        }
        let bytes = unwrapOutboundIn(data)
        var failed = false
        unsafe bytes.withUnsafeReadableBytes { bytes in
            var rest = unsafe bytes
            while unsafe !rest.isEmpty {
                guard case .done(let count) = unsafe tls.write(rest) else {
                    failed = true
                    return
                }
                unsafe rest = UnsafeRawBufferPointer(rebasing: rest[count...])
            }
        }
        if failed {
            promise?.fail(ChannelError.ioOnClosedChannel)
            return fail(context)
        }
        promise?.succeed()
    }

    package func flush(context: ChannelHandlerContext) {
        if state == .open { flushOutput(context) }
        context.flush()
    }

    package func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        if state == .open {
            _ = tls.shutdown()
            state = .closed
            flushOutput(context)
        }
        context.close(mode: mode, promise: promise)
    }

    /// If the peer ends TLS now, or goes on in clear, the connection goes on.
    package func letEnd() { mayEnd = true }

    /// Says close_notify; once the peer has answered, the handler goes away and the rest is in clear.
    package func stop(context: ChannelHandlerContext) {
        guard state == .open else { return }
        let isDone = if case .done = tls.shutdown() { true } else { false }
        state = .closing
        flushOutput(context)
        if isDone { closedByPeer(context) }
    }
}
