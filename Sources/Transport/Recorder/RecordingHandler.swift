package import Bytes
import Glibc
package import NIOCore

/// Records a control connection, in clear or as it goes over the wire: what passes at its place in the pipeline.
package final class RecordingHandler: ChannelDuplexHandler {
    package typealias InboundIn = ByteBuffer
    package typealias InboundOut = ByteBuffer
    package typealias OutboundIn = ByteBuffer
    package typealias OutboundOut = ByteBuffer

    package let session: SessionRecorder
    private let server: Endpoint
    private var mask: SecretMask?
    /// Of the connection, once it is there.
    package private(set) var recorder: ConnectionRecorder?
    /// Whether either end has said that this was all; else the connection was lost.
    private var isClosed = false
    private var isLost = false

    /// Whether what passes by is ciphertext.
    package var isEncrypted = false

    package init(_ session: SessionRecorder, server: Endpoint) {
        self.session = session
        self.server = server
        mask = session.settings.keepsPasswords ? nil : SecretMask()
    }

    /// Where TLS belongs: behind the handler if ciphertext is to be recorded.
    package var placeOfTLS: ChannelPipeline.SynchronousOperations.Position {
        session.settings.tls == .clear ? .first : .after(self)
    }

    /// What TLS tells its secrets; nil if it shall not.
    package var recorderOfKeys: ConnectionRecorder? { session.settings.tls == .keys ? recorder : nil }

    /// The session is that of `user` from now on.
    package func name(_ user: String) { session.name(user) }

    /// TLS begins with the next byte.
    package func beginTLS() { isEncrypted = session.settings.tls != .clear }

    /// Behind a load balancer the handler comes when the connection is there already.
    package func handlerAdded(context: ChannelHandlerContext) {
        if context.channel.isActive { begin(context) }
    }

    package func channelActive(context: ChannelHandlerContext) {
        begin(context)
        context.fireChannelActive()
    }

    private func begin(_ context: ChannelHandlerContext) {
        guard recorder == nil else { return }
        recorder = ConnectionRecorder(
            session, client: session.control, server: server, opener: .client, roundTrip: Self.roundTrip(of: context))
        session.flush()
    }

    /// What the system has measured, in nanoseconds.
    private static func roundTrip(of context: ChannelHandlerContext) -> Int64 {
        var microseconds: Int64 = 0
        // On its own event loop the answer is there at once.
        (context.channel as? any SocketOptionProvider)?.getTCPInfo().assumeIsolated()
            .whenSuccess { microseconds = Int64($0.tcpi_rtt) }
        return microseconds * 1000
    }

    package func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let buffer = unwrapInboundIn(data)
        unsafe buffer.withUnsafeReadableBytes { bytes in unsafe note(Bytes(bytes.bytes)) }
        context.fireChannelRead(data)
        recorder?.release()
        session.flush()
    }

    private func note(_ bytes: Bytes) {
        // Ciphertext is written behind the keys that it leads to.
        if isEncrypted { recorder?.hold(bytes) }
        guard !isEncrypted else { return }
        guard mask != nil else {
            recorder?.received(bytes)
            return
        }
        var shown: [UInt8] = []
        mask?.push(bytes, into: &shown)
        if !shown.isEmpty { recorder?.received(shown.bytes) }
    }

    package func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let buffer = unwrapOutboundIn(data)
        unsafe buffer.withUnsafeReadableBytes { bytes in unsafe recorder?.sent(Bytes(bytes.bytes)) }
        context.write(data, promise: promise)
    }

    package func flush(context: ChannelHandlerContext) {
        session.flush()
        context.flush()
    }

    package func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case ChannelEvent.inputClosed = event {
            finishLine()
            recorder?.finish(from: .client)
            isClosed = true
        }
        context.fireUserInboundEventTriggered(event)
    }

    package func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        isClosed = true
        context.close(mode: mode, promise: promise)
    }

    package func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // Whoever is told closes the connection, but it was lost before.
        isLost = true
        context.fireErrorCaught(error)
    }

    package func channelInactive(context: ChannelHandlerContext) {
        finishLine()
        recorder?.end(isClosed && !isLost ? .orderly : .cut(by: .client))
        context.fireChannelInactive()
    }

    private func finishLine() {
        var shown: [UInt8] = []
        mask?.finish(into: &shown)
        if !shown.isEmpty { recorder?.received(shown.bytes) }
    }
}
