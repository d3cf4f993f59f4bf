import Bytes
import Dissection
import Testing

@Suite struct DetailsTests {
    private static func tree(_ frame: [UInt8], _ facts: FrameFacts) -> String {
        frame.tree(.ethernet, facts).joined(separator: "\n")
    }

    @Test func `the tree of a command`() {
        var facts = FrameFacts(.ftp, .client)
        facts.stream = 3
        #expect(
            Self.tree(Frame.user, facts) == """
                Ethernet II, Src: 02:00:00:00:00:50, Dst: 02:00:00:00:00:21
                  Destination: 02:00:00:00:00:21
                    Address: 02:00:00:00:00:21
                    .... ..1. .... .... .... .... = LG bit: Locally administered address (this is NOT the factory default)
                    .... ...0 .... .... .... .... = IG bit: Individual address (unicast)
                  Source: 02:00:00:00:00:50
                    Address: 02:00:00:00:00:50
                    .... ..1. .... .... .... .... = LG bit: Locally administered address (this is NOT the factory default)
                    .... ...0 .... .... .... .... = IG bit: Individual address (unicast)
                  Type: IPv4 (0x0800)
                Internet Protocol Version 4, Src: 192.0.2.50, Dst: 192.0.2.21
                  0100 .... = Version: 4
                  .... 0101 = Header Length: 20 bytes (5)
                  Differentiated Services Field: 0x00 (DSCP: CS0, ECN: Not-ECT)
                    0000 00.. = Differentiated Services Codepoint: Default (0)
                    .... ..00 = Explicit Congestion Notification: Not ECN-Capable Transport (0)
                  Total Length: 52
                  Identification: 0xbc93 (48275)
                  010. .... = Flags: 0x2, Don't fragment
                    0... .... = Reserved bit: Not set
                    .1.. .... = Don't fragment: Set
                    ..0. .... = More fragments: Not set
                  ...0 0000 0000 0000 = Fragment Offset: 0
                  Time to Live: 64
                  Protocol: TCP (6)
                  Header Checksum: 0x0000 [validation disabled]
                  Header checksum status: Unverified
                  Source Address: 192.0.2.50
                  Destination Address: 192.0.2.21
                Transmission Control Protocol, Src Port: 50736, Dst Port: 21, Seq: 3359660796, Ack: 16909060, Len: 12
                  Source Port: 50736
                  Destination Port: 21
                  Stream index: 3
                  TCP Segment Len: 12
                  Sequence Number (raw): 3359660796
                  Acknowledgment number (raw): 16909060
                  0101 .... = Header Length: 20 bytes (5)
                  Flags: 0x018 (PSH, ACK)
                    000. .... .... = Reserved: Not set
                    ...0 .... .... = Accurate ECN: Not set
                    .... 0... .... = Congestion Window Reduced: Not set
                    .... .0.. .... = ECN-Echo: Not set
                    .... ..0. .... = Urgent: Not set
                    .... ...1 .... = Acknowledgment: Set
                    .... .... 1... = Push: Set
                    .... .... .0.. = Reset: Not set
                    .... .... ..0. = Syn: Not set
                    .... .... ...0 = Fin: Not set
                    TCP Flags: ·······AP···
                  Window: 502
                  Checksum: 0xfe30 [unverified]
                  Checksum Status: Unverified
                  Urgent Pointer: 0
                  TCP payload (12 bytes)
                File Transfer Protocol (FTP)
                  USER alice\\r\\n
                    Request command: USER
                    Request arg: alice
                """)
    }

    @Test func `options lie below the option that they belong to`() throws {
        let frame = Frame.ethernet(0x0800, Frame.ipv4(6, Frame.tcp(options: [2, 4, 5, 0xB4, 1, 3, 3, 7])))
        let lines = Self.tree(frame, FrameFacts()).split(separator: "\n").map(String.init)
        let start = try #require(lines.firstIndex { $0.hasPrefix("  Options:") })
        #expect(
            lines[start...].joined(separator: "\n") == """
                  Options: (8 bytes), Maximum segment size, No-Operation (NOP), Window scale
                    TCP Option - Maximum segment size: 1460 bytes
                      Expert Info (Warning/Protocol): The non-SYN packet does contain a MSS option
                        The non-SYN packet does contain a MSS option
                        Severity level: Warning
                        Group: Protocol
                      Kind: Maximum Segment Size (2)
                      Length: 4
                      MSS Value: 1460
                    TCP Option - No-Operation (NOP)
                      Kind: No-Operation (1)
                    TCP Option - Window scale: 7 (multiply by 128)
                      Kind: Window Scale (3)
                      Length: 3
                      Shift count: 7
                      Multiplier: 128
                """)
    }

    @Test(arguments: WalkCase.links + WalkCase.packets)
    func `no node leaves the frame, and each lies at most one step below the one before`(_ example: WalkCase) {
        var last = -1
        example.frame.forEachDetail(example.link, FrameFacts(.ftp)) { node, _, depth in
            if let node {
                #expect(node.range.lowerBound >= 0 && node.range.upperBound <= example.frame.count)
            }
            #expect(depth <= last + 1)
            last = depth
        }
    }

    @Test func `padding and trailer are told apart`() {
        let frame = Frame.ethernet(0x0800, Frame.ipv4(6, Frame.tcp()) + [0, 0, 0, 0, 0, 0, 0xDE, 0xAD])
        #expect(frame.values("eth.padding") == ["000000000000"])
        #expect(frame.values("eth.trailer") == ["dead"])
    }

    @Test func `ARP's addresses lie where its sizes say`() {
        #expect(Frame.ethernet(0x0806, Frame.arp(1)).values("arp.src.proto_ipv4") == ["192.0.2.50"])
        // RFC 826: hardware addresses of eight bytes move what follows them.
        var other = Frame.arp(1)
        other[4] = 8
        #expect(Frame.ethernet(0x0806, other + [0, 0, 0, 0]).values("arp.src.proto_ipv4") == ["2.50.0.0"])
    }
}
