import Bytes
import FTPProtocol
import Testing

/// Damage is data: whatever bytes come, nothing traps and nothing grows without bound.
@Suite struct DamageTests {
    /// Lines that every parser has a part in; the tests cut, mix and bend them.
    private static let seeds = [
        "220-Welcome", "227 Entering Passive Mode (192,168,1,170,162,240)", "229 Entering (|||6446|)",
        "228 Long (4,4,192,0,2,1,2,19,137)", "PORT 192,168,1,170,19,137", "EPRT |2|2001:db8::1%eth0|5001|",
        "257 \"/a \"\"b\"\"\" created", "TYPE L 8", "213 20240131120000.123", "SITE CHPASS a b",
        "type=OS.unix=slink:/x;size=18446744073709551616;modify=191240131120000;unix.mode=99999; a; b",
        "-rw-r--r-- 1 o g 1024 1月31日 12:00:00 2024 x -> y", "brw-rw---- 1 root disk 8, 0 31. Jan 12:00 sda",
        "-rw-r--r-- 1 o g 1024 2024-01-31 12:00:00.5 +0100 x", "01-31-24  12:00PM       <JUNCTION>     x [C:\\y]",
        "+i8388621.29609,m824255902,up644,s1,/,\tdev", "A.TXT;1 2/4 31-JAN-2024 12:00:00 [G,O] (RWED,,,)",
        "Volume Unit    Referred Ext Used Recfm Lrecl BlkSz Dsorg Dsname", " Name     VV.MM   Created",
        "C:\\a\\..\\..\\b",
    ].map { Array($0.utf8) }

    /// A small generator of numbers, so that a failure can be repeated.
    private struct Dice {
        var state: UInt64

        mutating func roll(_ sides: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % sides
        }
    }

    @Test(arguments: 1...8 as ClosedRange<UInt64>)
    func `no parser traps on bent lines`(seed: UInt64) {
        var dice = Dice(state: seed)
        var replies = ReplyReader(maximumLines: 5, maximumBytes: 50)
        var listing = ListingReader(now: Int64(dice.roll(2_000_000_000)))
        var lines = ControlLineReader(maximumLength: 64)
        for _ in 0..<500 {
            let line = bent(&dice)
            probe(line)
            _ = replies.push(line)
            _ = listing.push(line)
            lines.push((line + [10]).bytes, at: 0) { #expect($0.text.count <= 64) }
            if dice.roll(50) == 0 { lines.skip(dice.roll(3)) }
        }
        _ = replies.finish()
        _ = lines.finish()
    }

    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func `no decoder traps on random streams`(seed: UInt64) {
        var dice = Dice(state: seed)
        for _ in 0..<500 {
            let stream = (0..<dice.roll(60)).map { _ in
                UInt8(
                    truncatingIfNeeded: dice.roll(2) == 0 ? dice.roll(6) : [255, 64, 128, 16, 192, 0x83][dice.roll(6)])
            }
            var block = BlockDecoder()
            var compressed = CompressedDecoder(filler: 0)
            var record = RecordDecoder()
            var page = PageDecoder()
            for chunk in [stream, stream] {
                try? block.push(chunk.bytes) { _ in }
                try? compressed.push(chunk.bytes) { _ in }
                try? record.push(chunk.bytes) { _ in }
                try? page.push(chunk.bytes) { _ in }
            }
            try? block.finish()
            try? compressed.finish { _ in }
            try? record.finish()
            try? page.finish()
        }
    }

    @Test func `no parser traps on the prefixes of good lines`() {
        for seed in Self.seeds {
            for end in 0...seed.count { probe(Array(seed[..<end])) }
            for start in 0...seed.count { probe(Array(seed[start...])) }
        }
    }

    /// One or two seeds, cut, joined, with bytes changed, doubled or dropped.
    private func bent(_ dice: inout Dice) -> [UInt8] {
        let seeds = Self.seeds
        var line = seeds[dice.roll(seeds.count)]
        if dice.roll(3) == 0 {
            let other = seeds[dice.roll(seeds.count)]
            line = Array(line.prefix(dice.roll(line.count + 1)) + other.suffix(dice.roll(other.count + 1)))
        }
        for _ in 0..<dice.roll(4) where !line.isEmpty {
            let position = dice.roll(line.count)
            switch dice.roll(3) {
            case 0: line[position] = UInt8(dice.roll(256))
            case 1: line.insert(line[dice.roll(line.count)], at: position)
            default: line.remove(at: position)
            }
        }
        return line
    }

    private func probe(_ line: [UInt8]) {
        if let command = Command(line: line) {
            _ = command.isSecret
            _ = command.wireForm
            probeArguments(command.argument)
        }
        if ReplyCode(startOf: line) != nil { probeArguments(Array(line.dropFirst(4))) }
        probeArguments(line)
        for format in ListingFormat.allCases {
            var reader = ListingReader(expecting: format, now: 1_709_251_200)
            _ = reader.push(line)
        }
        #expect(!displayText(line).unicodeScalars.contains { $0.value < 0x20 || (0x7F...0x9F).contains($0.value) })
    }

    private func probeArguments(_ argument: [UInt8]) {
        if let port = HostPort.port(argument: argument) {
            #expect(HostPort.port(argument: port.portArgument.utf8) == port)
        }
        if let port = ExtendedPort.eprt(argument: argument) { #expect(port.port > 0) }
        _ = HostPort.passive(reply: argument)
        _ = ExtendedPort.passive(reply: argument)
        _ = LongPort.lprt(argument: argument)
        _ = LongPort.passive(reply: argument)
        _ = Pathname.unquoted(reply: argument)
        _ = Pathname.lastComponent(argument)
        let resolved = Pathname.resolve(argument, against: Array("/a/b".utf8))
        #expect(Pathname.isAbsolute(resolved))
        #expect(Pathname.resolve(resolved, against: nil) == resolved)
        if let time = FTPTime(argument) { #expect(FTPTime(time.description.utf8) == time) }
        if let facts = Facts(line: argument) {
            _ = (facts.kind, facts.size, facts.modified, facts.mode, facts.linkTarget)
        }
        if let type = RepresentationType(argument: argument) {
            #expect(RepresentationType(argument: type.argument.utf8) == type)
        }
    }
}
