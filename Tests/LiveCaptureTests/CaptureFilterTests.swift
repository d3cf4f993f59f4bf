import CaptureFile
import LiveCapture
import Testing

@Suite struct CaptureFilterTests {
    @Test(arguments: [
        "", "tcp", "port 21", "tcp port 21 or tcp portrange 40000-40100", "host 192.0.2.1 and not udp",
        "ip[8] < 5", "tcp[tcpflags] & (tcp-syn|tcp-fin) != 0", "net 192.0.2.0/24", "vlan 5 and tcp",
    ])
    func `what tcpdump takes is taken`(_ text: String) throws {
        #expect(try CaptureFilter(text).text == text)
    }

    /// The place is that of the word that cannot stand there, or of the end where something is missing.
    @Test(arguments: [
        ("tcp prot 21", "prot"), ("port ftpx", "ftpx"), ("tcp and and udp", "and udp"),
        ("host 192.0.2.1 192.0.2", "192.0.2"),
        ("tcp port", ""), ("(tcp port 21", ""), ("tcp port 21)", ")"), ("tcp.port == 21", "tcp.port"),
        ("ip proto nosuch", "nosuch"), ("ether host 192.0.2.1", "192.0.2.1"), ("tcp &&& udp", "& udp"),
        ("port 99999", "99999"), ("len >", ""),
    ])
    func `a wrong filter is told with its place`(_ text: String, _ from: String) throws {
        let fault = #expect(throws: FilterFault.self) { try CaptureFilter(text) }
        let rest = String(decoding: Array(text.utf8)[(fault?.place.lowerBound ?? 0)...], as: UTF8.self)
        #expect(from.isEmpty ? rest.isEmpty : rest.hasPrefix(from), "\(rest): \(fault?.reason ?? "")")
        #expect(fault?.reason.isEmpty == false)
    }
}
