import Bytes
import CaptureFile
import SystemPackage
import Testing

@Suite struct OpeningTests {
    static let capture: [UInt8] = {
        var file = FileBuilder.pcap()
        for second in 1...5 { file.record(UInt32(second), 0, .init(repeating: UInt8(second), count: 200)) }
        return file.bytes
    }()

    // MARK: what is no capture

    @Test func `a text is answered with what it begins with and what is read`() throws {
        let file = try TestFile(Array("Hello world".utf8))
        let error = #expect(throws: CaptureError.self) { try Capture(paths: [file.path]) }
        #expect(
            error?.description == file.path
                + #": not a capture file: it begins with "Hello wo" (48 65 6c 6c 6f 20 77 6f); "#
                + "Wharf reads pcap and pcapng, plain or gzip-compressed")
    }

    @Test func `one byte is answered with that byte`() throws {
        let error = #expect(throws: CaptureError.self) { try ReadCapture([0xD4]) }
        #expect(error?.code.message.contains("it begins with d4;") == true)
    }

    @Test func `an empty file, a missing file and a directory are told apart`() throws {
        #expect(#expect(throws: CaptureError.self) { try ReadCapture([UInt8]()) }?.code == .empty)
        let missing = #expect(throws: CaptureError.self) { try Capture(paths: ["/nowhere/x.pcap"]) }
        #expect(missing?.description == "/nowhere/x.pcap: cannot be opened: No such file or directory")
        #expect(#expect(throws: CaptureError.self) { try Capture(paths: ["/tmp"]) }?.code == .directory)
        #expect(#expect(throws: CaptureError.self) { try Capture(paths: []) }?.code == .noPath)
    }

    @Test(
        arguments: [
            (.zip, [0x50, 0x4B, 3, 4]), (.xz, [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0]), (.zstd, [0x28, 0xB5, 0x2F, 0xFD]),
            (.bzip2, Array("BZh9".utf8)), (.html, Array("\n <!DOCTYPE HTML>".utf8)), (.html, Array("<html lang".utf8)),
            (.xml, Array("<?xml version".utf8)), (.json, Array("[\n  {".utf8)), (.pdf, Array("%PDF-1.7".utf8)),
            (.snoop, Array("snoop\0\0\0\0\0\0\u{2}".utf8)), (.netmon, Array("GMBU\0\u{2}".utf8)),
            (.btsnoop, Array("btsnoop\0".utf8)), (.sniffer, Array("TRSNIFF data    \u{1A}".utf8)),
            (.lz4, [4, 0x22, 0x4D, 0x18]), (.sevenZip, [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]),
            (.pcapReserved, [0xCD, 0x34, 0xB2, 0xA1]), (.omniPeek, [0x7F, 0x76, 0x65, 0x72]),
        ] as [(OtherFormat, [UInt8])])
    func `what is often given by mistake is called by its name`(format: OtherFormat, start: [UInt8]) throws {
        let bytes = start + [UInt8](repeating: 0, count: 100)
        let error = #expect(throws: CaptureError.self) { try ReadCapture(bytes) }
        #expect(error?.code == .otherFormat(format))
    }

    @Test(arguments: [ByteOrder.little, .big]) func `pcapng without its section header is recognised`(order: ByteOrder)
        throws
    {
        var file = FileBuilder(order)
        file.interface()
        let error = #expect(throws: CaptureError.self) { try ReadCapture(file.bytes) }
        #expect(error?.code == .otherFormat(.pcapngBlocks))
    }

    @Test func `ERF and Windows event traces are recognised by their structure`() throws {
        var erf = FileBuilder(.big)
        for second in 0..<2 as Range<UInt8> {
            erf.bytes += [0, 0, 0, 0, second, 0xF1, 0x53, 0x65, 2, 4]
            erf.put(20 as UInt16)
            erf.put(0 as UInt16)
            erf.put(60 as UInt16)
            erf.put(0 as UInt32)
        }
        #expect(#expect(throws: CaptureError.self) { try ReadCapture(erf.bytes) }?.code == .otherFormat(.erf))
        var trace = [UInt8](repeating: 0, count: 128)
        trace[2] = 1
        trace.replaceSubrange(72..<76, with: [2, 0, 2, 0xC0])
        #expect(#expect(throws: CaptureError.self) { try ReadCapture(trace) }?.code == .otherFormat(.etl))
    }

    @Test func `a pcapng whose byte-order magic is wrong is refused`() throws {
        var file = FileBuilder.pcapng()
        file.bytes[8] = 0
        let error = #expect(throws: CaptureError.self) { try ReadCapture(file.bytes) }
        #expect(error?.code == .byteOrderMagic(0x003C_2B1A))
    }

    @Test func `a file header that is cut is told with its length`() throws {
        let error = #expect(throws: CaptureError.self) { try ReadCapture(Array(Self.capture[..<23])) }
        #expect(error?.code == .fileHeaderCut(needed: 24, present: 23))
    }

    // MARK: gzip and pipes

    @Test func `gzip is unpacked, members in a row too, with padding behind them`() throws {
        let plain = try ReadCapture(Self.capture)
        let half = Self.capture.count / 2
        for packed in [
            gzip(Self.capture), gzip(Array(Self.capture[..<half])) + gzip(Array(Self.capture[half...])),
            gzip(Self.capture) + .init(repeating: 0, count: 512),
        ] {
            let capture = try ReadCapture(packed)
            #expect(capture.story == plain.story)
            #expect(capture.files[0].isCompressed)
            #expect(capture.files[0].size == UInt64(Self.capture.count))
            #expect(capture.files[0].storedSize == UInt64(packed.count))
            #expect(capture.problems.isEmpty)
        }
    }

    @Test func `gzip cut at any byte gives the frames before the cut and one line`() throws {
        let plain = try ReadCapture(Self.capture)
        let packed = gzip(Self.capture)
        for count in stride(from: 2, to: packed.count, by: 7) {
            guard let capture = try? ReadCapture(Array(packed[..<count])) else {
                #expect(count < 40)
                continue
            }
            #expect(capture.story == Array(plain.story.prefix(capture.frames.count)))
            #expect(capture.problems.map(\.code) == [.gzipCut])
            #expect(capture.problems[0].endsFile)
        }
    }

    @Test func `damaged gzip, and what follows gzip, are told`() throws {
        var packed = gzip(Self.capture)
        packed[packed.count - 6] ^= 1
        let damaged = try ReadCapture(packed)
        #expect(damaged.frames.count == 5)
        #expect(damaged.problems.map(\.code) == [.gzipDamaged])
        let followed = try ReadCapture(gzip(Self.capture) + Array("and then some".utf8))
        #expect(followed.frames.count == 5)
        #expect(followed.problems.map(\.code) == [.gzipFollowedByGarbage])
        #expect(!followed.problems[0].endsFile)
    }

    @Test func `no flipped bit of gzip traps`() {
        let packed = gzip(Self.capture)
        for index in 0..<60 {
            for bit in 0..<8 {
                var bytes = packed
                bytes[index] ^= 1 << bit
                _ = try? ReadCapture(bytes)
            }
        }
    }

    @Test func `gzip inside gzip is not unpacked twice`() throws {
        let error = #expect(throws: CaptureError.self) { try ReadCapture(gzip(gzip(Self.capture))) }
        #expect(error?.code == .otherFormat(.nestedGzip))
    }

    @Test func `compressed text is refused like plain text`() throws {
        let text = [UInt8](repeating: 0x61, count: 1 << 20)
        let error = #expect(throws: CaptureError.self) { try ReadCapture(gzip(text)) }
        #expect(error?.code.name == "not-a-capture")
    }

    @Test(arguments: [false, true]) func `a pipe reads like a file, and keeps random access`(isPacked: Bool) throws {
        let pipe = try FileDescriptor.pipe()
        try pipe.writeEnd.writeAll(isPacked ? gzip(Self.capture) : Self.capture)
        try pipe.writeEnd.close()
        let capture = try ReadCapture(paths: ["/dev/fd/\(pipe.readEnd.rawValue)"])
        try pipe.readEnd.close()
        #expect(capture.story == (try ReadCapture(Self.capture)).story)
        #expect(capture.files[0].isCompressed == isPacked)
        #expect(capture.problems.isEmpty)
    }

    @Test func `an endless stream of something else is refused at its beginning`() throws {
        let error = #expect(throws: CaptureError.self) { try Capture(paths: ["/dev/zero"]) }
        #expect(error?.code.name == "not-a-capture")
    }

    // MARK: several files

    @Test func `the files of a ring are read in the order of their first frames`() throws {
        var late = FileBuilder.pcap()
        late.record(200, 0, [3])
        late.record(201, 0, [4])
        var early = FileBuilder.pcapng()
        early.packet([1], ticks: 100_000_000)
        early.packet([2], ticks: 101_000_000)
        let first = try TestFile(late.bytes)
        let second = try TestFile(early.bytes)
        let empty = try TestFile(FileBuilder.pcap().bytes)
        let read = try ReadCapture(paths: [empty.path, first.path, second.path])
        #expect(read.contents == [[1], [2], [3], [4]])
        #expect(read.files.map(\.path) == [second.path, first.path, empty.path])
        #expect(read.frames.map(\.interface) == [0, 0, 1, 1])
        #expect(read.metadata.interfaces.map(\.file) == [0, 1, 2])
        #expect(read.metadata.sections.map(\.file) == [0, 1, 2])
        let sizes = [early.bytes.count, late.bytes.count]
        #expect(read.files.map(\.position) == [0, UInt64(sizes[0]), UInt64(sizes[0] + sizes[1])])
    }

    @Test func `a damaged file does not keep the next one from being read`() throws {
        var early = FileBuilder.pcap()
        early.record(1, 0, [1])
        early.record(2, 0, [2])
        var late = FileBuilder.pcap()
        late.record(3, 0, [3])
        late.record(4, 0, [4], captured: 9)
        let first = try TestFile(early.bytes.dropLast())
        let second = try TestFile(late.bytes)
        let read = try ReadCapture(paths: [second.path, first.path])
        #expect(read.contents == [[1], [3]])
        #expect(read.problems.map(\.path) == [first.path, second.path])
        #expect(read.problems.map(\.frame) == [2, 3])
        #expect(read.problems.map(\.frameInFile) == [2, 2])
    }

    @Test func `bytes are clamped to the file they lie in`() throws {
        let first = try TestFile(Self.capture)
        let second = try TestFile(Self.capture)
        let capture = try Capture(paths: [first.path, second.path])
        let size = UInt64(Self.capture.count)
        #expect(capture.size == 2 * size)
        let count = { (position: UInt64, count: Int) in capture.bytes(at: position, count: count).count }
        let magic = capture.bytes(at: 0, count: 4).u32(at: 0, .little)
        #expect(magic == 0xA1B2_C3D4)
        #expect(count(size - 1, 100) == 1)
        #expect(count(size, .max) == Self.capture.count)
        #expect(count(2 * size, 1) == 0)
        #expect(count(.max, .max) == 0)
        #expect(count(0, -1) == 0)
    }

    @Test func `a reader at the end stays there and says how far it came`() throws {
        let file = try TestFile(Self.capture)
        let capture = try Capture(paths: [file.path])
        var reader = capture.makeReader()
        #expect(reader.position == 24)
        while reader.next() != nil {}
        #expect(reader.position == capture.size)
        #expect(reader.next() == nil)
        #expect(reader.frameCount == 5)
        #expect(reader.problems.isEmpty)
    }
}
