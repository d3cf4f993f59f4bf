import Bytes
import CaptureFile
import SystemPackage
import Testing

@Suite struct CopyTests {
    static func pcapng(_ order: ByteOrder) -> [UInt8] {
        var file = FileBuilder(order)
        file.section { $0.option(4, "a program") }
        file.interface { $0.option(2, "eth0") }
        file.packet([1]) {
            $0.option(1, "a comment")
            $0.option(2, number: 1 as UInt32)
            $0.option(5, number: 99 as UInt64)
        }
        file.block(0x8000_0001) { $0.put(42 as UInt32) }
        file.packet([2, 2])
        file.block(4) { $0.option(1, [192, 0, 2, 1] + Array("name\0".utf8)) }
        file.block(10) {
            $0.put(0x544C_534B as UInt32)
            $0.put(4 as UInt32)
            $0.bytes += Array("KEYS".utf8)
        }
        file.packet([3, 3, 3])
        return file.bytes
    }

    func copy(
        _ paths: [String], format: CaptureWriter.Format = .pcapng,
        keeping: (UInt64, FrameHeader) -> Bool = { _, _ in true }
    ) throws -> (count: UInt64, bytes: [UInt8]) {
        let output = try TestFile()
        let count = try CaptureCopy(Capture(paths: paths)).write(to: output.path, format: format, keeping: keeping)
        return (count, try output.contents())
    }

    @Test(arguments: [ByteOrder.little, .big]) func `a copy of pcapng is the same to the byte`(order: ByteOrder) throws
    {
        let bytes = Self.pcapng(order)
        let file = try TestFile(bytes)
        let copy = try copy([file.path])
        #expect(copy.bytes == bytes)
        #expect(copy.count == 3)
    }

    @Test func `of a section's length only that it is open is kept`() throws {
        var file = FileBuilder(.big)
        file.section(length: 1000)
        file.interface()
        var open = FileBuilder(.big)
        open.section()
        open.interface()
        let source = try TestFile(file.bytes)
        #expect(try copy([source.path]).bytes == open.bytes)
    }

    @Test(arguments: [ByteOrder.little, .big]) func `chosen frames go over with everything that is no frame`(
        order: ByteOrder
    ) throws {
        let file = try TestFile(Self.pcapng(order))
        let copy = try copy([file.path]) { index, header in index == 2 && header.capturedLength == 3 }
        let read = try ReadCapture(copy.bytes)
        #expect(copy.count == 1)
        #expect(read.contents == [[3, 3, 3]])
        #expect(read.metadata.comments.isEmpty)
        #expect(read.metadata.otherBlocks.map(\.type) == [0x8000_0001])
        #expect(read.metadata.names.count == 1)
        #expect(read.metadata.secrets.count == 1)
    }

    @Test func `files of both formats become one capture`() throws {
        var early = FileBuilder.pcap()
        early.record(1, 0, [1])
        var middle = FileBuilder.pcap(magic: 0xA1B2_3C4D)
        middle.record(2, 7, [2])
        let late = Self.pcapng(.big)
        var last = FileBuilder.pcap(network: 101)
        last.record(2_000_000_000, 0, [9])
        let files = try [early.bytes, middle.bytes, late, last.bytes].map { try TestFile($0) }
        let copy = try copy(files.map(\.path))
        let read = try ReadCapture(copy.bytes)
        #expect(read.contents == [[1], [2], [1], [2, 2], [3, 3, 3], [9]])
        #expect(read.story == (try ReadCapture(paths: files.map(\.path))).story)
        #expect(read.metadata.sections.count == 3)
        #expect(read.metadata.interfaces.map(\.linkType) == [.ethernet, .ethernet, .ethernet, .raw])
    }

    @Test func `damage stays behind`() throws {
        var file = FileBuilder.pcapng()
        file.packet([1])
        file.bytes += [1, 2, 3]
        file.packet([2], interface: 5)
        file.packet([3])
        file.bytes.removeLast(3)
        let source = try TestFile(file.bytes)
        let read = try ReadCapture(try copy([source.path]).bytes)
        #expect(read.contents == [[1]])
        #expect(read.problems.isEmpty)
    }

    @Test func `a copy to pcap has the frames alone`() throws {
        let file = try TestFile(Self.pcapng(.little))
        let copy = try copy([file.path], format: .pcap)
        let read = try ReadCapture(copy.bytes)
        #expect(read.files[0].format.kind == .pcap)
        #expect(read.story == (try ReadCapture(Self.pcapng(.little))).story)
    }

    @Test func `a capture is never written over itself`() throws {
        let file = try TestFile(Self.pcapng(.little))
        let capture = try Capture(paths: [file.path])
        #expect(capture.reads(file.path))
        let error = #expect(throws: CaptureError.self) { try CaptureCopy(capture).write(to: file.path) }
        #expect(error?.code == .wouldReplaceInput)
        #expect(try file.contents() == Self.pcapng(.little))
    }
}
