import Bytes
import Dissection
import Testing

/// Bad input must end a walk, not the program.
@Suite struct DamageTests {
    static let facts: [FrameFacts] = [
        FrameFacts(.ftp, .client), FrameFacts(.ftp, .server), FrameFacts(.tls), FrameFacts(.ftpData),
    ]

    static let frames: [WalkCase] =
        WalkCase.links + WalkCase.packets + FTPCase.all.map { WalkCase($0.name, $0.frame, "") } + [
            WalkCase(
                "TLS", Frame.ethernet(0x0800, Frame.ipv4(6, Frame.tcp(TLSTests.record(22, TLSTests.clientHello)))), "")
        ]

    /// Reads everything that can be read.
    static func exhaust(_ frame: [UInt8], _ link: LinkLayer?, _ facts: FrameFacts) {
        let layers = frame.walk(link, facts)
        for index in 0..<layers.count {
            precondition(layers[index].end <= frame.count)
        }
        frame.forEachDetail(link, facts) { node, line, _ in
            guard let node else { return }
            precondition(node.range.lowerBound >= 0 && node.range.upperBound <= frame.count, line)
        }
    }

    @Test(arguments: frames)
    func `a frame cut anywhere keeps the layers before the cut`(_ example: WalkCase) {
        let whole = example.frame.walk(example.link)
        for length in 0..<example.frame.count {
            let cut = Array(example.frame.prefix(length))
            let layers = cut.walk(example.link, original: example.frame.count)
            // Those that end before the cut are still there; of the one that it goes through, the fixed part may be.
            let expected = (0..<whole.count).filter { whole[$0].end <= length }.count
            #expect(layers.count >= expected, "\(length)")
            for index in 0..<expected {
                #expect(layers[index].id == whole[index].id)
                #expect(layers[index].offset == whole[index].offset)
                #expect(layers[index].length == whole[index].length)
            }
            Self.exhaust(cut, example.link, Self.facts[length % Self.facts.count])
        }
    }

    @Test(arguments: frames)
    func `flipped bits never trap`(_ example: WalkCase) {
        guard !example.frame.isEmpty else { return }
        var generator = SplitMix(state: 0x5EED)
        for round in 0..<300 {
            var frame = example.frame
            for _ in 0..<Int.random(in: 1...6, using: &generator) {
                frame[Int.random(in: 0..<frame.count, using: &generator)] ^=
                    1 << UInt8.random(in: 0..<8, using: &generator)
            }
            Self.exhaust(frame, example.link, Self.facts[round % Self.facts.count])
        }
    }

    @Test(arguments: [
        LinkLayer.null, .ethernet, .ppp, .ciscoHDLC, .raw, .loop, .linuxCooked, .ipv4, .ipv6, .linuxCooked2,
    ])
    func `noise never traps`(_ link: LinkLayer) {
        var generator = SplitMix(state: UInt64(link.rawValue))
        for round in 0..<500 {
            let count = Int.random(in: 0..<200, using: &generator)
            var frame = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
            // Noise behind a good beginning gets further.
            if round % 2 == 0, let example = WalkCase.links.filter({ $0.link == link }).randomElement(using: &generator)
            {
                frame = example.frame.prefix(40) + frame
            }
            Self.exhaust(frame, link, Self.facts[round % Self.facts.count])
        }
    }

    @Test func `lengths on the wire that are out of all proportion are harmless`() {
        let layers = Frame.user.walk(original: .max)
        #expect(layers.chain == "eth:ip:tcp")
        #expect([1, 2].walk(nil, original: .max).payload.captured == 2)
        #expect(Frame.user.walk(original: -1).payload.length == 12)
    }
}

/// A generator whose numbers are the same in every run (Steele, Lea, Flood 2014).
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
