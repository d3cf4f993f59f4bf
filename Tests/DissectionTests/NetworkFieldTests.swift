import Testing

@testable import Dissection

/// Values as tshark 4.0 prints them.
struct NetworkFieldTests {
    private static func datagram(length: UInt16 = 10, checksum: UInt16 = 1, _ payload: [UInt8] = [7, 8]) -> [UInt8] {
        [0, 1, 0, 2, UInt8(length >> 8), UInt8(length & 0xFF), UInt8(checksum >> 8), UInt8(checksum & 0xFF)] + payload
    }

    @Test func `hosts bear their addresses, and checksums are not verified`() {
        let frame = Frame.ethernet(0x0800, Frame.ipv4(17, Self.datagram()))
        #expect(frame.values("ip.host") == frame.values("ip.addr"))
        #expect(frame.values("ip.src_host") == ["192.0.2.50"])
        #expect(frame.values("ip.dst_host") == ["192.0.2.21"])
        #expect(frame.values("ip.checksum.status") == ["2"])
        #expect(frame.values("udp.checksum.status") == ["2"])
        #expect(frame.values("udp.payload") != [])
        #expect(frame.values("udp.length.bad") == [])
    }

    @Test func `a length that cannot be is told and hides the checksum`() {
        let frame = Frame.ethernet(0x0800, Frame.ipv4(17, Self.datagram(length: 4)))
        #expect(frame.values("udp.length.bad").count == 1)
        #expect(frame.values("udp.checksum") == [])
        #expect(Frame.ethernet(0x0800, Frame.ipv4(17, Self.datagram(length: 40))).values("udp.length.bad").count == 1)
    }

    @Test func `no checksum is fine in IPv4 and illegal in IPv6`() {
        let datagram = Self.datagram(checksum: 0)
        #expect(Frame.ethernet(0x0800, Frame.ipv4(17, datagram)).values("udp.checksum.status") == ["3"])
        let frame = Frame.ethernet(0x86DD, Frame.ipv6(17, datagram))
        #expect(frame.values("udp.checksum.status") == ["4"])
        #expect(frame.values("udp.checksum.zero").count == 1)
        #expect(frame.values("ip.version") == ["6"])
        #expect(frame.values("ipv6.host") == frame.values("ipv6.addr"))
    }

    @Test func `a quoted datagram has the fields of one that travelled`() {
        let quoted = Frame.ipv4(17, Self.datagram())
        let frame = Frame.ethernet(0x0800, Frame.ipv4(1, [11, 0, 0, 0, 0, 0, 0, 0] + quoted))
        #expect(frame.values("ip.proto") == ["1", "17"])
        #expect(frame.values("udp.port") == ["1", "2"])
        #expect(frame.values("udp.length") == ["10"])
    }
}
