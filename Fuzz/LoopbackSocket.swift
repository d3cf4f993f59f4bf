#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A TCP socket of the loopback interface. None of its calls waits longer than it is told to.
final class LoopbackSocket {
    private let descriptor: Int32

    private init(descriptor: Int32) { self.descriptor = descriptor }

    deinit { close(descriptor) }

    private static func make() -> Int32 {
        #if canImport(Darwin) || canImport(Musl)
            socket(AF_INET, SOCK_STREAM, 0)
        #else
            socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #endif
    }

    private static func with(
        port: UInt16, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) -> Int32 {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }

    /// Nil where nobody listens.
    convenience init?(connectingTo port: UInt16) {
        self.init(descriptor: Self.make())
        let descriptor = descriptor
        let isConnected = unsafe Self.with(port: port) { unsafe connect(descriptor, $0, $1) } == 0
        guard isConnected else { return nil }
    }

    /// Listens at a port that the system chooses.
    static func listener() -> (socket: LoopbackSocket, port: UInt16)? {
        let socket = LoopbackSocket(descriptor: make())
        let isBound = unsafe with(port: 0) { unsafe bind(socket.descriptor, $0, $1) } == 0
        guard isBound, listen(socket.descriptor, 4) == 0 else { return nil }
        var address = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe getsockname(socket.descriptor, $0, &length)
            }
        }
        return status == 0 ? (socket, UInt16(bigEndian: address.sin_port)) : nil
    }

    func isReadable(within milliseconds: Int32) -> Bool {
        var wait = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return unsafe poll(&wait, 1, milliseconds) > 0
    }

    /// Nil where nobody has connected in time.
    func accept(within milliseconds: Int32) -> LoopbackSocket? {
        guard isReadable(within: milliseconds) else { return nil }
        #if canImport(Glibc)
            let accepted = Glibc.accept(descriptor, nil, nil)
        #elseif canImport(Musl)
            let accepted = unsafe Musl.accept(descriptor, nil, nil)
        #else
            let accepted = unsafe Darwin.accept(descriptor, nil, nil)
        #endif
        return accepted < 0 ? nil : LoopbackSocket(descriptor: accepted)
    }

    /// What does not fit into the socket is left out.
    func send(_ bytes: [UInt8], isUrgent: Bool = false) {
        let flags = Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL) | (isUrgent ? Int32(MSG_OOB) : 0)
        #if canImport(Glibc)
            _ = unsafe Glibc.send(descriptor, bytes, bytes.count, flags)
        #elseif canImport(Musl)
            _ = unsafe Musl.send(descriptor, bytes, bytes.count, flags)
        #else
            _ = unsafe Darwin.send(descriptor, bytes, bytes.count, flags)
        #endif
    }

    /// What is there in time; nil at the end.
    func receive(within milliseconds: Int32) -> [UInt8]? {
        guard isReadable(within: milliseconds) else { return [] }
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        let count = unsafe recv(descriptor, &piece, piece.count, Int32(MSG_DONTWAIT))
        return count > 0 ? Array(piece[..<count]) : nil
    }

    /// Tells that nothing more will come.
    func finish() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// Has the end, when it comes, be a reset.
    func endByReset() {
        var choice = linger(l_onoff: 1, l_linger: 0)
        unsafe setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &choice, socklen_t(MemoryLayout<linger>.size))
    }
}
