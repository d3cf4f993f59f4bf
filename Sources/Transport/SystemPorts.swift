import Glibc

/// The ports that the system gives to those who ask for any (ip(7)).
///
/// Ports for data connections are chosen here all the same: the system takes none whose last connection lingers in
/// TIME_WAIT, as each file that was sent leaves one, and with thousands of those it looks for milliseconds.
enum SystemPorts {
    static let range =
        ranges(contents(of: "/proc/sys/net/ipv4/ip_local_port_range"), between: "\t").first ?? 32768...60999

    /// Meant for somebody, who has not come yet.
    static let reserved = ranges(contents(of: "/proc/sys/net/ipv4/ip_local_reserved_ports"), between: "-")

    /// Reads `8080,9148-9150`; what is no range is passed over.
    static func ranges(_ text: String, between mark: Character) -> [ClosedRange<UInt16>] {
        text.split { $0 == "," || $0 == "\n" }.compactMap { part in
            let ends = part.split(separator: mark).compactMap { UInt16($0) }
            guard let first = ends.first, let last = ends.last, first > 0, first <= last else { return nil }
            return first...last
        }
    }

    private static func contents(of path: String) -> String {
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return "" }
        defer { close(file) }
        var text = [UInt8](repeating: 0, count: 4096)
        let count = unsafe read(file, &text, text.count)
        return String(decoding: text.prefix(max(0, count)), as: UTF8.self)
    }
}
