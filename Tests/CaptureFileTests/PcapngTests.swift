import Bytes
import CaptureFile
import Testing

@Suite struct PcapngTests {
    static let orders = [ByteOrder.little, .big]

    @Test(arguments: orders) func `packets of all three kinds read in both byte orders`(order: ByteOrder) throws {
        var file = FileBuilder.pcapng(order, interface: false)
        file.interface(snapLength: 5)
        file.packet([1, 2, 3], original: 1514)
        file.block(3) {
            $0.put(9 as UInt32)
            $0.bytes += [4, 5, 6, 7, 8]
        }
        file.block(2) {
            $0.put(0 as UInt16)
            $0.put(77 as UInt16)
            $0.put(UInt32(1_700_000_001_000_000 >> 32))
            $0.put(UInt32(truncatingIfNeeded: 1_700_000_001_000_000))
            $0.put(2 as UInt32)
            $0.put(60 as UInt32)
            $0.bytes += [9, 10]
        }
        let capture = try ReadCapture(file.bytes)
        #expect(capture.contents == [[1, 2, 3], [4, 5, 6, 7, 8], [9, 10]])
        #expect(capture.frames.map(\.originalLength) == [1514, 9, 60])
        // A simple packet has no time of its own.
        #expect(capture.frames.map { $0.time / 1_000_000_000 } == [1_700_000_000, 1_700_000_000, 1_700_000_001])
        #expect(capture.problems.isEmpty)
        #expect(capture.metadata.sections[0].byteOrder == order)
    }

    @Test func `sections of both byte orders follow each other, each with its own interfaces`() throws {
        var file = FileBuilder.pcapng(.little)
        file.interface(linkType: 101)
        file.packet([1], interface: 1)
        var second = FileBuilder.pcapng(.big, interface: false)
        second.interface(linkType: 113)
        second.packet([2], interface: 0)
        let capture = try ReadCapture(file.bytes + second.bytes)
        #expect(capture.frames.map(\.interface) == [1, 2])
        #expect(capture.metadata.interfaces.map(\.linkType) == [.ethernet, .raw, .linuxSLL])
        #expect(capture.metadata.interfaces.map(\.section) == [0, 0, 1])
        #expect(capture.metadata.sections.map(\.byteOrder) == [.little, .big])
    }

    @Test(arguments: orders) func `options of sections and interfaces are read`(order: ByteOrder) throws {
        var file = FileBuilder(order)
        file.section {
            $0.option(1, "made by hand")
            $0.option(2, "a machine")
            $0.option(3, "an OS\0")
            $0.option(4, "a program")
            $0.put(0 as UInt32)
            $0.option(4, "past the end of options")
        }
        file.interface(snapLength: 96) {
            $0.option(1, "uplink")
            $0.option(2, "eth0")
            $0.option(3, "the first")
            $0.option(4, [192, 0, 2, 1, 255, 255, 255, 0])
            $0.option(5, [0x20, 0x01, 0x0D, 0xB8] + .init(repeating: 0, count: 11) + [1, 64])
            $0.option(6, [0, 0, 0x5E, 0, 0x53, 1])
            $0.option(8, number: 1_000_000_000 as UInt64)
            $0.option(9, [9])
            $0.option(11, [0] + Array("tcp port 21".utf8))
            $0.option(12, "Linux")
            $0.option(13, [32])
            $0.option(14, number: -5 as Int64)
            $0.option(15, "a card")
        }
        let metadata = try ReadCapture(file.bytes).metadata
        let section = try #require(metadata.sections.first)
        #expect(section.comments == ["made by hand"])
        #expect(section.hardware == "a machine")
        #expect(section.os == "an OS")
        #expect(section.application == "a program")
        let interface = try #require(metadata.interfaces.first)
        #expect(interface.comments == ["uplink"])
        #expect(interface.name == "eth0")
        #expect(interface.description == "the first")
        #expect(
            interface.addresses == [
                InterfaceAddress(IPAddress("192.0.2.1")!, prefixLength: 24),
                InterfaceAddress(IPAddress("2001:db8::1")!, prefixLength: 64),
            ])
        #expect(interface.macAddress == MACAddress(0x5E00_5301))
        #expect(interface.speed == 1_000_000_000)
        #expect(interface.resolution == .nanoseconds)
        #expect(interface.filter == "tcp port 21")
        #expect(interface.os == "Linux")
        #expect(interface.fcsLength == 4)
        #expect(interface.offsetSeconds == -5)
        #expect(interface.hardware == "a card")
        #expect(interface.snapLength == 96)
    }

    /// The resolution's byte, an offset in seconds, ticks, and what they are in nanoseconds.
    /// So that the span between any two times fits 64 bits.
    static let farthest: Int64 = 1 << 62 - 1

    static let clocks: [(UInt8, Int64, UInt64, Int64)] = [
        (6, 0, 1_700_000_000_123_456, 1_700_000_000_123_456_000),
        (9, 0, 1_700_000_000_123_456_789, 1_700_000_000_123_456_789),
        (3, 0, 1_700_000_000_123, 1_700_000_000_123_000_000),
        (0, 0, 1_700_000_000, 1_700_000_000_000_000_000),
        (12, 0, 1_999_999_999_999, 1_999_999_999),
        (28, 0, .max, 1),
        (29, 0, .max, 0),
        (127, 0, .max, 0),
        (0x80, 0, 3, 3_000_000_000),
        (0x80 | 10, 0, 1536, 1_500_000_000),
        (0x80 | 32, 0, 1_700_000_000 << 32 | 1 << 31, 1_700_000_000_500_000_000),
        (0x80 | 63, 0, .max, 1_999_999_999),
        (0x80 | 64, 0, .max, 999_999_999),
        (0x80 | 127, 0, .max, 0),
        (6, 10, 1_000_000, 11_000_000_000),
        (6, -10, 1_000_000, -9_000_000_000),
        (6, 0, .max, farthest),
        (0, 0, .max, farthest),
        (0x80, 0, .max, farthest),
        (9, .max, .max, farthest),
        (9, .min, 0, -farthest),
        (9, .min, .max, -1),
    ]

    @Test(arguments: clocks)
    func `ticks become nanoseconds, clamped and never wrapped`(
        resolution: UInt8, offset: Int64, ticks: UInt64, time: Int64
    ) throws {
        var file = FileBuilder.pcapng(interface: false)
        file.interface {
            $0.option(9, [resolution])
            $0.option(14, number: offset)
        }
        file.packet([1], ticks: ticks)
        #expect(try ReadCapture(file.bytes).frames.map(\.time) == [time])
    }

    @Test(arguments: orders) func `names, statistics, secrets, comments and other blocks are kept`(order: ByteOrder)
        throws
    {
        var file = FileBuilder.pcapng(order)
        file.packet([1]) { $0.option(1, "the first") }
        file.block(4) {
            $0.option(1, [192, 0, 2, 1] + Array("ftp.example\0files.example\0".utf8))
            $0.option(3, [0, 0, 0x5E, 0, 0x53, 1] + Array("card\0".utf8))
            $0.option(2, [0x20, 0x01, 0x0D, 0xB8] + .init(repeating: 0, count: 11) + [1] + Array("six.example\0".utf8))
            $0.put(0 as UInt32)
        }
        file.block(10) {
            $0.put(0x544C_534B as UInt32)
            $0.put(5 as UInt32)
            $0.bytes += Array("KEYS\n".utf8)
        }
        file.block(0xBAD) { $0.put(32_473 as UInt32) }
        file.packet([2]) {
            $0.option(2, number: 1 as UInt32)
            $0.option(1, "one")
            $0.option(1, "two")
        }
        file.block(5) {
            $0.put(0 as UInt32)
            $0.put(0 as UInt32)
            $0.put(7 as UInt32)
            $0.option(4, number: 100 as UInt64)
            $0.option(5, number: 3 as UInt64)
        }
        let capture = try ReadCapture(file.bytes)
        let metadata = capture.metadata
        #expect(
            metadata.names == [
                NameRecord(address: IPAddress("192.0.2.1")!, names: ["ftp.example", "files.example"]),
                NameRecord(address: IPAddress("2001:db8::1")!, names: ["six.example"]),
            ])
        let secrets = try #require(metadata.secrets.first)
        #expect(secrets.type == DecryptionSecrets.tlsKeyLog)
        #expect(Array(file.bytes[Int(secrets.position)...].prefix(secrets.count)) == Array("KEYS\n".utf8))
        #expect(metadata.otherBlocks.map(\.type) == [0xBAD])
        #expect(metadata.otherBlocks.map(\.beforeFrame) == [1])
        #expect(metadata.otherBlocks.map(\.length) == [16])
        #expect(metadata.comments.map(\.frame) == [0, 1, 1])
        #expect(metadata.comments.map(\.text) == ["the first", "one", "two"])
        #expect(metadata.statistics.map(\.received) == [100])
        #expect(metadata.statistics.map(\.dropped) == [3])
        #expect(metadata.statistics.map(\.time) == [7000])
        #expect(capture.problems.isEmpty)
    }

    @Test func `a length without its padding is understood`() throws {
        var file = FileBuilder.pcapng()
        file.packet([1, 2, 3])
        let start = file.bytes.count - 36
        // 35 bytes are claimed at both ends, and 36 written.
        for position in [start + 4, start + 32] { file.bytes[position] = 35 }
        file.packet([4])
        let capture = try ReadCapture(file.bytes)
        #expect(capture.contents == [[1, 2, 3], [4]])
        #expect(capture.problems.isEmpty)
    }

    @Test func `a link type of old BSD systems is raw IP`() throws {
        var file = FileBuilder.pcapng(interface: false)
        file.interface(linkType: 12)
        #expect(try ReadCapture(file.bytes).metadata.interfaces.map(\.linkType) == [.raw])
    }

    @Test(arguments: orders) func `the options of any frame can be had at any time`(order: ByteOrder) throws {
        var file = FileBuilder.pcapng(order)
        file.packet([1, 2, 3]) {
            $0.option(2, number: 0x0000_0082 as UInt32)
            $0.option(1, "seen")
            $0.option(4, number: 7 as UInt64)
            $0.option(5, number: 99 as UInt64)
            $0.option(6, number: 3 as UInt32)
        }
        file.packet([4])
        file.block(3) { $0.put(0 as UInt32) }
        let source = try TestFile(file.bytes)
        let capture = try Capture(paths: [source.path])
        var reader = capture.makeReader()
        var frames: [FrameHeader] = []
        while let header = reader.next() { frames.append(header) }
        let options = try #require(capture.options(of: frames[0], reader.metadata))
        #expect(options.direction == .outbound)
        #expect(options.fcsLength == 4)
        #expect(options.comments == ["seen"])
        #expect(options.dropCount == 7)
        #expect(options.packetID == 99)
        #expect(options.queue == 3)
        #expect(capture.options(of: frames[1], reader.metadata) == nil)
        #expect(capture.options(of: frames[2], reader.metadata) == nil)
    }
}
