import Bytes
import Dissection
import Testing

/// Where packets go in the end, as their routes say.
@Suite struct SourceRouteTests {
    private static let udp = Frame.udp([1])

    private static func ends(_ frame: [UInt8]) -> String {
        let layers = frame.walk(.raw)
        return layers.endAddresses(in: frame.bytes).map { "\($0.source) \($0.destination)" } ?? ""
    }

    private static func address(_ last: UInt8) -> [UInt8] { [0x20, 1] + [UInt8](repeating: 0, count: 13) + [last] }

    private static func routed(_ type: UInt8, left: UInt8, _ addresses: [UInt8]) -> [UInt8] {
        let body = addresses.flatMap(address)
        return Frame.ipv6(43, [17, UInt8(body.count / 8), type, left, 0, 0, 0, 0] + body + udp)
    }

    /// The header says where from and where to; only an unfinished route says otherwise.
    private static let plain = ends(Frame.ipv6(17, udp))

    @Test func `a route that goes on ends at its last address`() {
        #expect(Self.ends(Self.routed(0, left: 1, [8, 9])).hasSuffix(" 2001::9"))
        #expect(Self.ends(Self.routed(2, left: 1, [7])).hasSuffix(" 2001::7"))
        // A segment routing header has its list backwards (RFC 8754 §2).
        #expect(Self.ends(Self.routed(4, left: 1, [8, 9])).hasSuffix(" 2001::8"))
    }

    @Test func `a route that is over, or that nobody knows, changes nothing`() {
        #expect(!Self.plain.isEmpty)
        #expect(Self.ends(Self.routed(0, left: 0, [8, 9])) == Self.plain)
        #expect(Self.ends(Self.routed(99, left: 1, [8])) == Self.plain)
        #expect(Self.ends(Self.routed(0, left: 1, [])) == Self.plain)
    }

    @Test func `a mobile node is known by its home address`() {
        let options: [UInt8] = [17, 2, 0xC9, 16] + Self.address(6) + [1, 2, 0, 0]
        #expect(Self.ends(Frame.ipv6(60, options + Self.udp)).hasPrefix("2001::6 "))
    }
}
