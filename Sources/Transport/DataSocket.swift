package import Bytes
import CLinux
import Glibc

/// Why a data connection does not do what it is asked.
package enum DataSocketError: Error, Hashable, Sendable {
    /// The peer is gone, or has cut the connection.
    case connectionLost
    /// Nothing moved for as long as is allowed.
    case stalled
    case cancelled
    /// TLS could not be agreed on.
    case tlsFailed
    /// TLS was agreed on, but not by resuming the session of the control connection.
    case sessionNotReused
}

/// A port that waits for the peer's data connection (PASV, EPSV).
package final class DataListener: Sendable {
    private let descriptor: Int32
    /// Where it listens.
    package let endpoint: Endpoint

    /// Opens a port at the address of `local`, which is that of the control connection.
    ///
    /// - Parameters:
    ///   - scope: of a link-local IPv6 address.
    ///   - ports: one of these, tried from a place that nobody can foresee (RFC 2577 §3); nil for any that the system gives away.
    ///   - Returns: nil if there is none left.
    package init?(at local: IPAddress, scope: UInt32 = 0, ports: ClosedRange<UInt16>?) {
        guard let descriptor = Self.open(local, scope, ports) else { return nil }
        guard let place = Endpoint(of: descriptor) else {
            close(descriptor)
            return nil
        }
        self.descriptor = descriptor
        endpoint = place
    }

    deinit { close(descriptor) }

    /// An event loop waits for it.
    private static let maximumTries = 1000

    private static func open(
        _ local: IPAddress, _ scope: UInt32, _ ports: ClosedRange<UInt16>?
    ) -> Int32? {
        let reserved = ports == nil ? SystemPorts.reserved : []
        let ports = ports ?? SystemPorts.range
        let count = Int(ports.upperBound - ports.lowerBound) + 1
        let start = Int.random(in: 0..<count)
        for number in 0..<count {
            let port = ports.lowerBound + UInt16((start + number) % count)
            if reserved.contains(where: { $0.contains(port) }) { continue }
            if let descriptor = open(local, scope, port: port) { return descriptor }
            // Only a port that somebody has can be made up for by another one.
            guard errno == EADDRINUSE || errno == EACCES, number < maximumTries else { return nil }
        }
        return nil
    }

    /// Two sockets can be bound to one port at the same time, and only one of them then listens: a port is one's own
    /// when listen(2) says so.
    private static func open(_ local: IPAddress, _ scope: UInt32, port: UInt16) -> Int32? {
        let family = local.isV4 ? AF_INET : AF_INET6
        let descriptor = socket(family, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return nil }
        // Connections of the last minutes that linger in TIME_WAIT shall not use up a small range.
        set(descriptor, SOL_SOCKET, SO_REUSEADDR, 1)
        let isBound =
            unsafe Endpoint(local, port).withSocketAddress(scope: scope) { unsafe bind(descriptor, $0, $1) == 0 }
        guard isBound, Glibc.listen(descriptor, 2) == 0 else {
            let reason = errno
            close(descriptor)
            errno = reason
            return nil
        }
        return descriptor
    }

    /// Waits for a connection from one of `peers`; others are closed, for they may be after somebody else's data (CERT VU#2558).
    ///
    /// - Parameters:
    ///   - peers: none for anybody (FXP).
    ///   - seconds: at most.
    package func accept(
        from peers: [IPAddress], within seconds: Int, _ cancellation: Cancellation
    ) throws(DataSocketError) -> DataSocket {
        guard cancellation.watch(descriptor) else { throw .cancelled }
        defer { cancellation.watch(nil) }
        let deadline = ContinuousClock.now + .seconds(seconds)
        while true {
            let rest = (deadline - ContinuousClock.now).components
            let milliseconds = rest.seconds * 1000 + rest.attoseconds / 1_000_000_000_000_000
            guard milliseconds > 0 else { throw .stalled }
            var wait = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            let status = unsafe poll(&wait, 1, Int32(clamping: milliseconds))
            if cancellation.isCancelled { throw .cancelled }
            guard status > 0 else { continue }
            let (accepted, endpoint) = unsafe Endpoint.filled {
                unsafe wharf_accept4(descriptor, $0, $1, Int32(SOCK_CLOEXEC.rawValue))
            }
            guard accepted >= 0 else {
                if errno == EINTR || errno == ECONNABORTED { continue }
                throw .connectionLost
            }
            guard let endpoint, peers.isEmpty || peers.contains(endpoint.address) else {
                close(accepted)
                continue
            }
            return DataSocket(accepted, peer: endpoint)
        }
    }
}

/// One data connection; its calls block, for at most as long as ``setLimit(seconds:)`` says.
package final class DataSocket {
    let descriptor: Int32
    package let peer: Endpoint
    var cancellation: Cancellation?
    private var limit = Duration.seconds(60)

    init(_ descriptor: Int32, peer: Endpoint) {
        self.descriptor = descriptor
        self.peer = peer
    }

    deinit {
        // The number may soon be another file's.
        cancellation?.watch(nil)
        close(descriptor)
    }

    /// Connects to where PORT or EPRT said, from the address of the control connection.
    package static func connect(
        to peer: Endpoint, from local: IPAddress, scope: UInt32 = 0, within seconds: Int, _ cancellation: Cancellation
    ) throws(DataSocketError) -> DataSocket {
        let family = peer.address.isV4 ? AF_INET : AF_INET6
        let descriptor = socket(family, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw .connectionLost }
        let made = DataSocket(descriptor, peer: peer)
        guard cancellation.watch(descriptor) else { throw .cancelled }
        defer { cancellation.watch(nil) }
        // Only the address is bound; the port is chosen when the peer is known, so that ports do not run out.
        set(descriptor, Int32(IPPROTO_IP), IP_BIND_ADDRESS_NO_PORT, 1)
        _ = unsafe Endpoint(local, 0).withSocketAddress(scope: scope) { unsafe bind(descriptor, $0, $1) }
        made.setLimit(seconds: seconds)
        let status = unsafe peer.withSocketAddress(scope: scope) { unsafe Glibc.connect(descriptor, $0, $1) }
        guard status == 0 else { throw cancellation.isCancelled ? .cancelled : .connectionLost }
        return made
    }

    /// How long one call may wait for the peer.
    package func setLimit(seconds: Int) {
        limit = .seconds(seconds)
        setTime(SO_SNDTIMEO, seconds: seconds)
        // What has come is handed on after a second, though more was asked for.
        setTime(SO_RCVTIMEO, seconds: 1)
    }

    private func setTime(_ option: Int32, seconds: Int) {
        var value = timeval(tv_sec: seconds, tv_usec: 0)
        unsafe setsockopt(descriptor, SOL_SOCKET, option, &value, socklen_t(MemoryLayout<timeval>.size))
    }

    /// Whether somebody who began to wait then may wait on.
    func mayWait(since start: ContinuousClock.Instant) -> Bool {
        ContinuousClock.now - start < limit && !(cancellation?.isCancelled ?? false)
    }

    /// Where it is at this end.
    package var local: Endpoint? {
        Endpoint(of: descriptor)
    }

    /// What TCP's handshake took as the system has measured it, in nanoseconds.
    package var roundTrip: Int64 {
        var information = tcp_info()
        var size = socklen_t(MemoryLayout<tcp_info>.size)
        let status = unsafe getsockopt(descriptor, Int32(IPPROTO_TCP), TCP_INFO, &information, &size)
        return status == 0 ? Int64(information.tcpi_rtt) * 1000 : 0
    }

    /// Sends all of `bytes`.
    package func send(_ bytes: UnsafeRawBufferPointer) throws(DataSocketError) {
        var rest = unsafe bytes
        while unsafe !rest.isEmpty {
            let sent = unsafe Glibc.send(descriptor, rest.baseAddress, rest.count, Int32(MSG_NOSIGNAL))
            if sent < 0 {
                if errno == EINTR { continue }
                throw failure
            }
            unsafe rest = UnsafeRawBufferPointer(rebasing: rest[sent...])
        }
    }

    /// Sends up to `count` bytes of a file from `offset` on, which never come into our memory; fewer at its end.
    func sendKernelFile(
        _ file: Int32, from offset: inout Int, count: Int
    ) throws(DataSocketError) -> Int {
        while true {
            let sent = unsafe sendfile(descriptor, file, &offset, count)
            if sent >= 0 { return sent }
            if errno == EINTR { continue }
            throw failure
        }
    }

    package func receive(
        into buffer: UnsafeMutableRawBufferPointer, fills: Bool
    ) throws(DataSocketError) -> Int {
        let flags = fills ? Int32(MSG_WAITALL) : 0
        let start = ContinuousClock.now
        while true {
            let received = unsafe recv(descriptor, buffer.baseAddress, buffer.count, flags)
            if received >= 0 { return received }
            if errno == EINTR || (failure == .stalled && mayWait(since: start)) { continue }
            throw failure
        }
    }

    private var failure: DataSocketError {
        errno == EAGAIN || errno == EWOULDBLOCK ? .stalled : .connectionLost
    }

    /// Tells the peer that this was all, and waits until it has acknowledged everything: what is still under way when
    /// the peer breaks off was not delivered.
    package func finish(within seconds: Int, _ cancellation: Cancellation) throws(DataSocketError) {
        shutdown(descriptor, Int32(SHUT_WR))
        var deadline = ContinuousClock.now + .seconds(seconds)
        var pause: Int32 = 1
        var last = Int32.max
        while case let count = unacknowledged, count > 0 {
            if count < last { (last, deadline) = (count, .now + .seconds(seconds)) }
            var wait = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            if unsafe poll(&wait, 1, pause) > 0 {
                // What comes here is nothing that anybody asked for.
                let received = recv(descriptor, nil, 1 << 20, Int32(MSG_DONTWAIT) | Int32(MSG_TRUNC))
                // The peer closes once it has everything; before that it has reset the connection.
                if received == 0 { return }
                if received < 0, errno != EAGAIN { throw cancellation.isCancelled ? .cancelled : .connectionLost }
            }
            if cancellation.isCancelled { throw .cancelled }
            guard ContinuousClock.now < deadline else { throw .stalled }
            pause = min(pause * 2, 50)
        }
    }

    /// Bytes, the end of the stream included, that the peer has not acknowledged.
    var unacknowledged: Int32 {
        var count: Int32 = 0
        return unsafe ioctl(descriptor, UInt(TIOCOUTQ), &count) == 0 ? count : 0
    }
}

/// Sets a number; what a system does not know of is passed over.
private func set(_ descriptor: Int32, _ level: Int32, _ option: Int32, _ value: Int32) {
    var value = value
    unsafe setsockopt(descriptor, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
}
