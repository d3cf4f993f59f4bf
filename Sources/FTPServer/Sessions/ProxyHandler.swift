import Logging
import Bytes
import NIOCore
import Transport

/// Reads a load balancer's header, then gives the connection its session. The header comes at once or not at all.
final class ProxyHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private static let patience = TimeAmount.seconds(5)

    private let server: Server
    private let meeting: Server.Meeting
    private var bytes: [UInt8] = []
    private var timer: Scheduled<Void>?

    init(_ server: Server, _ meeting: Server.Meeting) {
        self.server = server
        self.meeting = meeting
    }

    func channelActive(context: ChannelHandlerContext) {
        let channel = context.channel
        timer = context.eventLoop.scheduleTask(in: Self.patience) { channel.close(promise: nil) }
    }

    func channelInactive(context: ChannelHandlerContext) {
        timer?.cancel()
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        bytes += unwrapInboundIn(data).readableBytesView
        switch ProxyProtocol.read(bytes) {
        case .partial: break
        case .malformed:
            server.log.event("refused", .warning, nil, ["peer": "\(meeting.peer)", "why": "no PROXY header"])
            context.close(promise: nil)
        case .header(let source, let count):
            timer?.cancel()
            var meeting = meeting
            if let source {
                meeting.balancer = meeting.peer.address
                meeting.peer = source
            }
            begin(meeting, rest: Array(bytes[count...]), context)
        }
    }

    private func begin(_ meeting: Server.Meeting, rest: [UInt8], _ context: ChannelHandlerContext) {
        let pipeline = context.pipeline
        do { try server.begin(context.channel, meeting) } catch { return context.close(promise: nil) }
        pipeline.syncOperations.removeHandler(self, promise: nil)
        // From the start of the pipeline, where TLS may stand by now.
        if !rest.isEmpty { pipeline.fireChannelRead(ByteBuffer(bytes: rest)) }
    }
}
