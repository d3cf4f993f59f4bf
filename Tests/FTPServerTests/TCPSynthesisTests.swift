import Bytes
import Testing

@testable import Transport

struct TCPSynthesisTests {
    private struct Segment: Equatable {
        let from: UInt16
        let flags: UInt8
        let sequence: UInt32
        let acknowledgment: UInt32
        let count: Int
    }

    private static let client = Endpoint(IPAddress("192.0.2.7")!, 50_000)
    private static let server = Endpoint(IPAddress("198.51.100.1")!, 21)

    private final class Frames {
        var segments: [Segment] = []
        var areSound = true
    }

    /// Runs `body`, and gives what it made.
    private func frames(
        v6: Bool = false, opener: TCPSynthesis.End = .client, _ body: (inout TCPSynthesis, (Bytes) -> Void) -> Void
    ) -> Frames {
        let frames = Frames()
        var synthesis =
            v6
            ? TCPSynthesis(
                client: Endpoint(IPAddress("2001:db8::7")!, 50_000), server: Endpoint(IPAddress("2001:db8::1")!, 21),
                opener: opener, sequences: (UInt32.max, 500))
            : TCPSynthesis(client: Self.client, server: Self.server, opener: opener, sequences: (UInt32.max, 500))
        body(&synthesis) { frame in
            let ip = v6 ? 40 : 20
            let tcp = frame.slice(from: ip)
            let header = Int(tcp.u8(at: 12) >> 4) * 4
            frames.segments.append(
                Segment(
                    from: tcp.u16(at: 0), flags: tcp.u8(at: 13), sequence: tcp.u32(at: 4),
                    acknowledgment: tcp.u32(at: 8),
                    count: tcp.count - header))
            // A sum over what carries its own sum is zero.
            var sum = InternetChecksum()
            sum.add(v6 ? frame.slice(from: 8, count: 32) : frame.slice(from: 12, count: 8))
            sum.add(6)
            sum.add(UInt32(tcp.count))
            sum.add(tcp)
            if sum.value != 0 { frames.areSound = false }
            if !v6 {
                var sum = InternetChecksum()
                sum.add(frame.slice(from: 0, count: 20))
                if sum.value != 0 || Int(frame.u16(at: 2)) != frame.count { frames.areSound = false }
            } else if Int(frame.u16(at: 4)) != tcp.count {
                frames.areSound = false
            }
        }
        return frames
    }

    @Test("a conversation counts its bytes, over the end of the numbers too")
    func conversation() {
        let made = frames { frames, emit in
            frames.open(emit)
            frames.send(Array("220 Hello\r\n".utf8).bytes, from: .server, emit)
            frames.send(Array("QUIT\r\n".utf8).bytes, from: .client, emit)
            frames.finish(from: .client, emit)
            frames.finish(from: .server, emit)
            // Nothing follows the end.
            frames.send(Array("x".utf8).bytes, from: .server, emit)
            frames.reset(from: .server, emit)
        }
        let (c, s): (UInt16, UInt16) = (50_000, 21)
        let expected: [Segment] = [
            Segment(from: c, flags: 2, sequence: .max, acknowledgment: 0, count: 0),
            Segment(from: s, flags: 18, sequence: 500, acknowledgment: 0, count: 0),
            Segment(from: c, flags: 16, sequence: 0, acknowledgment: 501, count: 0),
            Segment(from: s, flags: 24, sequence: 501, acknowledgment: 0, count: 11),
            Segment(from: c, flags: 24, sequence: 0, acknowledgment: 512, count: 6),
            Segment(from: c, flags: 17, sequence: 6, acknowledgment: 512, count: 0),
            Segment(from: s, flags: 17, sequence: 512, acknowledgment: 7, count: 0),
            Segment(from: c, flags: 16, sequence: 7, acknowledgment: 513, count: 0),
        ]
        #expect(made.segments == expected)
        #expect(made.areSound)
    }

    @Test("what did not arrive is not acknowledged", arguments: [false, true])
    func missing(v6: Bool) {
        let bytes = (0..<100_001).map { UInt8(truncatingIfNeeded: $0) }
        let made = frames(v6: v6, opener: .server) { frames, emit in
            frames.open(emit)
            frames.send(bytes.bytes, from: .server, emit)
            frames.acknowledge(by: .client, missing: 90_000, emit)
            frames.acknowledge(by: .client, missing: 30_000, emit)
            frames.acknowledge(by: .client, missing: 30_000, isDue: true, emit)
            frames.reset(from: .client, emit)
        }
        let counts: [Int] = [0, 0, 0, 32_768, 32_768, 32_768, 1697, 0, 0]
        #expect(made.segments.map(\.count) == counts)
        #expect(made.segments.first?.from == 21)
        let last: UInt32 = 501 + 70_001
        #expect(made.segments.suffix(2).map(\.acknowledgment) == [last, last])
        #expect(made.segments.last?.flags == 20)
        #expect(made.areSound)
    }

    @Test(
        "passwords become asterisks, however they come",
        arguments: [
            ("USER alice\r\nPASS secret\r\n", "USER alice\r\nPASS ******\r\n"),
            ("pass a b\r\nNOOP\r\n", "pass ***\r\nNOOP\r\n"), ("PASS\r\nPASV\r\n", "PASS\r\nPASV\r\n"),
            ("  PASS secret\n", "  PASS ******\n"), ("SITE PSWD old new\r\n", "SITE PSWD *******\r\n"),
            (
                "USER ftp\r\nPASS me@example.com\r\nUSER bob\r\nPASS x\r\n",
                "USER ftp\r\nPASS me@example.com\r\nUSER bob\r\nPASS *\r\n"
            ),
            ("STOR PASS word\r\n", "STOR PASS word\r\n"), ("PASS unfinished", "PASS **********"),
        ])
    func mask(said: String, shown: String) {
        for size in [1, 3, 1000] {
            var mask = SecretMask()
            var output: [UInt8] = []
            let bytes = Array(said.utf8)
            var place = 0
            while place < bytes.count {
                mask.push(bytes.bytes.slice(from: place, count: size), into: &output)
                place += size
            }
            mask.finish(into: &output)
            #expect(String(decoding: output, as: UTF8.self) == shown)
        }
    }

    @Test("Telnet commands and endless lines hide no password")
    func hiddenPassword() {
        var mask = SecretMask()
        var output: [UInt8] = []
        let telnet: [UInt8] = [0xFF, 0xF4, 0xFF, 0xF2]
        mask.push((telnet + Array("PASS secret\r\n".utf8)).bytes, into: &output)
        mask.push((Array("PA".utf8) + telnet + Array("SS secret\r\n".utf8)).bytes, into: &output)
        mask.push(Array(("PASS " + String(repeating: "secret", count: 10_000) + "\r\n").utf8).bytes, into: &output)
        #expect(!String(decoding: output, as: UTF8.self).contains("secret"))
    }
}
