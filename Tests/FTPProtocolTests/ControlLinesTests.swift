import Bytes
import FTPProtocol
import Testing

@Suite struct ControlLineReaderTests {
    private func read(_ chunks: [[UInt8]], _ reader: ControlLineReader = ControlLineReader()) -> [ControlLine] {
        var reader = reader
        var lines: [ControlLine] = []
        for (origin, chunk) in chunks.enumerated() {
            reader.push(chunk.bytes, at: origin) { lines.append($0) }
        }
        if let last = reader.finish() { lines.append(last) }
        return lines
    }

    private func texts(_ chunks: [UInt8]...) -> [String] {
        read(chunks).map { String(decoding: $0.text, as: UTF8.self) }
    }

    @Test(arguments: [
        ("USER a\r\nPASS b\r\n", ["USER a", "PASS b"]), ("USER a\nPASS b\n", ["USER a", "PASS b"]),
        ("\r\n\n", ["", ""]), ("a\rb\r\n", ["a\rb"]), ("a\r\0b\r\n", ["a\rb"]), ("a\r\r\n", ["a\r"]),
        ("a\0b\n", ["a\0b"]), ("", []),
    ])
    func `lines end at LF, with CR or without`(text: String, lines: [String]) {
        #expect(texts(Array(text.utf8)) == lines)
        #expect(read([Array(text.utf8)]).allSatisfy { !$0.isUnterminated && !$0.isTruncated && !$0.isDamaged })
    }

    @Test func `every way to cut a stream into chunks gives the same lines`() {
        let stream: [UInt8] =
            Array("USER a\r\n".utf8) + [255, 251, 24, 255, 250, 31, 1, 255, 255, 2, 255, 240]
            + Array("x\r\0y\r\n".utf8) + [255, 255, 13, 10, 255, 244, 255, 242] + Array("ABOR\r\n".utf8)
        let whole = read([stream])
        #expect(whole.map(\.text) == [Array("USER a".utf8), Array("x\ry".utf8), [255], Array("ABOR".utf8)])
        #expect(whole.map(\.telnet) == [[], [.will(24), .subnegotiation(31)], [], [.interruptProcess, .dataMark]])
        for first in 0...stream.count {
            for second in first...stream.count {
                let parts = read([Array(stream[..<first]), Array(stream[first..<second]), Array(stream[second...])])
                #expect(parts.map(\.text) == whole.map(\.text))
                #expect(parts.map(\.telnet) == whole.map(\.telnet))
            }
        }
    }

    @Test(arguments: [0, 10, 13, 127, 128, 254, 255] as [UInt8], 0..<20)
    func `a byte means the same wherever it stands in a long line`(byte: UInt8, position: Int) {
        var line = Array("the quick brown fox ".utf8)
        line[position] = byte
        let stream = line + Array("\r\nNOOP\r\n".utf8)
        // One byte at a time, nothing can be taken in one go.
        #expect(read([stream]).map(\.text) == read(stream.map { [$0] }).map(\.text))
    }

    @Test func `a line knows the chunks of its first and last byte`() {
        let lines = read([Array("US".utf8), Array("ER a\r".utf8), Array("\nPASS b\r\nQ".utf8), Array("UIT\r\n".utf8)])
        #expect(lines.map(\.start) == [0, 2, 2])
        #expect(lines.map(\.end) == [2, 2, 3])
    }

    @Test func `a line without end is given at the end of the stream`() {
        let lines = read([Array("QUIT".utf8)])
        #expect(lines.map(\.text) == [Array("QUIT".utf8)])
        #expect(lines.map(\.isUnterminated) == [true])
        #expect(texts(Array("QUIT\r".utf8)) == ["QUIT\r"])
    }

    @Test func `an over-long line is cut, flagged, and the next one is whole`() {
        let stream = [UInt8](repeating: 65, count: 100_000) + Array("\r\nNOOP\r\n".utf8)
        let lines = read([stream], ControlLineReader(maximumLength: 10))
        #expect(lines.map(\.text.count) == [10, 4])
        #expect(lines.map(\.isTruncated) == [true, false])
    }

    @Test func `endless Telnet commands cost bounded memory`() {
        let flood = [[UInt8]](repeating: [255, 241], count: 10_000).flatMap { $0 } + Array("NOOP\r\n".utf8)
        let lines = read([flood])
        #expect(lines.count == 1)
        #expect(lines[0].text == Array("NOOP".utf8))
        #expect(lines[0].telnet.count == ControlLineReader.maximumTelnetCommands)
        #expect(lines[0].isTruncated)
    }

    @Test func `a subnegotiation that never ends does not swallow the session`() {
        let stream: [UInt8] = [255, 250, 1] + [UInt8](repeating: 7, count: 60) + Array("\r\nNOOP\r\n".utf8)
        let lines = read([stream], ControlLineReader(maximumLength: 50))
        #expect(lines.last?.text == Array("NOOP".utf8))
        #expect(lines.first?.isTruncated == true)
    }

    @Test func `a lone 255 that begins no command is a letter`() {
        #expect(read([[65, 255, 66, 10]]).map(\.text) == [[65, 255, 66]])
        #expect(read([[65, 255, 10]]).map(\.text) == [[65, 255]])
    }

    @Test func `a gap damages the line it falls into, and only that`() {
        var reader = ControlLineReader()
        var lines: [ControlLine] = []
        let emit = { (line: ControlLine) in lines.append(line) }
        reader.push(Array("USER a\r\nPA".utf8).bytes, at: 1, into: emit)
        reader.skip(5)
        reader.push(Array("et\r\nNOOP\r\n".utf8).bytes, at: 2, into: emit)
        reader.skip(0)
        reader.push(Array("QUIT\r\n".utf8).bytes, at: 3, into: emit)
        #expect(lines.map(\.isDamaged) == [false, true, false, false])
        #expect(lines[1].text == Array("PAet".utf8))
        reader.skip(3)
        reader.push(Array("R a\r\n".utf8).bytes, at: 4, into: emit)
        #expect(lines.last?.isDamaged == true)
    }

    @Test(arguments: [
        (TelnetCommand.interruptProcess, "IAC IP"), (.dataMark, "IAC DM"), (.will(1), "IAC WILL 1"),
        (.dont(255), "IAC DONT 255"), (.subnegotiation(31), "IAC SB 31"),
    ])
    func `a Telnet command reads as in RFC 854`(command: TelnetCommand, text: String) {
        #expect(command.description == text)
    }
}
