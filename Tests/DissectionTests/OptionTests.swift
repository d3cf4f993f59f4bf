import Bytes
import Dissection
import Testing

@Suite struct OptionTests {
    private static let syn: [UInt8] = [2, 4, 5, 0xB4, 4, 2, 8, 10, 0, 0, 1, 0, 0, 0, 0, 2, 1, 3, 3, 7]
    private static let sack: [UInt8] = [1, 1, 5, 18, 0, 0, 0, 1, 0, 0, 0, 9, 0, 0, 0, 20, 0, 0, 0, 30]

    struct Case: Sendable {
        let options: [UInt8]
        let values: [String: [String]]
    }

    static let cases: [Case] = [
        Case(
            options: syn,
            values: [
                "tcp.option_kind": ["2", "4", "8", "1", "3"], "tcp.option_len": ["4", "2", "10", "3"],
                "tcp.options.mss_val": ["1460"], "tcp.options.sack_perm": ["0402"], "tcp.options.mss": ["020405b4"],
                "tcp.options.nop": ["01"], "tcp.options.wscale.shift": ["7"],
                "tcp.options.wscale.multiplier": ["128"], "tcp.options.timestamp.tsval": ["256"],
                "tcp.options.timestamp.tsecr": ["2"], "tcp.options": ["020405b40402080a00000100000000020103" + "0307"],
            ]),
        Case(
            options: sack,
            values: [
                "tcp.options.sack_le": ["1", "20"], "tcp.options.sack_re": ["9", "30"],
                "tcp.options.sack.count": ["2"],
            ]),
        // A length of zero, one past the header, and one too short for its value.
        Case(options: [2, 0, 5, 0xB4], values: ["tcp.option_kind": [], "tcp.options.mss_val": []]),
        Case(options: [1, 1, 8, 10], values: ["tcp.option_kind": ["1", "1"], "tcp.options.timestamp.tsval": []]),
        Case(options: [2, 3, 5, 1], values: ["tcp.option_kind": ["2", "1"], "tcp.options.mss_val": []]),
        Case(
            options: [5, 3, 9, 0],
            values: ["tcp.options.sack_le": [], "tcp.option_kind": ["5"], "tcp.suboption_malformed": ["1"]]),
        Case(
            options: [3, 3, 255, 0],
            values: ["tcp.options.wscale.shift": ["255"], "tcp.options.wscale.multiplier": ["16384"]]),
        Case(options: [19, 3, 9, 0], values: ["tcp.options.md5.digest": []]),
        Case(options: [34, 2, 0, 0], values: ["tcp.options.tfo.cookie": [], "tcp.option_kind": ["34", "0", "0"]]),
        Case(options: [4, 2, 0, 0], values: ["tcp.option_kind": ["4", "0", "0"], "tcp.options.mss.present": []]),
        Case(
            options: [2, 4, 5, 0xB4],
            values: ["tcp.checksum.status": ["2"], "tcp.options.mss.absent": [], "tcp.option_kind": ["2"]]),
        Case(options: [77, 4, 9, 9], values: ["tcp.option_kind": ["77"], "tcp.option_len": ["4"]]),
    ]

    @Test(arguments: cases)
    func `TCP options give their values`(_ example: Case) {
        let frame = Frame.ethernet(0x0800, Frame.ipv4(6, Frame.tcp(options: example.options)))
        for (name, values) in example.values { #expect(frame.values(name) == values, "\(name)") }
    }

    @Test func `the hot reader of options agrees with the rows`() {
        let options = TCPOptions(Frame.tcp(options: Self.syn).bytes)
        #expect(options.maximumSegmentSize == 1460)
        #expect(options.windowScale == 7)
        #expect(options.isSACKPermitted)
        #expect(options.timestampValue == 256)
        #expect(!options.isMalformed)
        let blocks = TCPOptions(Frame.tcp(options: Self.sack).bytes)
        #expect(blocks.sackCount == 2)
        #expect(blocks.sackBlocks[1].left == 20)
    }

    @Test func `options that the snap length cut are not malformed`() {
        let header = Frame.tcp(options: Self.syn)
        #expect(!TCPOptions(Array(header.prefix(30)).bytes).isMalformed)
        #expect(TCPOptions(Frame.tcp(options: [2, 0, 0, 0]).bytes).isMalformed)
    }

    @Test(arguments: [
        ([UInt8]([0x94, 4, 0, 0]), ["148"], ["4"]), ([1, 1, 0x94, 4, 0, 0, 0, 0], ["1", "1", "148", "0"], ["4"]),
        ([7, 0, 0, 0], [], []), ([7, 99, 0, 0], [], []), ([1, 1, 1, 7], ["1", "1", "1"], []),
    ])
    func `IPv4 options give type and length`(_ options: [UInt8], _ types: [String], _ lengths: [String]) {
        let frame = Frame.ethernet(0x0800, Frame.ipv4(6, Frame.tcp(), options: options))
        #expect(frame.values("ip.opt.type") == types)
        #expect(frame.values("ip.opt.len") == lengths)
    }

    @Test func `a control message shows the packet that it quotes`() {
        let quoted = Frame.ipv4(6, Array(Frame.tcp().prefix(8)))
        let frame = Frame.ethernet(0x0800, Frame.ipv4(1, [3, 4, 0, 0, 0, 0, 5, 0x78] + quoted))
        #expect(frame.values("icmp.mtu") == ["1400"])
        #expect(frame.values("ip.src") == ["192.0.2.50", "192.0.2.50"])
        #expect(frame.values("tcp.dstport") == ["21"])
        #expect(frame.values("tcp.seq_raw") == ["3359660796"])
        #expect(!frame.walk().has(.tcp))
    }

    @Test func `a quotation too short to tell gives nothing`() {
        let quoted = Array(Frame.ipv4(6, Frame.tcp()).prefix(26))
        let frame = Frame.ethernet(0x0800, Frame.ipv4(1, [3, 3, 0, 0, 0, 0, 0, 0] + quoted))
        #expect(frame.values("tcp.seq_raw") == [])
        #expect(QuotedPacket([0x41] + quoted.dropFirst()) == nil)
    }

    @Test func `ICMPv6 quotes, echoes and names neighbours`() {
        let error = Frame.ipv6(58, [1, 4, 0, 0, 0, 0, 0, 0] + Frame.ipv6(6, Frame.tcp()))
        #expect(Frame.ethernet(0x86DD, error).values("ipv6.dst") == ["2001:db8::21", "2001:db8::21"])
        #expect(Frame.ethernet(0x86DD, error).values("tcp.srcport") == ["50736"])
        let echo = Frame.ethernet(0x86DD, Frame.ipv6(58, [128, 0, 0, 0, 0, 9, 0, 3]))
        #expect(echo.values("icmpv6.echo.sequence_number") == ["3"])
        let solicitation = Frame.ethernet(0x86DD, Frame.ipv6(58, [135, 0, 0, 0, 0, 0, 0, 0] + Frame.server6))
        #expect(solicitation.values("icmpv6.nd.ns.target_address") == ["2001:db8::21"])
        #expect(solicitation.values("icmpv6.nd.na.target_address") == [])
    }
}

extension QuotedPacket {
    fileprivate init?(_ bytes: [UInt8]) { self.init(bytes.bytes) }
}
