import Glibc
import NIOCore

/// Why a server cannot listen somewhere: where, why, and the way out.
package struct ListenError: Error, CustomStringConvertible {
    package let description: String
    /// Of the system (errno(3)); nil if it is not the system that refuses.
    let code: Int32?

    /// - Parameters:
    ///   - error: what NIO has thrown.
    ///   - port: nil for a socket of the file system.
    init(_ error: any Error, at place: String, port: Int? = nil) {
        code = (error as? IOError)?.errnoCode
        description = "cannot listen at \(place): \(Self.reason(error, code, port: port))"
    }

    private static func reason(_ error: any Error, _ code: Int32?, port: Int?) -> String {
        switch code {
        case EADDRINUSE:
            return "something else listens there (ss -ltnp shows what); end it, or choose another port"
        case EACCES, EPERM:
            guard let port, port < 1024 else { return "permission is denied" }
            return "ports below 1024 are for root and for programs with CAP_NET_BIND_SERVICE; start it as root and "
                + "give --user NAME, have systemd listen, or choose a port from 1024 on"
        case EADDRNOTAVAIL: return "this machine has no such address (ip address shows those that it has)"
        case EAFNOSUPPORT: return "this machine has no addresses of that kind; 0.0.0.0 means all that are IPv4"
        case let code?: return unsafe String(cString: strerror(code))
        case nil:
            return error is SocketAddressError.UnknownHost ? "there is no host of that name" : "\(error)"
        }
    }
}
