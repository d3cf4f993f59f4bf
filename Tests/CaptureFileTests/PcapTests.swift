import Bytes
import CaptureFile
import Testing

@Suite struct PcapTests {
    /// Every magic number in use, what a record header adds to its sixteen bytes, and how the breed is called.
    struct Breed: Sendable, CustomTestStringConvertible {
        var magic: UInt32
        var extra = 0
        var fileExtra = 0
        var countsNanoseconds = false
        var words: String

        var testDescription: String { words }
    }

    static let breeds = [
        Breed(magic: 0xA1B2_C3D4, words: "pcap"),
        Breed(magic: 0xA1B2_3C4D, countsNanoseconds: true, words: "pcap, nanoseconds"),
        Breed(magic: 0xA1B2_C3D4, extra: 8, words: "pcap, modified, Linux 1999-04-17"),
        Breed(magic: 0xA1B2_C3D4, extra: 4, words: "pcap, Nokia"),
        Breed(magic: 0xA1B2_CD34, extra: 8, words: "pcap, modified, Linux 1999-10-29"),
        Breed(magic: 0xA1B2_CD34, extra: 12, words: "pcap, modified, Linux 1999-09-15"),
        Breed(magic: 0xA1E2_CB12, extra: 8, countsNanoseconds: true, words: "pcap, netsniff-ng, nanoseconds"),
        Breed(magic: 0x1C00_01AC, fileExtra: 4, countsNanoseconds: true, words: "pcap, Ixia, nanoseconds"),
        Breed(magic: 0x1C00_01AB, fileExtra: 4, words: "pcap, Ixia"),
    ]

    @Test(arguments: breeds, [ByteOrder.little, .big])
    func `every breed reads in both byte orders`(breed: Breed, order: ByteOrder) throws {
        var file = FileBuilder.pcap(order, magic: breed.magic)
        file.bytes += [UInt8](repeating: 0, count: breed.fileExtra)
        let data: [[UInt8]] = [.init(repeating: 0xAA, count: 60), .init(repeating: 0xBB, count: 61), [0xCC]]
        for (index, bytes) in data.enumerated() {
            file.record(1_700_000_000 + UInt32(index), 999_999, bytes, original: 1514, extra: breed.extra)
        }
        let capture = try ReadCapture(file.bytes)
        #expect(capture.files[0].format.description == breed.words + (order.isBig ? ", big-endian" : ""))
        #expect(capture.contents == data)
        #expect(capture.frames.map(\.originalLength) == [1514, 1514, 1514])
        let fraction: Int64 = breed.countsNanoseconds ? 999_999 : 999_999_000
        #expect(capture.frames.map(\.time) == (0..<3).map { (1_700_000_000 + $0) * 1_000_000_000 + fraction })
        #expect(capture.problems.isEmpty)
        #expect(capture.metadata.interfaces.map(\.linkType) == [.ethernet])
        #expect(capture.metadata.interfaces[0].snapLength == 65_535)
    }

    @Test(
        arguments: [
            ((2, 4), 60, 1514, 60), ((2, 3), 60, 1514, 60), ((2, 3), 1514, 60, 60), ((2, 2), 1514, 60, 60),
            ((2, 0), 1514, 60, 60), ((543, 0), 1514, 60, 60),
        ] as [((UInt16, UInt16), UInt32, UInt32, UInt32)])
    func `old versions wrote the two lengths the other way round`(
        version: (UInt16, UInt16), first: UInt32, second: UInt32, captured: UInt32
    ) throws {
        var file = FileBuilder.pcap(version: version)
        file.record(1, 0, .init(repeating: 1, count: 60), captured: first, original: second)
        let capture = try ReadCapture(file.bytes)
        #expect(capture.frames.map(\.capturedLength) == [captured])
        #expect(capture.frames.map(\.originalLength) == [1514])
    }

    @Test func `version 2,2 with an interface type of AIX is AIX`() throws {
        var file = FileBuilder.pcap(.big, version: (2, 2), network: 6)
        file.record(1, 7, [1, 2, 3])
        let capture = try ReadCapture(file.bytes)
        #expect(capture.files[0].format.description == "pcap, AIX, big-endian")
        #expect(capture.metadata.interfaces[0].linkType == .ethernet)
        #expect(capture.frames[0].time == 1_000_000_007)
    }

    @Test(
        arguments: [
            (1, .ethernet, nil), (12, .raw, nil), (14, .raw, nil), (101, .raw, nil), (276, .linuxSLL2, nil),
            (0x2400_0001, .ethernet, 4), (0x0400_0001, .ethernet, 0), (0x2000_0001, .ethernet, nil),
        ] as [(UInt32, LinkType, UInt8?)])
    func `the network field gives link type and frame check sequence`(
        network: UInt32, linkType: LinkType, fcsLength: UInt8?
    ) throws {
        let interface = try #require(
            ReadCapture(FileBuilder.pcap(network: network).bytes).metadata.interfaces.first)
        #expect(interface.linkType == linkType)
        #expect(interface.fcsLength == fcsLength)
    }

    @Test func `a fraction of more than a second is carried, never wrapped`() throws {
        var file = FileBuilder.pcap()
        file.record(1, 1_500_000, [1])
        file.record(.max, .max, [2])
        let times = try ReadCapture(file.bytes).frames.map(\.time)
        #expect(times == [2_500_000_000, Int64(UInt32.max) * 1_000_000_000 + Int64(UInt32.max) * 1000])
    }

    @Test func `a frame longer than the snap length or its own original length is still a frame`() throws {
        var file = FileBuilder.pcap(snapLength: 10)
        file.record(1, 0, .init(repeating: 1, count: 100), original: 50)
        let capture = try ReadCapture(file.bytes)
        #expect(capture.frames.map(\.capturedLength) == [100])
        #expect(capture.problems.isEmpty)
    }

    @Test(arguments: [ByteOrder.little, .big], [0, 1, 50] as [UInt16])
    func `a version nobody knows is refused by its number`(order: ByteOrder, minor: UInt16) throws {
        let file = FileBuilder.pcap(order, version: (1, minor))
        let error = #expect(throws: CaptureError.self) { try ReadCapture(file.bytes) }
        #expect(error?.code == .unsupportedVersion(major: 1, minor: minor))
    }

    @Test func `a header without frames is an empty capture`() throws {
        let capture = try ReadCapture(FileBuilder.pcap().bytes)
        #expect(capture.frames.isEmpty)
        #expect(capture.problems.isEmpty)
        #expect(capture.metadata.interfaces.count == 1)
    }
}
