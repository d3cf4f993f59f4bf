import Bytes
import CaptureFile
import SystemPackage
import Testing

@Suite struct WriterTests {
    static let interfaces = [
        CaptureInterface(linkType: .ethernet, snapLength: 96, name: "eth0"),
        CaptureInterface(linkType: .raw, name: "tun0"),
    ]

    static func header(_ time: Int64, _ count: Int, original: UInt32? = nil, interface: UInt16 = 0) -> FrameHeader {
        FrameHeader(
            position: 0, time: time, capturedLength: UInt32(count), originalLength: original ?? UInt32(count),
            interface: interface)
    }

    /// What `body` writes, read again.
    func roundTrip(
        _ format: CaptureWriter.Format = .pcapng, section: CaptureSection = CaptureSection(),
        interfaces: [CaptureInterface] = interfaces, _ body: (inout CaptureWriter) throws -> Void
    ) throws -> ReadCapture {
        let file = try TestFile()
        var writer = try CaptureWriter(
            descriptor: file.descriptor, name: "test", format: format, section: section, interfaces: interfaces)
        try body(&writer)
        try writer.close()
        let capture = try ReadCapture(paths: [file.path])
        #expect(capture.problems.isEmpty)
        return capture
    }

    @Test(arguments: CaptureWriter.Format.allCases)
    func `what is written reads the same, as far as the format's clock goes`(format: CaptureWriter.Format) throws {
        let data: [[UInt8]] = [[1, 2, 3], [], .init(repeating: 9, count: 70_000), [4, 5, 6, 7]]
        let times: [Int64] = [0, 1_700_000_000_123_456_789, 4_294_967_295_999_999_999, 5]
        let capture = try roundTrip(format) { writer in
            for (time, bytes) in zip(times, data) {
                try writer.write(Self.header(time, bytes.count, original: 100_000), bytes.bytes)
            }
            #expect(writer.frameCount == 4)
        }
        #expect(capture.contents == data)
        #expect(capture.frames.map(\.originalLength) == [100_000, 100_000, 100_000, 100_000])
        #expect(capture.frames.map(\.time) == times.map { format == .pcap ? $0 / 1000 * 1000 : $0 })
        #expect(capture.metadata.interfaces.map(\.linkType) == [.ethernet])
        #expect(capture.metadata.interfaces.map(\.snapLength) == [96])
        let words: [CaptureWriter.Format: String] = [
            .pcapng: "pcapng", .pcap: "pcap", .pcapNanoseconds: "pcap, nanoseconds",
        ]
        #expect(capture.files[0].format.description == words[format])
    }

    @Test func `everything pcapng can say comes back`() throws {
        var section = CaptureSection()
        (section.hardware, section.os, section.application) = ("a machine", "an OS", "Wharf")
        section.comments = ["for the test", "a second one"]
        var interface = CaptureInterface(linkType: .linuxSLL2, snapLength: 1500, name: "any")
        interface.description = "all of them"
        interface.filter = "tcp port 21"
        (interface.hardware, interface.os) = ("a card", "Linux")
        (interface.fcsLength, interface.speed) = (4, 10_000_000_000)
        interface.macAddress = MACAddress(0x5E00_5301)
        interface.comments = ["uplink"]
        interface.addresses = [
            InterfaceAddress(IPAddress("192.0.2.1")!, prefixLength: 24),
            InterfaceAddress(IPAddress("192.0.2.2")!, prefixLength: 0),
            InterfaceAddress(IPAddress("192.0.2.3")!, prefixLength: 32),
            InterfaceAddress(IPAddress("2001:db8::1")!, prefixLength: 64),
        ]
        let names = [
            NameRecord(address: IPAddress("192.0.2.1")!, names: ["ftp.example", "files.example"]),
            NameRecord(address: IPAddress("2001:db8::1")!, names: ["六.example"]),
        ]
        var statistics = InterfaceStatistics(interface: 0, time: 1_700_000_000_000_000_001)
        (statistics.startTime, statistics.endTime) = (1_600_000_000_000_000_000, 1_700_000_000_000_000_000)
        (statistics.received, statistics.dropped, statistics.filterAccepted) = (10, 1, 9)
        (statistics.droppedByOS, statistics.delivered) = (2, 7)
        let secrets = Array("CLIENT_RANDOM 00 11\n".utf8)

        let capture = try roundTrip(section: section, interfaces: [interface]) { writer in
            try writer.write(names: names)
            try writer.write(secrets: secrets.bytes, type: DecryptionSecrets.tlsKeyLog)
            try writer.write(Self.header(1, 1), [7].bytes, comment: "the first")
            try writer.write(block: 0xBAD, body: [0, 0, 0x7E, 0xD9, 1, 2].bytes)
            try writer.write(statistics)
        }
        let metadata = capture.metadata
        #expect(metadata.sections == [section])
        #expect(metadata.interfaces == [interface])
        #expect(metadata.names == names)
        #expect(metadata.statistics == [statistics])
        #expect(metadata.comments == [FrameComment(frame: 0, text: "the first")])
        #expect(metadata.secrets.map(\.count) == [secrets.count])
        #expect(metadata.otherBlocks.map(\.type) == [0xBAD])
        #expect(metadata.otherBlocks.map(\.length) == [20])
    }

    @Test func `an interface is described when its first frame comes, and alike ones once`() throws {
        let capture = try roundTrip(interfaces: Self.interfaces + [Self.interfaces[1]]) { writer in
            try writer.write(Self.header(1, 1, interface: 1), [1].bytes)
            try writer.write(Self.header(2, 1, interface: 2), [2].bytes)
            writer.interfaces.append(CaptureInterface(linkType: .null))
            try writer.write(Self.header(3, 1, interface: 3), [3].bytes)
        }
        #expect(capture.metadata.interfaces.map(\.linkType) == [.raw, .null])
        #expect(capture.frames.map(\.interface) == [0, 0, 1])
    }

    @Test func `pcap with a second link type is refused by both names`() throws {
        let file = try TestFile()
        var writer = try CaptureWriter(
            descriptor: file.descriptor, name: "x.pcap", format: .pcap, interfaces: Self.interfaces)
        try writer.write(Self.header(1, 1), [1].bytes)
        let error = #expect(throws: CaptureError.self) { try writer.write(Self.header(2, 1, interface: 1), [1].bytes) }
        #expect(
            error?.description
                == "x.pcap: pcap holds frames of one link type, and these are ETHERNET and RAW; write pcapng")
    }

    @Test(arguments: CaptureWriter.Format.allCases)
    func `a frame of an interface nobody described is an error`(format: CaptureWriter.Format) throws {
        let file = try TestFile()
        var writer = try CaptureWriter(descriptor: file.descriptor, name: "x", format: format)
        let error = #expect(throws: CaptureError.self) { try writer.write(Self.header(1, 1), [1].bytes) }
        #expect(error?.code == .undeclaredInterface(0))
    }

    @Test(arguments: CaptureWriter.Format.allCases)
    func `a capture without frames is a capture`(format: CaptureWriter.Format) throws {
        #expect(try roundTrip(format) { _ in }.frames.isEmpty)
    }

    @Test func `times before 1970 are clamped`() throws {
        for format in CaptureWriter.Format.allCases {
            let capture = try roundTrip(format) { try $0.write(Self.header(.min, 1), [1].bytes) }
            #expect(capture.frames.map(\.time) == [0])
        }
    }

    @Test func `a comment longer than an option is cut between characters`() throws {
        let long = String(repeating: "文", count: 30_000)
        let capture = try roundTrip { try $0.write(Self.header(1, 1), [1].bytes, comment: long) }
        #expect(capture.metadata.comments.map(\.text) == [String(repeating: "文", count: 21_845)])
    }

    @Test(.enabled(if: ForeignCaptureTests.exists("/dev/full"), "only Linux has /dev/full"))
    func `a full disk is told when the file is closed, and again at every further try`() throws {
        var writer = try CaptureWriter(path: "/dev/full", interfaces: Self.interfaces)
        try writer.write(Self.header(1, 1), [1].bytes)
        for _ in 0..<2 {
            do throws(CaptureError) {
                try writer.close()
                Issue.record("the disk is full")
            } catch {
                #expect(error.description == "/dev/full: cannot be written: No space left on device")
            }
        }
    }

    @Test func `a place that does not exist is told`() throws {
        do throws(CaptureError) {
            _ = try CaptureWriter(path: "/nowhere/x.pcapng")
            Issue.record("nowhere exists")
        } catch {
            #expect(error.description == "/nowhere/x.pcapng: cannot be created: No such file or directory")
        }
    }

    @Test func `a writer that goes away writes what it has`() throws {
        let file = try TestFile()
        do {
            var writer = try CaptureWriter(descriptor: file.descriptor, name: "test", interfaces: Self.interfaces)
            try writer.write(Self.header(1, 1), [1].bytes)
        }
        #expect(try ReadCapture(paths: [file.path]).contents == [[1]])
    }
}
