package import Bytes
import FTPProtocol
import Glibc
import NIOCore
import NIOPosix
import Synchronization
import Transport

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

        package init(host: String, port: Int, isImplicit: Bool = false, site: Int = 0) {
            self.host = host
            self.port = port
            self.isImplicit = isImplicit
            self.site = site
        }
    }

    let workers = WorkerThreads()
    package let sessions = SessionTable()
    let bans: Bans
    private let group: MultiThreadedEventLoopGroup
    private let sites: Mutex<[(names: [String], site: Site)]>
    private let channels = Mutex<[any Channel]>([])

    /// - Parameter sites: the first one is everybody's who asks for no other.
    package init(sites: [(names: [String], site: Site)], bans: Bans.Settings = .init(), threads: Int = System.coreCount)
    {
        precondition(!sites.isEmpty, "a server has a site")
        self.sites = Mutex(sites)
        self.bans = Bans(bans)
        group = MultiThreadedEventLoopGroup(numberOfThreads: threads)
    }

    func site(at index: Int) -> Site {
        sites.withLock { $0[min(index, $0.count - 1)].site }
    }

    /// The site that is called `name`; `current` if none of the sites has a name and so any will do.
    func site(named name: [UInt8], besides current: Site) -> Site? {
        let name = displayText(name).lowercased()
        return sites.withLock { sites in
            if let found = sites.first(where: { $0.names.contains { $0.lowercased() == name } }) { return found.site }
            return sites.allSatisfy { $0.names.isEmpty } ? current : nil
        }
    }

    /// Begins to listen; gives where, which a port of 0 leaves to the system.
    package func listen(_ listening: Listening) throws -> Endpoint {
        let bootstrap = ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 4096)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelOption(.socketOption(.so_keepalive), value: 1)
            .childChannelOption(.socketOption(.init(rawValue: SO_OOBINLINE)), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelOption(.maxMessagesPerRead, value: 1)
            .childChannelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: 4096))
            .childChannelInitializer { [self] channel in
                channel.eventLoop.makeCompletedFuture { try begin(channel, listening) }
            }
        let channel = try bootstrap.bind(host: listening.host, port: listening.port).wait()
        channels.withLock { $0.append(channel) }
        guard let address = channel.localAddress, let endpoint = Endpoint(address) else {
            throw ChannelError.unknownLocalAddress
        }
        return endpoint
    }

    private func begin(_ channel: any Channel, _ listening: Listening) throws {
        guard let peerAddress = channel.remoteAddress, let peer = Endpoint(peerAddress),
            let localAddress = channel.localAddress, let local = Endpoint(localAddress)
        else { throw ChannelError.inputClosed }
        let site = site(at: listening.site)
        let isBanned = bans.isBanned(peer.address)
        guard !isBanned, let record = sessions.enter(from: peer, site.limits) else {
            // 421 is what tells a client to come back later.
            let text = ByteBuffer(string: "421 Too many connections; try again later.\r\n")
            if listening.isImplicit { throw ChannelError.inputClosed }
            channel.writeAndFlush(text, promise: nil)
            channel.close(promise: nil)
            return
        }
        let scope = Endpoint.scope(of: localAddress)
        let handler = ControlHandler(
            self, site, record, isImplicit: listening.isImplicit, local: local, scope: scope)
        try channel.pipeline.syncOperations.addHandler(handler)
    }

    /// What sessions that come from now on are given.
    package func replace(_ sites: [(names: [String], site: Site)]) {
        precondition(!sites.isEmpty, "a server has a site")
        self.sites.withLock { $0 = sites }
    }

    /// Takes no new sessions, ends those that are idle, and lets transfers finish; calls `whenDone` after the last one,
    /// or when time is up.
    package func stop(within seconds: Int, _ whenDone: @escaping @Sendable () -> Void) {
        for channel in channels.withLock({ $0 }) { channel.close(promise: nil) }
        for record in sessions.all { record.stop() }
        let deadline = NIODeadline.now() + .seconds(Int64(seconds))
        group.next().scheduleRepeatedTask(initialDelay: .milliseconds(20), delay: .milliseconds(50)) { [self] task in
            guard sessions.count == 0 || NIODeadline.now() >= deadline else { return }
            task.cancel()
            whenDone()
        }
    }

    /// Ends everything at once.
    package func stop() {
        for channel in channels.withLock({ $0 }) { try? channel.close().wait() }
        try? group.syncShutdownGracefully()
    }
}
