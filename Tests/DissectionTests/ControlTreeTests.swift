import Testing

@testable import Dissection

/// Trees of control messages, options and extension headers, as tshark 4.0 shows them.
struct ControlTreeTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let frame: String
        let lines: [String]

        init(_ name: String, _ frame: String, _ lines: [String]) {
            (testDescription, self.frame, self.lines) = (name, frame, lines)
        }
    }

    @Test(arguments: cases) func `the tree of a protocol is tshark's`(_ wanted: Case) {
        let digits = Array(wanted.frame.utf8)
        let frame = stride(from: 0, to: digits.count - 1, by: 2).map { place in
            UInt8(String(decoding: digits[place...place + 1], as: UTF8.self), radix: 16) ?? 0
        }
        let tree = frame.tree()
        let first = tree.firstIndex { $0.drop { $0 == " " } == wanted.lines[0] }
        guard let first else {
            Issue.record("no line \(wanted.lines[0]) in\n\(tree.joined(separator: "\n"))")
            return
        }
        let indent = tree[first].prefix { $0 == " " }.count
        let lines = tree[first...].prefix(wanted.lines.count).map { String($0.dropFirst(indent)) }
        #expect(lines == wanted.lines)
        // Nothing more stands below it.
        let next = first + wanted.lines.count
        #expect(next >= tree.count || tree[next].prefix { $0 == " " }.count <= indent || tree[next].contains("Data"))
    }

    static let cases = [
        Case(
            "a router's advertisement",
            "02000000000102000000000286dd6001234500803a4020010db800000000000000000000000120010db8000000000000"
                + "00000000000286009fcd40c8070800007530000003e8010102000000000105010000000005dc030440c0000151800000"
                + "38400000000020010db8000000000000000000000000190300000000025820010db80000000000000000000000531f03"
                + "000000000258076578616d706c6503636f6d00000000180230080000070820010db800010000",
            [
                "Internet Control Message Protocol v6",
                "  Type: Router Advertisement (134)",
                "  Code: 0",
                "  Checksum: 0x9fcd [correct]",
                "  Checksum Status: Good",
                "  Cur hop limit: 64",
                "  Flags: 0xc8, Managed address configuration, Other configuration, Prf (Default Router Preference): High",
                "    1... .... = Managed address configuration: Set",
                "    .1.. .... = Other configuration: Set",
                "    ..0. .... = Home Agent: Not set",
                "    ...0 1... = Prf (Default Router Preference): High (1)",
                "    .... .0.. = Proxy: Not set",
                "    .... ..00 = Reserved: 0",
                "  Router lifetime (s): 1800",
                "  Reachable time (ms): 30000",
                "  Retrans timer (ms): 1000",
                "  ICMPv6 Option (Source link-layer address : 02:00:00:00:00:01)",
                "    Type: Source link-layer address (1)",
                "    Length: 1 (8 bytes)",
                "    Link-layer address: 02:00:00:00:00:01",
                "  ICMPv6 Option (MTU : 1500)",
                "    Type: MTU (5)",
                "    Length: 1 (8 bytes)",
                "    Reserved",
                "    MTU: 1500",
                "  ICMPv6 Option (Prefix information : 2001:db8::/64)",
                "    Type: Prefix information (3)",
                "    Length: 4 (32 bytes)",
                "    Prefix Length: 64",
                "    Flag: 0xc0, On-link flag(L), Autonomous address-configuration flag(A)",
                "      1... .... = On-link flag(L): Set",
                "      .1.. .... = Autonomous address-configuration flag(A): Set",
                "      ..0. .... = Router address flag(R): Not set",
                "      ...0 0000 = Reserved: 0",
                "    Valid Lifetime: 86400",
                "    Preferred Lifetime: 14400",
                "    Reserved",
                "    Prefix: 2001:db8::",
                "  ICMPv6 Option (Recursive DNS Server 2001:db8::53)",
                "    Type: Recursive DNS Server (25)",
                "    Length: 3 (24 bytes)",
                "    Reserved",
                "    Lifetime: 600",
                "    Recursive DNS Servers: 2001:db8::53",
                "  ICMPv6 Option (DNS Search List Option example.com)",
                "    Type: DNS Search List Option (31)",
                "    Length: 3 (24 bytes)",
                "    Reserved",
                "    Lifetime: 600",
                "    Domain Names: example.com",
                "    Padding",
                "  ICMPv6 Option (Route Information : High 2001:db8:1::/48)",
                "    Type: Route Information (24)",
                "    Length: 2 (16 bytes)",
                "    Prefix Length: 48",
                "    Flag: 0x08, Route Preference: High",
                "      ...0 1... = Route Preference: High (1)",
                "      000. .000 = Reserved: 0",
                "    Route Lifetime: 1800",
                "    Prefix: 2001:db8:1::",
            ]),
        Case(
            "an advertisement of a neighbour",
            "02000000000102000000000286dd6001234500203a4020010db800000000000000000000000120010db8000000000000"
                + "000000000002880039aae0000000fe8000000000000000000000000000020201020000000001",
            [
                "Internet Control Message Protocol v6",
                "  Type: Neighbor Advertisement (136)",
                "  Code: 0",
                "  Checksum: 0x39aa [correct]",
                "  Checksum Status: Good",
                "  Flags: 0xe0000000, Router, Solicited, Override",
                "    1... .... .... .... .... .... .... .... = Router: Set",
                "    .1.. .... .... .... .... .... .... .... = Solicited: Set",
                "    ..1. .... .... .... .... .... .... .... = Override: Set",
                "    ...0 0000 0000 0000 0000 0000 0000 0000 = Reserved: 0",
                "  Target Address: fe80::2",
                "  ICMPv6 Option (Target link-layer address : 02:00:00:00:00:01)",
                "    Type: Target link-layer address (2)",
                "    Length: 1 (8 bytes)",
                "    Link-layer address: 02:00:00:00:00:01",
            ]),
        Case(
            "flags of a router expanded",
            "02000000000102000000000286dd6001234500183a40fe800000000000000000000000000001ff020000000000000000"
                + "00000000000186009b1d4000070800000000000000001a01800000000000",
            [
                "Internet Control Message Protocol v6",
                "  Type: Router Advertisement (134)",
                "  Code: 0",
                "  Checksum: 0x9b1d [correct]",
                "  Checksum Status: Good",
                "  Cur hop limit: 64",
                "  Flags: 0x00, Prf (Default Router Preference): Medium",
                "    0... .... = Managed address configuration: Not set",
                "    .0.. .... = Other configuration: Not set",
                "    ..0. .... = Home Agent: Not set",
                "    ...0 0... = Prf (Default Router Preference): Medium (0)",
                "    .... .0.. = Proxy: Not set",
                "    .... ..00 = Reserved: 0",
                "  Router lifetime (s): 1800",
                "  Reachable time (ms): 0",
                "  Retrans timer (ms): 0",
                "  ICMPv6 Option (RA Flags Extension)",
                "    Type: RA Flags Extension (26)",
                "    Length: 1 (8 bytes)",
                "    Flags Expansion Option: 0x8000, Managed address configuration, Prf (Default Router Preference): Medium",
                "      1... .... .... .... = Managed address configuration: Set",
                "      .0.. .... .... .... = Other configuration: Not set",
                "      ..0. .... .... .... = Home Agent: Not set",
                "      ...0 0... .... .... = Prf (Default Router Preference): Medium (0)",
                "      .... .0.. .... .... = Proxy: Not set",
                "      .... ..0. 0000 0000 = Reserved: 0",
                "    Reserved",
            ]),
        Case(
            "a prefix for translation",
            "02000000000102000000000286dd6001234500203a40fe800000000000000000000000000001ff020000000000000000"
                + "00000000000186000cbd400007080000000000000000260202580064ff9b0000000000000000",
            [
                "Internet Control Message Protocol v6",
                "  Type: Router Advertisement (134)",
                "  Code: 0",
                "  Checksum: 0x0cbd [correct]",
                "  Checksum Status: Good",
                "  Cur hop limit: 64",
                "  Flags: 0x00, Prf (Default Router Preference): Medium",
                "    0... .... = Managed address configuration: Not set",
                "    .0.. .... = Other configuration: Not set",
                "    ..0. .... = Home Agent: Not set",
                "    ...0 0... = Prf (Default Router Preference): Medium (0)",
                "    .... .0.. = Proxy: Not set",
                "    .... ..00 = Reserved: 0",
                "  Router lifetime (s): 1800",
                "  Reachable time (ms): 0",
                "  Retrans timer (ms): 0",
                "  ICMPv6 Option (PREF64 Option)",
                "    Type: PREF64 Option (38)",
                "    Length: 2 (16 bytes)",
                "    0000 0010 0101 1... = Scaled Lifetime: 75",
                "    .... .... .... .000 = PLC (Prefix Length Code): 96 bits prefix length (0x0)",
                "    Prefix: 64:ff9b::",
            ]),
        Case(
            "a listener's report",
            "02000000000102000000000286dd6001234500b43a4020010db8000000000000000000000001ff020000000000000000"
                + "0000000000168f00d1040000000601000001ff02000000000000000000000000000120010db800000000000000000000"
                + "000102000000ff02000000000000000000000000000203000001ff02000000000000000000000000000320010db80000"
                + "0000000000000000000104000000ff02000000000000000000000000000405000001ff02000000000000000000000000"
                + "000520010db800000000000000000000000106010000ff02000000000000000000000000000661757864",
            [
                "Internet Control Message Protocol v6",
                "  Type: Multicast Listener Report Message v2 (143)",
                "  Code: 0",
                "  Checksum: 0xd104 [correct]",
                "  Checksum Status: Good",
                "  Reserved: 0000",
                "  Number of Multicast Address Records: 6",
                "  Multicast Address Record Include: ff02::1",
                "    Record Type: Include (1)",
                "    Aux Data Len: 0",
                "    Number of Sources: 1",
                "    Multicast Address: ff02::1",
                "    Source Address: 2001:db8::1",
                "  Multicast Address Record Exclude: ff02::2",
                "    Record Type: Exclude (2)",
                "    Aux Data Len: 0",
                "    Number of Sources: 0",
                "    Multicast Address: ff02::2",
                "  Multicast Address Record Changed to include: ff02::3",
                "    Record Type: Changed to include (3)",
                "    Aux Data Len: 0",
                "    Number of Sources: 1",
                "    Multicast Address: ff02::3",
                "    Source Address: 2001:db8::1",
                "  Multicast Address Record Changed to exclude: ff02::4",
                "    Record Type: Changed to exclude (4)",
                "    Aux Data Len: 0",
                "    Number of Sources: 0",
                "    Multicast Address: ff02::4",
                "  Multicast Address Record Allow new sources: ff02::5",
                "    Record Type: Allow new sources (5)",
                "    Aux Data Len: 0",
                "    Number of Sources: 1",
                "    Multicast Address: ff02::5",
                "    Source Address: 2001:db8::1",
                "  Multicast Address Record Block old sources: ff02::6",
                "    Record Type: Block old sources (6)",
                "    Aux Data Len: 1",
                "    Number of Sources: 0",
                "    Multicast Address: ff02::6",
                "    Auxiliary Data: 61757864",
            ]),
        Case(
            "a query of version 2",
            "02000000000102000000000286dd60012345003c3a4020010db8000000000000000000000001ff020000000000000000"
                + "000000000001820062a890000000ff0200000000000000000000000000fb029d000220010db800000000000000000000"
                + "000920010db800000000000000000000000a",
            [
                "Internet Control Message Protocol v6",
                "  Type: Multicast Listener Query (130)",
                "  Code: 0",
                "  Checksum: 0x62a8 [correct]",
                "  Checksum Status: Good",
                "  Maximum Response Code: 65536",
                "  Reserved: 0000",
                "  Multicast Address: ff02::fb",
                "  Flags: 0x02",
                "    .... 0... = Suppress Router-Side Processing: False",
                "    .... .010 = QRV (Querier's Robustness Variable): 2",
                "    0000 .... = Reserved: 0",
                "  QQIC (Querier's Query Interval Code): 464",
                "  Number of Sources: 2",
                "  Source Address: 2001:db8::9",
                "  Source Address: 2001:db8::a",
            ]),
        Case(
            "an extended echo reply",
            "02000000000102000000000208004500001c000140004001beefc0000202c00002012b00bd8512340546",
            [
                "Internet Control Message Protocol",
                "  Type: 43 (Extended Echo reply)",
                "  Code: 0 (No error)",
                "  Checksum: 0xbd85 [correct]",
                "  Checksum Status: Good",
                "  Identifier (BE): 4660 (0x1234)",
                "  Identifier (LE): 13330 (0x3412)",
                "  Sequence Number: 5 (0x05)",
                "  010. .... = State: Reachable (2)",
                "  ...0 0... = Reserved: 0x0",
                "  .... .1.. = Active bit: Set",
                "  .... ..1. = IPv4 bit: Set",
                "  .... ...0 = IPv6 bit: Not set",
            ]),
        Case(
            "a mobility agent",
            "020000000001020000000002080045000024000140004001beefc0000201c000020209002cf201020708c0000207ffff"
                + "fffb",
            [
                "Internet Control Message Protocol",
                "  Type: 9 (Mobile IP Advertisement)",
                "  Code: 0 (Normal router advertisement)",
                "  Checksum: 0x2cf2 [correct]",
                "  Checksum Status: Good",
                "  Number of addresses: 1",
                "  Address entry size: 2",
                "  Lifetime: 1800 (30 minutes)",
                "  Router address: 192.0.2.7",
                "  Preference level: -5",
            ]),
        Case(
            "an interface asked for",
            "02000000000102000000000208004500002c000140004001beefc0000201c00002022a00beca1234050120000f4e000c"
                + "03016574683000000000",
            [
                "Internet Control Message Protocol",
                "  Type: 42 (Extended Echo request)",
                "  Code: 0 (No error)",
                "  Checksum: 0xbeca [correct]",
                "  Checksum Status: Good",
                "  Identifier (BE): 4660 (0x1234)",
                "  Identifier (LE): 13330 (0x3412)",
                "  Sequence Number: 5 (0x05)",
                "  0000 000. = Reserved: 0x00",
                "  .... ...1 = Local bit: Set",
                "  ICMP Multi-Part Extensions",
                "    Version: 2",
                "    .... 0000 0000 0000 = Reserved: 0x000",
                "    Checksum: 0x0f4e [correct]",
                "    Checksum Status: Good",
                "    Interface Identification Object",
                "      Length: 12",
                "      Class: Interface Identification Object (3)",
                "      C-Type: 1 (Identifies Interface By Name)",
                "      Name: eth0",
            ]),
        Case(
            "times of the day",
            "020000000001020000000002080045000028000140004001beefc0000201c00002020d00db8700070001000003e80000"
                + "07d000000bb8",
            [
                "Internet Control Message Protocol",
                "  Type: 13 (Timestamp request)",
                "  Code: 0",
                "  Checksum: 0xdb87 [correct]",
                "  Checksum Status: Good",
                "  Identifier (BE): 7 (0x0007)",
                "  Identifier (LE): 1792 (0x0700)",
                "  Sequence Number (BE): 1 (0x0001)",
                "  Sequence Number (LE): 256 (0x0100)",
                "  Originate Timestamp: 1000 (1 second after midnight UTC)",
                "  Receive Timestamp: 2000 (2 seconds after midnight UTC)",
                "  Transmit Timestamp: 3000 (3 seconds after midnight UTC)",
            ]),
        Case(
            "hop-by-hop options",
            "02000000000102000000000286dd600123450015004020010db800000000000000000000000120010db8000000000000"
                + "000000000002110005020000010013881770000d123468656c6c6f",
            [
                "IPv6 Hop-by-Hop Option",
                "  Next Header: UDP (17)",
                "  Length: 0",
                "  Length: 8 bytes",
                "  Router Alert",
                "    Type: Router Alert (0x05)",
                "      00.. .... = Action: Skip and continue (0)",
                "      ..0. .... = May Change: No",
                "      ...0 0101 = Low-Order Bits: 0x05",
                "    Length: 2",
                "    Router Alert: MLD (0)",
                "  PadN",
                "    Type: PadN (0x01)",
                "      00.. .... = Action: Skip and continue (0)",
                "      ..0. .... = May Change: No",
                "      ...0 0001 = Low-Order Bits: 0x01",
                "    Length: 0",
                "    PadN: <none>",
            ]),
        Case(
            "an option of experiments",
            "02000000000102000000000286dd600123450015004020010db800000000000000000000000120010db8000000000000"
                + "00000000000211003e040102030413881770000d123468656c6c6f",
            [
                "IPv6 Hop-by-Hop Option",
                "  Next Header: UDP (17)",
                "  Length: 0",
                "  Length: 8 bytes",
                "  Experimental (0x3E)",
                "    Type: Experimental (0x3E) (0x3e)",
                "      00.. .... = Action: Skip and continue (0)",
                "      ..1. .... = May Change: Yes",
                "      ...1 1110 = Low-Order Bits: 0x1e",
                "    Length: 4",
                "    Experimental Option: 01020304",
            ]),
        Case(
            "a segment route",
            "02000000000102000000000286dd6001234500252b4020010db800000000000000000000000120010db8000000000000"
                + "000000000002110204000000000720010db800000000000000000000009813881770000d123468656c6c6f",
            [
                "Routing Header for IPv6 (Segment Routing)",
                "  Next Header: UDP (17)",
                "  Length: 2",
                "  Length: 24 bytes",
                "  Type: Segment Routing (4)",
                "  Segments Left: 0",
                "  Last Entry: 0",
                "  Flags: 0x00",
                "  Tag: 0007",
                "  Address[0]: 2001:db8::98",
            ]),
        Case(
            "a lone fragment",
            "02000000000102000000000286dd6001234500152c4020010db800000000000000000000000120010db8000000000000"
                + "000000000002110000000000000713881770000d123468656c6c6f",
            [
                "Fragment Header for IPv6",
                "  Next header: UDP (17)",
                "  Reserved octet: 0x00",
                "  0000 0000 0000 0... = Offset: 0 (0 bytes)",
                "  .... .... .... .00. = Reserved bits: 0",
                "  .... .... .... ...0 = More Fragments: No",
                "  Identification: 0x00000007",
            ]),
        Case(
            "an authenticated datagram",
            "020000000001020000000002080045000039000140004033beefc0000201c00002021104000000001234000000050001"
                + "02030405060708090a0b13881770000d123468656c6c6f",
            [
                "Authentication Header",
                "  Next header: UDP (17)",
                "  Length: 4 (24 bytes)",
                "  Reserved: 0000",
                "  AH SPI: 0x00001234",
                "  AH Sequence: 5",
                "  AH ICV: 000102030405060708090a0b",
            ]),
        Case(
            "a recorded route",
            "02000000000102000000000208004800002d000140004011beefc0000201c0000202070b08c000020700000000001388"
                + "1770000d123468656c6c6f",
            [
                "Options: (12 bytes), Record Route",
                "  IP Option - Record Route (11 bytes)",
                "    Type: 7",
                "      0... .... = Copy on fragmentation: No",
                "      .00. .... = Class: Control (0)",
                "      ...0 0111 = Number: Record route (7)",
                "    Length: 11",
                "    Pointer: 8",
                "    Recorded Route: 192.0.2.7",
                "    Empty Route: 0.0.0.0 <- (next)",
                "  IP Option - End of Options List (EOL)",
                "    Type: 0",
                "      0... .... = Copy on fragmentation: No",
                "      .00. .... = Class: Control (0)",
                "      ...0 0000 = Number: End of Option List (EOL) (0)",
            ]),
        Case(
            "time stamps",
            "02000000000102000000000208004800002d000140004011beefc0000201c0000202440c0d01c0000207000030391388"
                + "1770000d123468656c6c6f",
            [
                "Options: (12 bytes), Time Stamp",
                "  IP Option - Time Stamp (12 bytes)",
                "    Type: 68",
                "      0... .... = Copy on fragmentation: No",
                "      .10. .... = Class: Debugging and measurement (2)",
                "      ...0 0100 = Number: Time stamp (4)",
                "    Length: 12",
                "    Pointer: 13",
                "    0000 .... = Overflow: 0",
                "    .... 0001 = Flag: Time stamp and address (0x1)",
                "    Address: 192.0.2.7",
                "    Time stamp: 12345",
            ]),
        Case(
            "an alert of routers",
            "020000000001020000000002080046000025000140004011beefc0000201c00002029404000013881770000d12346865"
                + "6c6c6f",
            [
                "Options: (4 bytes), Router Alert",
                "  IP Option - Router Alert (4 bytes): Router shall examine packet (0)",
                "    Type: 148",
                "      1... .... = Copy on fragmentation: Yes",
                "      .00. .... = Class: Control (0)",
                "      ...1 0100 = Number: Router Alert (20)",
                "    Length: 4",
                "    Router Alert: Router shall examine packet (0)",
            ]),
        Case(
            "a quick start",
            "020000000001020000000002080047000029000140004011beefc0000201c0000202190808031234567813881770000d"
                + "123468656c6c6f",
            [
                "Options: (8 bytes), Quick-Start",
                "  IP Option - Quick-Start (8 bytes): Rate request (0), 10.24 Mbit/s, QS TTL 3, QS TTL diff 61",
                "    Type: 25",
                "      0... .... = Copy on fragmentation: No",
                "      .00. .... = Class: Control (0)",
                "      ...1 1001 = Number: Quick-Start (25)",
                "    Length: 8",
                "    0000 .... = Function: Rate request (0)",
                "    .... 1000 = Rate: 10.24 Mbit/s (8)",
                "    QS TTL: 3",
                "    TTL Diff: 61",
                "    0001 0010 0011 0100 0101 0110 0111 10.. = QS Nonce: 0x048d159e",
                "    .... .... .... .... .... .... .... ..00 = Reserved: 0x0",
            ]),
        Case(
            "security",
            "02000000000102000000000208004800002d000140004011beefc0000201c0000202820bd78800000000616263001388"
                + "1770000d123468656c6c6f",
            [
                "Options: (12 bytes), Security",
                "  IP Option - Security (11 bytes)",
                "    Type: 130",
                "      1... .... = Copy on fragmentation: Yes",
                "      .00. .... = Class: Control (0)",
                "      ...0 0010 = Number: Security (2)",
                "    Length: 11",
                "    Security: Secret (0xd788)",
                "    Compartments: 0",
                "    Handling Restrictions: ",
                "    Transmission Control Code: abc",
                "  IP Option - End of Options List (EOL)",
                "    Type: 0",
                "      0... .... = Copy on fragmentation: No",
                "      .00. .... = Class: Control (0)",
                "      ...0 0000 = Number: End of Option List (EOL) (0)",
            ]),
    ]
}
