package import Bytes
import FTPProtocol
import Glibc
import Logging
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization
package import Transport

/// An FTP server: listens, and gives each connection a session.
package final class Server: Sendable {
    /// Where to listen.
    package struct Listening: Sendable, Hashable {
        package var host: String
        package var port: Int
        /// TLS from the first byte on.
        package var isImplicit = false
        /// Which of the sites those meet who come here.
        package var site = 0
        /// A socket that somebody else has opened already (systemd).
        package var descriptor: Int32?

        package init(host: String, port: Int, isImplicit: Bool = false, site: Int = 0, descriptor: Int32? = nil) {
            self.host = host
            self.port = port
            self.isImplicit = isImplicit
            self.site = site
            self.descriptor = descriptor
        }
    }

    let workers = WorkerThreads()
    package let sessions = SessionTable()
    let bans: Bans
    let metrics = ServerMetrics()
    private let group: MultiThreadedEventLoopGroup
    private let changeable: Mutex<Changeable>
    private let channels = Mutex<[any Channel]>([])
    /// Where `wharf who` asks.
    private let status = Mutex<(any Channel)?>(nil)
    private let metricsPlace = Mutex<(place: ServerSettings.Place, channel: any Channel)?>(nil)

    /// What new settings can change while the server runs.
    private struct Changeable: Sendable {
        var sites: [(names: [String], site: Site)]
        var log: ServerLog
        var recording: Recording?
    }

    /// Has sessions recorded.
    package struct Recording: Sendable {
        let settings: RecordingSettings
        let onFailure: @Sendable (String) -> Void

        /// - Parameter onFailure: told of each recording that cannot be made, or goes no further.
        package init(_ settings: RecordingSettings, onFailure: @escaping @Sendable (String) -> Void) {
            self.settings = settings
            self.onFailure = onFailure
        }
    }

    /// - Parameter sites: the first one is everybody's who asks for no other.
    package init(
        sites: [(names: [String], site: Site)], bans: Bans.Settings = .init(), log: ServerLog = ServerLog(),
        recording: Recording? = nil,
        threads: Int = System.coreCount
    ) {
        precondition(!sites.isEmpty, "a server has a site")
        changeable = Mutex(Changeable(sites: sites, log: log, recording: recording))
        self.bans = Bans(bans)
        group = MultiThreadedEventLoopGroup(numberOfThreads: threads)
    }

    package var log: ServerLog { changeable.withLock { $0.log } }

    func site(at index: Int) -> Site {
        changeable.withLock { $0.sites[min(index, $0.sites.count - 1)].site }
    }

    /// The site that is called `name`; `current` if none of the sites has a name and so any will do.
    func site(named name: [UInt8], besides current: Site) -> Site? {
        let name = displayText(name).lowercased()
        return changeable.withLock { state in
            let sites = state.sites
            if let found = sites.first(where: { $0.names.contains { $0.lowercased() == name } }) { return found.site }
            return sites.allSatisfy { $0.names.isEmpty } ? current : nil
        }
    }

    /// Begins to listen; gives where, which a port of 0 leaves to the system.
    package func listen(_ listening: Listening) throws(ListenError) -> Endpoint {
        let bootstrap = ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 4096)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            // Connections inherit these three from the socket that they came to.
            .serverChannelOption(.socketOption(.so_keepalive), value: 1)
            .serverChannelOption(.socketOption(.init(rawValue: SO_OOBINLINE)), value: 1)
            .serverChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelOption(.maxMessagesPerRead, value: 1)
            .childChannelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: 4096))
            .childChannelInitializer { [self] channel in
                channel.eventLoop.makeCompletedFuture { try begin(channel, listening) }
            }
        do {
            let channel =
                if let descriptor = listening.descriptor {
                    try bootstrap.withBoundSocket(descriptor).wait()
                } else {
                    try bootstrap.bind(host: listening.host, port: listening.port).wait()
                }
            channels.withLock { $0.append(channel) }
            return try Self.endpoint(of: channel)
        } catch {
            let place = ServerSettings.Place(host: listening.host, port: listening.port)
            let name = listening.descriptor.map { "the socket \($0) that was passed" } ?? "\(place)"
            throw ListenError(error, at: name, port: listening.port)
        }
    }

    private static func endpoint(of channel: any Channel) throws -> Endpoint {
        guard let address = channel.localAddress, let endpoint = Endpoint(address) else {
            throw ChannelError.unknownLocalAddress
        }
        return endpoint
    }

    private func begin(_ channel: any Channel, _ listening: Listening) throws {
        guard let peerAddress = channel.remoteAddress, let peer = Endpoint(peerAddress),
            let localAddress = channel.localAddress, let local = Endpoint(localAddress)
        else { throw ChannelError.inputClosed }
        let meeting = Meeting(
            peer: peer, local: local, scope: Endpoint.scope(of: localAddress), site: site(at: listening.site),
            isImplicit: listening.isImplicit)
        guard meeting.site.balancers.contains(peer.address) else { return try begin(channel, meeting) }
        try channel.pipeline.syncOperations.addHandler(ProxyHandler(self, meeting))
    }

    /// A connection, and what it is for.
    struct Meeting {
        var peer: Endpoint
        /// Where the client has come to, and so where its data connections will come to.
        let local: Endpoint
        let scope: UInt32
        let site: Site
        let isImplicit: Bool
        /// Through which a client has come.
        var balancer: IPAddress?
    }

    /// Gives a connection its session, or refuses it.
    func begin(_ channel: any Channel, _ meeting: Meeting) throws {
        metrics.count { $0.connections += 1 }
        let isBanned = bans.isBanned(meeting.peer.address)
        guard !isBanned, let record = sessions.enter(from: meeting.peer, to: meeting.local, meeting.site.limits) else {
            metrics.count { $0.refusals += 1 }
            log.event("refused", .warning, nil, ["peer": "\(meeting.peer)", "why": isBanned ? "banned" : "too many"])
            if meeting.isImplicit { throw ChannelError.inputClosed }
            // 421 is what tells a client to come back later.
            let why = isBanned ? "Too many logins from your address have failed" : "Too many connections"
            let text = ByteBuffer(string: "421 \(why); try again later.\r\n")
            try channel.pipeline.syncOperations.addHandler(Refusal(text))
            return
        }
        log.event("connected", .info, record)
        let recorder = changeable.withLock { $0.recording }.map {
            SessionRecorder(
                $0.settings, client: meeting.peer, isImplicit: meeting.isImplicit, onFailure: $0.onFailure)
        }.map { RecordingHandler($0, server: meeting.local) }
        if let recorder { try channel.pipeline.syncOperations.addHandler(recorder) }
        let handler = ControlHandler(self, meeting, record, recorder)
        try channel.pipeline.syncOperations.addHandler(handler)
    }

    /// Serves what Prometheus reads over HTTP at `place` and nowhere else, nil for nowhere at all; gives where, which a
    /// port of 0 leaves to the system. Where it cannot, it goes on where it was.
    package func serveMetrics(at place: ServerSettings.Place?) throws(ListenError) -> Endpoint? {
        let old = metricsPlace.withLock { $0 }
        guard place != old?.place else { return old.flatMap { try? Self.endpoint(of: $0.channel) } }
        // Two addresses of one port may exclude one another.
        let isSamePort = old != nil && place?.port == old?.place.port
        if isSamePort { try? old?.channel.close().wait() }
        do throws(ListenError) {
            let new = try place.map { place throws(ListenError) in (place, try bindMetrics(place)) }
            metricsPlace.withLock { $0 = new }
            if !isSamePort { try? old?.channel.close().wait() }
            return new.flatMap { try? Self.endpoint(of: $0.1) }
        } catch {
            if isSamePort, let old {
                let again = try? bindMetrics(old.place)
                metricsPlace.withLock { $0 = again.map { (old.place, $0) } }
            }
            throw error
        }
    }

    private func bindMetrics(_ place: ServerSettings.Place) throws(ListenError) -> any Channel {
        let bootstrap = ServerBootstrap(group: group)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { [self] channel in
                channel.eventLoop.makeCompletedFuture {
                    // Whoever asks nothing shall not keep the descriptor of somebody who would.
                    channel.eventLoop.scheduleTask(in: .seconds(10)) { channel.close(promise: nil) }
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    try channel.pipeline.syncOperations.addHandler(MetricsEndpoint(self))
                }
            }
        do { return try bootstrap.bind(host: place.host, port: place.port).wait() } catch {
            throw ListenError(error, at: "\(place)", port: place.port)
        }
    }

    var metricsText: String {
        let all = sessions.all
        return metrics.text(sessions: all.count, transfers: all.count { $0.activity.transfer != nil })
    }

    /// Tells who is there to whoever may open the socket at `path`.
    package func serveSessions(at path: String) throws(ListenError) {
        let bootstrap = ServerBootstrap(group: group)
            .childChannelInitializer { [self] channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(SessionEndpoint(self))
                }
            }
        do {
            let channel = try bootstrap.bind(unixDomainSocketPath: path, cleanupExistingSocketFile: true).wait()
            status.withLock { $0 = channel }
        } catch { throw ListenError(error, at: path) }
    }

    /// Goes by other settings from now on. Sessions that are there keep their sites and their recordings, bans that are in
    /// force stay.
    ///
    /// - Parameters:
    ///   - sites: as many as there were, in the same order, for ports belong to them; nil for those that are there.
    ///   - log: nil for the one that is there.
    package func follow(
        sites: [(names: [String], site: Site)]?, bans: Bans.Settings, log: ServerLog?, recording: Recording?
    ) {
        self.bans.follow(bans)
        changeable.withLock { current in
            precondition(sites.map { $0.count == current.sites.count } ?? true, "ports belong to sites")
            current.sites = sites ?? current.sites
            current.log = log ?? current.log
            current.recording = recording
        }
        self.log.event("settings read again")
    }

    /// For what is cut to be answered and logged.
    private static let timeToCut = TimeAmount.seconds(2)

    /// Takes no new sessions, ends those that are idle, and lets transfers finish; calls `whenDone` after the last one,
    /// or when time is up. Until then it tells who is there.
    package func stop(within seconds: Int, _ whenDone: @escaping @Sendable () -> Void) {
        for channel in channels.withLock({ $0 }) { channel.close(promise: nil) }
        for record in sessions.all { record.stop() }
        let deadline = NIODeadline.now() + .seconds(Int64(seconds))
        let end = deadline + Self.timeToCut
        group.next().scheduleRepeatedTask(initialDelay: .milliseconds(20), delay: .milliseconds(50)) { [self] task in
            let now = NIODeadline.now()
            guard sessions.count == 0 || now >= end else {
                for record in sessions.all {
                    // Whoever came in the very moment is told as well.
                    record.stop()
                    // Transfers end as those that are aborted do: they are answered, and logged.
                    if now >= deadline { record.cut() }
                }
                return
            }
            task.cancel()
            whenDone()
        }
    }

    /// Ends everything at once.
    package func stop() {
        let observed = [metricsPlace.withLock { $0?.channel }, status.withLock { $0 }].compactMap { $0 }
        for channel in channels.withLock({ $0 }) + observed { try? channel.close().wait() }
        try? group.syncShutdownGracefully()
    }
}

/// Says one thing and closes, once the channel is there: what is written before that is lost.
private final class Refusal: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let text: ByteBuffer

    init(_ text: ByteBuffer) { self.text = text }

    /// Behind a load balancer the handler comes when the connection is there already.
    func handlerAdded(context: ChannelHandlerContext) {
        if context.channel.isActive { channelActive(context: context) }
    }

    func channelActive(context: ChannelHandlerContext) {
        context.writeAndFlush(wrapOutboundOut(text), promise: nil)
        context.close(promise: nil)
    }
}
