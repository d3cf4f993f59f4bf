package import Bytes
import Glibc
package import NIOCore

extension Endpoint {
    /// Nil for what is neither IPv4 nor IPv6. IPv4 behind IPv6 (`::ffff:192.0.2.1`) is IPv4.
    package init?(_ address: SocketAddress) {
        switch address {
        case .v4(let v4): self.init(v4.address)
        case .v6(let v6): self.init(v6.address)
        case .unixDomainSocket: return nil
        }
    }

    /// The interface of a link-local IPv6 address, else 0.
    package static func scope(of address: SocketAddress) -> UInt32 {
        func scope(_ address: sockaddr_in6) -> UInt32 { address.sin6_scope_id }
        if case .v6(let v6) = address { return scope(v6.address) }
        return 0
    }

    init(_ address: sockaddr_in) {
        self.init(IPAddress(v4: UInt32(bigEndian: address.sin_addr.s_addr)), UInt16(bigEndian: address.sin_port))
    }

    init(_ address: sockaddr_in6) {
        let (high, low) = unsafe unsafeBitCast(address.sin6_addr, to: (UInt64, UInt64).self)
        self.init(
            IPAddress(high: UInt64(bigEndian: high), low: UInt64(bigEndian: low)), UInt16(bigEndian: address.sin6_port))
    }

    /// Calls `body` with the address as the system wants it.
    ///
    /// - Parameter scope: the interface of a link-local IPv6 address.
    func withSocketAddress<Result>(
        scope: UInt32 = 0, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
    ) -> Result {
        if let v4 = address.v4 {
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_port = port.bigEndian
            address.sin_addr.s_addr = v4.bigEndian
            return unsafe withUnsafePointer(to: &address) {
                unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    unsafe body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
                }
            }
        }
        var v6 = sockaddr_in6()
        v6.sin6_family = sa_family_t(AF_INET6)
        v6.sin6_port = port.bigEndian
        v6.sin6_addr = unsafe unsafeBitCast((address.high.bigEndian, address.low.bigEndian), to: in6_addr.self)
        v6.sin6_scope_id = scope
        return unsafe withUnsafePointer(to: &v6) {
            unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe body($0, socklen_t(MemoryLayout<sockaddr_in6>.size))
            }
        }
    }

    /// Where a socket is bound; nil if it is none, or none of an IP address.
    package init?(of descriptor: Int32) {
        guard let place = unsafe Self.filled(by: { unsafe getsockname(descriptor, $0, $1) }).endpoint else {
            return nil
        }
        self = place
    }

    /// The one that `call` fills in, as getsockname(2) and accept(2) do; nil if it fails.
    static func filled(
        by call: (UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> Int32
    ) -> (status: Int32, endpoint: Endpoint?) {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let status = unsafe withUnsafeMutablePointer(to: &storage) {
            unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe call($0, &length) }
        }
        guard status >= 0 else { return (status, nil) }
        return unsafe withUnsafePointer(to: &storage) { storage in
            switch unsafe Int32(storage.pointee.ss_family) {
            case AF_INET:
                return unsafe storage.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
                    unsafe (status, Endpoint($0.pointee))
                }
            case AF_INET6:
                return unsafe storage.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) {
                    unsafe (status, Endpoint($0.pointee))
                }
            default: return (status, nil)
            }
        }
    }
}
