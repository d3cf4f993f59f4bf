import NIOCore

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// One session, as `wharf who` reads it.
package struct SessionSummary: Codable, Sendable, Hashable {
    package let session: UInt64
    /// Where the client has come to: the server, and the place at which it listens. Servers of before do not tell.
    package let server: String?
    package let peer: String
    package let user: String?
    /// Under way, or the last one.
    package let command: String
    /// Of a transfer under way.
    package let bytes: UInt64?
    package let secondsConnected: Int

    init(_ record: SessionRecord) {
        let activity = record.activity
        session = record.number
        server = "\(record.local)"
        peer = "\(record.peer)"
        user = activity.user
        command = activity.command
        bytes = activity.transfer?.bytes
        secondsConnected = Int((ContinuousClock.now - record.since).components.seconds)
    }
}

/// Tells whoever connects to the server's own Unix socket who is there, as a JSON array, and closes.
final class SessionEndpoint: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let server: Server

    init(_ server: Server) { self.server = server }

    func channelActive(context: ChannelHandlerContext) {
        let sessions = server.sessions.all.map { SessionSummary($0) }
        let text = (try? JSONEncoder().encode(sessions)) ?? Data()
        let channel = context.channel
        channel.writeAndFlush(ByteBuffer(bytes: text)).whenComplete { _ in channel.close(promise: nil) }
    }
}
