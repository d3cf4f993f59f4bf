import Bytes
import CaptureFile
import Testing

/// Bad input: everything sound before the damage is read, the damage is told in one line, and nothing ever traps.
@Suite struct DamageTests {
    struct Sample: Sendable, CustomTestStringConvertible {
        var name: String
        var bytes: [UInt8]
        var testDescription: String { name }
    }

    static let samples: [Sample] = [ByteOrder.little, .big].flatMap { order in
        let data: [[UInt8]] = [[1, 2, 3], .init(repeating: 7, count: 40), [], [9]]
        let breeds: [(UInt32, Int)] = [(0xA1B2_C3D4, 0), (0xA1B2_3C4D, 0), (0xA1B2_CD34, 8), (0xA1B2_C3D4, 4)]
        var samples = breeds.map { magic, extra in
            var file = FileBuilder.pcap(order, magic: magic)
            for (index, bytes) in data.enumerated() { file.record(10 + UInt32(index), 5, bytes, extra: extra) }
            return Sample(name: "pcap \(order) \(String(magic, radix: 16)) \(extra)", bytes: file.bytes)
        }
        var file = FileBuilder.pcapng(order)
        file.packet(data[0]) { $0.option(1, "a comment") }
        file.block(4) { $0.option(1, [192, 0, 2, 1] + Array("name\0".utf8)) }
        file.packet(data[1])
        file.block(0xBAD) { $0.put(1 as UInt32) }
        file.section()
        file.interface { $0.option(9, [9]) }
        file.packet(data[2])
        file.block(3) {
            $0.put(1 as UInt32)
            $0.bytes += data[3]
        }
        samples.append(Sample(name: "pcapng \(order)", bytes: file.bytes))
        return samples
    }

    @Test(arguments: samples) func `a file cut at any byte gives the frames before the cut`(sample: Sample) throws {
        let whole = try ReadCapture(sample.bytes)
        #expect(whole.problems.isEmpty)
        #expect(whole.frames.count == 4)
        for count in 0..<sample.bytes.count {
            guard let cut = try? ReadCapture(Array(sample.bytes[..<count])) else {
                #expect(count < 28, "a whole file header is enough to open")
                continue
            }
            // Breeds that share a magic number are told apart by their first whole records.
            guard cut.files[0].format == whole.files[0].format else {
                #expect(count < 130, "three records tell them apart")
                continue
            }
            let complete = zip(whole.frames, whole.contents).prefix { $0.position + UInt64($1.count) <= count }.count
            // A pcapng frame ends with its block, up to 19 bytes behind its data.
            #expect(cut.story.count <= complete && cut.story.count >= complete - 1)
            #expect(cut.story == Array(whole.story.prefix(cut.story.count)))
            #expect(cut.problems.count <= 1)
            let isBetweenRecords = cut.problems.isEmpty
            if !isBetweenRecords {
                #expect(cut.problems[0].endsFile)
                #expect(cut.problems[0].frame == UInt64(cut.frames.count + 1))
                #expect(cut.problems[0].description.contains("the file ends at byte \(count) "))
            }
        }
    }

    @Test(arguments: samples)
    func `no flipped bit traps, invents bytes or changes the frames before it`(sample: Sample) throws {
        let whole = try ReadCapture(sample.bytes)
        for index in sample.bytes.indices {
            for bit in 0..<8 {
                var bytes = sample.bytes
                bytes[index] ^= 1 << bit
                guard let capture = try? ReadCapture(bytes) else { continue }
                for frame in capture.frames {
                    #expect(frame.position + UInt64(frame.capturedLength) <= UInt64(bytes.count))
                }
                // A bit in the first records may make another breed of pcap look likelier.
                guard capture.files[0].format == whole.files[0].format else { continue }
                let before = zip(whole.frames, whole.contents).prefix { $0.position + UInt64($1.count) <= index }.count
                let sound = max(0, before - 1)
                #expect(capture.story.prefix(sound) == whole.story.prefix(sound))
            }
        }
    }

    @Test(arguments: samples) func `no run of garbage in the middle traps or loops`(sample: Sample) throws {
        for index in stride(from: 0, to: sample.bytes.count, by: 3) {
            for filler in [0x00, 0xFF, 0x0A, 0x06] as [UInt8] {
                let garbage = [UInt8](repeating: filler, count: 13)
                _ = try? ReadCapture(Array(sample.bytes[..<index]) + garbage + Array(sample.bytes[index...]))
            }
        }
    }

    @Test(arguments: [ByteOrder.little, .big]) func `a record that claims 4 GB costs nothing`(order: ByteOrder) throws {
        for claim in [UInt32.max, 0x8000_0000, 0x0400_0001] as [UInt32] {
            var file = FileBuilder.pcap(order)
            file.record(1, 0, [1, 2, 3])
            file.record(2, 0, [4], captured: claim, original: claim)
            let capture = try ReadCapture(file.bytes)
            #expect(capture.contents == [[1, 2, 3]])
            let problem = try #require(capture.problems.first)
            #expect(problem.code == .recordTooLong(claimed: claim))
            #expect(problem.byte == 59)
            #expect(problem.frame == 2)
            #expect(problem.endsFile)
        }
    }

    @Test func `a cut record is told with its number, its bytes and where the file ends`() throws {
        var file = FileBuilder.pcap()
        file.record(1, 0, .init(repeating: 1, count: 60))
        file.record(1, 0, .init(repeating: 1, count: 60))
        file.record(2, 0, .init(repeating: 2, count: 52), captured: 1514, original: 1514)
        let problem = try #require(ReadCapture(file.bytes).problems.first)
        #expect(
            problem.description.hasSuffix(
                ": cut short: packet 3 begins at byte 192 and claims 1514 bytes, "
                    + "but the file ends at byte 244 (52 bytes are there); the 2 packets before it were read"))
    }

    @Test func `a block of another interface or with too long a packet is left out, and reading goes on`() throws {
        var file = FileBuilder.pcapng()
        file.packet([1])
        file.packet([2], interface: 1)
        file.packet([3], interface: .max)
        file.packet([4], captured: 5)
        file.packet([5], captured: .max)
        file.block(6) { $0.put(0 as UInt32) }
        file.packet([6])
        let capture = try ReadCapture(file.bytes)
        #expect(capture.contents == [[1], [6]])
        #expect(capture.codes == ["undeclared-interface", "packet-exceeds-block", "malformed-block"])
        #expect(capture.problems.map(\.occurrences) == [2, 2, 1])
        #expect(capture.problems.allSatisfy { !$0.endsFile })
        #expect(capture.problems[0].description.hasSuffix("it is left out (and 1 more like it)"))
    }

    @Test func `a packet before any interface is left out`() throws {
        var file = FileBuilder.pcapng(interface: false)
        file.packet([1])
        file.block(3) { $0.put(0 as UInt32) }
        let capture = try ReadCapture(file.bytes)
        #expect(capture.frames.isEmpty)
        #expect(capture.codes == ["undeclared-interface"])
    }

    @Test(arguments: [0, 4, 8, 11] as [UInt32]) func `a block shorter than its own lengths does not loop`(
        length: UInt32
    ) throws {
        var file = FileBuilder.pcapng()
        file.packet([1])
        for _ in 0..<8 {
            file.put(6 as UInt32)
            file.put(length)
        }
        file.packet([2])
        let capture = try ReadCapture(file.bytes)
        #expect(capture.contents == [[1], [2]])
        #expect(capture.codes == ["garbage"])
    }

    @Test(arguments: 1...17) func `garbage between blocks is passed over`(count: Int) throws {
        var file = FileBuilder.pcapng()
        file.packet([1])
        let start = file.bytes.count
        file.bytes += Array("this is no block at all".utf8.prefix(count))
        file.packet([2])
        let capture = try ReadCapture(file.bytes)
        #expect(capture.contents == [[1], [2]])
        #expect(capture.problems.map(\.code) == [.garbage(skipped: count)])
        #expect(capture.problems.map(\.byte) == [UInt64(start)])
    }

    @Test func `zeros where a record should begin are no packets`() throws {
        var file = FileBuilder.pcap()
        file.record(1, 0, [1])
        file.bytes += [UInt8](repeating: 0, count: 10_000)
        let capture = try ReadCapture(file.bytes)
        #expect(capture.contents == [[1]])
        #expect(capture.codes == ["record-of-zeros"])
    }

    @Test func `garbage up to the end is told once`() throws {
        var file = FileBuilder.pcapng()
        file.packet([1])
        file.bytes += [UInt8](repeating: 0x20, count: 10_000)
        let capture = try ReadCapture(file.bytes)
        #expect(capture.contents == [[1]])
        #expect(capture.codes == ["garbage-to-end"])
    }

    @Test func `a trailing length that disagrees is forgiven when a sound block follows`() throws {
        var file = FileBuilder.pcapng()
        file.block(6, trailer: 99) {
            $0.bytes += [UInt8](repeating: 0, count: 20)
        }
        file.packet([2])
        file.block(6, trailer: 0) {
            $0.bytes += [UInt8](repeating: 0, count: 20)
        }
        let capture = try ReadCapture(file.bytes)
        #expect(capture.contents == [[], [2], []])
        #expect(capture.codes == ["block-trailer"])
        #expect(capture.problems.map(\.occurrences) == [2])
    }

    @Test func `a cut packet that carries pcapng gives no frames out of its payload`() throws {
        var inner = FileBuilder.pcapng()
        inner.packet([1, 2, 3])
        var file = FileBuilder.pcapng()
        file.packet([4])
        file.packet(inner.bytes + .init(repeating: 0, count: 400))
        file.bytes.removeLast(200)
        let capture = try ReadCapture(file.bytes)
        #expect(capture.contents == [[4]])
        #expect(capture.codes == ["block-cut"])
    }

    @Test func `options that claim too much end where they are`() throws {
        var file = FileBuilder.pcapng(interface: false)
        file.interface {
            $0.option(2, "eth0")
            $0.option(3, Array("short".utf8), length: .max)
        }
        file.packet([1]) {
            $0.option(1, "kept")
            $0.option(1, [1], length: 60_000)
        }
        let capture = try ReadCapture(file.bytes)
        #expect(capture.metadata.interfaces[0].name == "eth0")
        #expect(capture.metadata.interfaces[0].description == nil)
        #expect(capture.metadata.comments.map(\.text) == ["kept"])
        #expect(capture.problems.isEmpty)
    }

    @Test func `more interfaces than have numbers are left out`() throws {
        var file = FileBuilder.pcapng(interface: false)
        var one = FileBuilder()
        one.interface()
        for _ in 0..<65_537 { file.bytes += one.bytes }
        file.packet([1], interface: 65_535)
        file.packet([2], interface: 65_536)
        let capture = try ReadCapture(file.bytes)
        #expect(capture.frames.map(\.interface) == [65_535])
        #expect(capture.codes == ["too-many-interfaces", "undeclared-interface"])
    }

    @Test func `a section of a version to come ends the file`() throws {
        var file = FileBuilder.pcapng()
        file.packet([1])
        file.section(version: 2)
        file.packet([2])
        let capture = try ReadCapture(file.bytes)
        #expect(capture.contents == [[1]])
        #expect(capture.problems.map(\.code) == [.unsupportedVersion(major: 2, minor: 0)])
        #expect(capture.problems[0].endsFile)
    }

    @Test func `a section header of no sense does not take its packets with it`() throws {
        var first = FileBuilder.pcap(network: 101)
        first.record(1, 0, [1])
        var second = FileBuilder.pcapng(.big)
        second.packet([2])
        second.bytes[4] = 0xFF
        let files = [try TestFile(first.bytes), try TestFile(second.bytes)]
        let capture = try ReadCapture(paths: files.map(\.path))
        #expect(capture.contents == [[1], [2]])
        #expect(capture.codes == ["garbage"])
        #expect(capture.metadata.interfaces.map(\.linkType) == [.raw, .ethernet])
        #expect(capture.metadata.interfaces.map(\.section) == [0, 1])
        #expect(capture.frames.map(\.interface) == [0, 1])
    }
}
