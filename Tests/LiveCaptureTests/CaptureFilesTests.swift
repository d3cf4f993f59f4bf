import Bytes
import CaptureFile
import Foundation
import Testing

@testable import LiveCapture

@Suite struct CaptureFilesTests {
    private func withFolder(_ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("wharf-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder.path)
    }

    private func files(_ path: String, _ rotation: Rotation?, format: CaptureWriter.Format = .pcapng) throws
        -> CaptureFiles
    {
        let interface = CaptureInterface(linkType: .ethernet, snapLength: 262_144, name: "lo")
        return try CaptureFiles(
            path: path, format: format, section: CaptureSection(), interfaces: [interface], rotation: rotation, now: 0)
    }

    private func header(_ number: Int, _ frame: [UInt8]) -> FrameHeader {
        let count = UInt32(frame.count)
        return FrameHeader(
            position: 0, time: Int64(number) * 1_000_000, capturedLength: count, originalLength: count, interface: 0)
    }

    private func frames(_ path: String) throws -> [Int64] {
        let capture = try Capture(paths: [path])
        var reader = capture.makeReader()
        var times: [Int64] = []
        while let header = reader.next() { times.append(header.time / 1_000_000) }
        #expect(reader.problems.isEmpty)
        return times
    }

    @Test(arguments: CaptureWriter.Format.allCases)
    func `a ring keeps its last files, and each is whole while it is written`(_ format: CaptureWriter.Format) throws {
        try withFolder { folder in
            var rotation = Rotation()
            (rotation.frames, rotation.files) = (10, 3)
            var files = try files("\(folder)/ring.pcap", rotation, format: format)
            let frame = [UInt8](repeating: 7, count: 60)
            for number in 0..<95 {
                if files.isDue(now: Int64(number) * 1_000_000) { try files.rotate(now: Int64(number) * 1_000_000) }
                try files.write(header(number, frame), frame.bytes)
                try files.flush()
                let last = try frames(files.name).last
                #expect(last == Int64(number))
            }
            let (fileCount, frameCount) = (files.fileCount, files.frameCount)
            #expect(fileCount == 10 && frameCount == 95)
            try files.close()
            let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
            #expect(names.map { $0.prefix(11) } == ["ring_00008_", "ring_00009_", "ring_00010_"])
            let kept = try names.flatMap { try frames("\(folder)/\($0)") }
            #expect(kept == (70..<95).map { Int64($0) })
        }
    }

    @Test func `a file of no frames describes its interface`() throws {
        try withFolder { folder in
            var files = try files("\(folder)/none.pcapng", nil)
            let capture = try Capture(paths: [files.name])
            var reader = capture.makeReader()
            #expect(reader.next() == nil && reader.metadata.interfaces.map(\.name) == ["lo"])
            try files.close()
        }
    }

    @Test func `a file that cannot be begun says so`() {
        for path in ["/dev/full", "/dev/null/x.pcapng"] {
            #expect(throws: CaptureError.self) {
                var files = try self.files(path, nil)
                try files.close()
            }
        }
    }
}

@Suite struct InterfaceActivityTests {
    @Test func `counters of 32 bits begin anew`() {
        let before = InterfaceCounters(packets: .max, bytes: .max - 99)
        #expect(InterfaceCounters(packets: 4, bytes: 100).since(before) == InterfaceCounters(packets: 5, bytes: 200))
    }

    @Test func `a curve grows from the right and is as high as its most`() {
        var activity = InterfaceActivity(limit: 4)
        #expect(activity.curve == "    ")
        for bytes: UInt32 in [0, 100, 100, 180] { activity.note(InterfaceCounters(packets: 1, bytes: bytes)) }
        #expect(activity.curve == " █▁▇")
        activity.note(nil)
        #expect(activity.intervals.count == 3)
        for _ in 0..<9 { activity.note(InterfaceCounters(packets: 1, bytes: 180)) }
        #expect(activity.curve == "▁▁▁▁")
    }

    @Test func `who listens is read from the kernel's table`() {
        let table = """
              sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid
               0: 0100007F:0015 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0
               1: 0100007F:0016 0100007F:C350 01 00000000:00000000 00:00000000 00000000     0
               2: 00000000000000000000000000000000:0849 00000000000000000000000000000000:0000 0A 0
            """
        #expect(LocalServers.listening(table) == [21, 2121])
        #expect(LocalServers.listening("").isEmpty && LocalServers.listening("x\n1 2 3\n").isEmpty)
    }
}
