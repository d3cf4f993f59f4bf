import Bytes
import Foundation
import SystemPackage
import Testing

@testable import CaptureFile

/// A capture that is read while it is written.
@Suite struct GrowingCaptureTests {
    /// Writes frames into files that a reader follows.
    private final class Writer {
        private let folder: String
        let growing: GrowingCapture
        private var number = 0
        private var frames = 0
        private var bytes: [UInt8] = []
        private var descriptor: FileDescriptor?
        private let format: CaptureWriter.Format

        init(_ format: CaptureWriter.Format, keeping limit: Int) throws {
            self.format = format
            folder = FileManager.default.temporaryDirectory.appendingPathComponent("wharf-\(UUID().uuidString)").path
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            growing = GrowingCapture(keeping: limit)
        }

        deinit {
            try? descriptor?.close()
            try? FileManager.default.removeItem(atPath: folder)
        }

        private var path: String { "\(folder)/\(number).pcap" }

        func begin() throws {
            number += 1
            try descriptor?.close()
            var writer = try CaptureWriter(
                path: path, format: format, section: CaptureSection(),
                interfaces: [CaptureInterface(linkType: .ethernet)])
            try writer.describeAll()
            try writer.close()
            growing.begin(try FileDescriptor.open(FilePath(path), .readOnly), path: path)
            descriptor = try FileDescriptor.open(FilePath(path), .writeOnly, options: .append)
            try grow()
        }

        /// The next frame; its number is its time, and in its bytes.
        func write() throws {
            let frame = [UInt8](repeating: UInt8(truncatingIfNeeded: frames), count: 20)
            let other = "\(folder)/other"
            var writer = try CaptureWriter(
                path: other, format: format, section: CaptureSection(),
                interfaces: [CaptureInterface(linkType: .ethernet)])
            try writer.describeAll()
            let before = Int(writer.byteCount)
            let header = FrameHeader(
                position: 0, time: Int64(frames) * 1000, capturedLength: 20, originalLength: 20, interface: 0)
            try writer.write(header, frame.bytes)
            try writer.close()
            let block = try Data(contentsOf: URL(fileURLWithPath: other)).dropFirst(before)
            _ = try descriptor?.writeAll(block)
            frames += 1
        }

        func grow() throws {
            let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? UInt64
            growing.grow(to: size ?? 0)
        }

        /// What is written of a block before the rest of it comes.
        func writePiece() throws { _ = try descriptor?.writeAll([6, 0, 0]) }

        func removeFirst() throws { try FileManager.default.removeItem(atPath: "\(folder)/1.pcap") }
    }

    /// Reads on, as far as it goes.
    private func read(_ writer: Writer, _ reader: inout CaptureReader?) throws -> [Int64]? {
        guard case .grown(let capture) = try writer.growing.next(within: 0) else { return nil }
        if reader == nil { reader = capture.makeReader() }
        reader?.resume(in: capture)
        var times: [Int64] = []
        while let header = reader?.next() {
            let bytes = capture.bytes(at: header.position, count: Int(header.capturedLength)).array
            #expect(bytes == [UInt8](repeating: UInt8(truncatingIfNeeded: header.time / 1000), count: bytes.count))
            times.append(header.time / 1000)
        }
        #expect(reader?.problems.isEmpty == true)
        return times
    }

    @Test(arguments: CaptureWriter.Format.allCases)
    func `what comes is read, file after file, and nothing twice`(_ format: CaptureWriter.Format) throws {
        let writer = try Writer(format, keeping: 10)
        var reader: CaptureReader?
        try writer.begin()
        #expect(try read(writer, &reader) == [])
        #expect(try read(writer, &reader) == nil)
        var expected: Int64 = 0
        for round in 0..<30 {
            if round % 10 == 9 { try writer.begin() }
            for _ in 0..<round { try writer.write() }
            try writer.grow()
            let found = try read(writer, &reader)
            #expect((found ?? []) == Array(expected..<expected + Int64(round)))
            expected += Int64(round)
        }
    }

    @Test func `what is written of a block is not read before the rest is there`() throws {
        let writer = try Writer(.pcapng, keeping: 1)
        var reader: CaptureReader?
        try writer.begin()
        try writer.write()
        try writer.grow()
        try writer.writePiece()
        #expect(try read(writer, &reader) == [0])
        #expect(try read(writer, &reader) == nil)
    }

    @Test func `files that are deleted before they are read are there all the same`() throws {
        let writer = try Writer(.pcapng, keeping: 4)
        var reader: CaptureReader?
        try writer.begin()
        try writer.write()
        try writer.grow()
        try writer.begin()
        try writer.write()
        try writer.grow()
        try writer.removeFirst()
        #expect(try read(writer, &reader) == [0, 1])
        #expect(writer.growing.missedBytes == 0)
    }

    @Test func `a reader who falls behind misses files, and goes on with the next`() throws {
        let writer = try Writer(.pcapng, keeping: 2)
        var reader: CaptureReader?
        try writer.begin()
        try writer.write()
        try writer.grow()
        #expect(try read(writer, &reader) == [0])
        try writer.write()
        try writer.grow()
        for _ in 0..<3 {
            try writer.begin()
            try writer.write()
            try writer.grow()
        }
        #expect(try read(writer, &reader) == [3, 4])
        #expect(writer.growing.missedBytes > 0)
    }

    @Test func `the end is told to whoever asks again`() throws {
        let writer = try Writer(.pcap, keeping: 2)
        var reader: CaptureReader?
        try writer.begin()
        try writer.write()
        try writer.grow()
        writer.growing.end()
        #expect(try read(writer, &reader) == [0])
        for _ in 0..<3 {
            guard case .over = try writer.growing.next(within: 0) else {
                Issue.record("not over")
                continue
            }
        }
    }
}
