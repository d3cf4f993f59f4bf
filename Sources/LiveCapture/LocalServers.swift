import Bytes
import SystemPackage

/// The TCP ports on which something on this machine listens.
package enum LocalServers {
    /// Empty where the system does not tell.
    package static var ports: Set<UInt16> {
        ["/proc/net/tcp", "/proc/net/tcp6"].reduce(into: []) { $0.formUnion(listening(text(of: $1))) }
    }

    /// Those of them that FTP servers have: the two registered ones, and the one that servers for tests take, which need no
    /// rights for it.
    package static var ftpPorts: [UInt16] { [21, 990, 2121].filter(ports.contains) }

    /// Of the lines of Linux's `/proc/net/tcp`: `sl local_address rem_address st …`, in hexadecimal; state 0A listens.
    static func listening(_ table: String) -> Set<UInt16> {
        var ports: Set<UInt16> = []
        for line in table.split(separator: "\n").dropFirst() {
            let fields = line.split(separator: " ")
            guard fields.count > 3, fields[3] == "0A", let port = fields[1].split(separator: ":").last,
                let number = UInt16(port, radix: 16)
            else { continue }
            ports.insert(number)
        }
        return ports
    }

    private static func text(of path: String) -> String {
        guard let descriptor = try? FileDescriptor.open(FilePath(path), .readOnly) else { return "" }
        defer { try? descriptor.close() }
        var text: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while let count = try? descriptor.read(into: &piece), count > 0 { text += piece.prefix(count) }
        return String(decoding: text, as: UTF8.self)
    }
}
