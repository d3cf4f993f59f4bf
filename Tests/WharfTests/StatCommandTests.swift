import Foundation
import TestSupport
import Testing

/// `wharf stat` and `wharf read` as their users run them.
@Suite struct StatCommandTests {
    private static let capture = path("passive-download.pcap")

    @Test func `names and files may stand in any order`() throws {
        let usual = try wharf("stat", "conv,tcp", "io,phs", Self.capture)
        #expect(usual.status == 0 && usual.errors.isEmpty)
        #expect(usual.output.contains("TCP Conversations") && usual.output.contains("Protocol Hierarchy Statistics"))
        #expect(try wharf("stat", Self.capture, "conv,tcp", "io,phs").output == usual.output)
        #expect(try wharf("stat", "conv,tcp", Self.capture, "io,phs").output == usual.output)
    }

    @Test func `a folder called as a statistic is not taken for a file, a file is`() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(
            at: folder.appendingPathComponent("ftp"), withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let statistic = try wharf("stat", "ftp", Self.capture, in: folder.path)
        #expect(statistic.status == 0)
        #expect(try statistic.output == wharf("stat", "ftp", Self.capture).output)
        try FileManager.default.copyItem(
            atPath: Self.capture, toPath: folder.appendingPathComponent("expert").path)
        let file = try wharf("stat", "expert", in: folder.path)
        #expect(file.status == 0 && file.output.contains("expert (pcap"))
    }

    @Test func `a name that there is not is answered with those that there are, before a file is read`() throws {
        let run = try wharf("stat", "convtcp", "/nonexistent.pcap")
        #expect(run.status == 1 && run.output.isEmpty)
        #expect(run.errors.hasPrefix("wharf: ") && run.errors.contains("convtcp") && run.errors.contains("conv,tcp"))
    }

    @Test func `a cut capture is told and leaves tshark's status`() throws {
        let stat = try wharf("stat", "conv,tcp", path("truncated.pcap"))
        #expect(stat.status == 2 && stat.output.contains("TCP Conversations") && stat.errors.contains("cut short"))
        let read = try wharf("read", "-r", path("truncated.pcap"), "-q", "-z", "conv,tcp")
        #expect(read.status == 2 && read.output == stat.output)
        let fields = try wharf("read", "-r", path("truncated.pcap"), "-T", "fields", "-e", "frame.number")
        #expect(fields.status == 2 && fields.output.hasSuffix("\n33\n"))
    }

    @Test func `a table of more rows than anybody reads is refused with an interval that works`() throws {
        // Two frames of no bytes, an hour apart.
        let header: [UInt8] =
            [0xD4, 0xC3, 0xB2, 0xA1, 2, 0, 4, 0] + [UInt8](repeating: 0, count: 8) + [0, 0, 1, 0, 1, 0, 0, 0]
        let frames = [1, 3601].flatMap { (second: UInt16) in
            [UInt8(second & 0xFF), UInt8(second >> 8)] + [UInt8](repeating: 0, count: 14)
        }
        let run = try wharf("stat", "io,stat,0.000001", "-", input: header + frames)
        #expect(run.status == 1 && run.errors.contains("io,stat: an interval of 0.000001 seconds would make"))
    }

    @Test func `help is told by every command`() throws {
        for command in ["analyze", "export", "follow", "graph", "read", "stat"] {
            let run = try wharf(command, "--help")
            #expect(run.status == 0 && run.output.contains("USAGE: wharf \(command)") && run.errors.isEmpty)
        }
    }

    @Test func `fields want a name, and a name that exists`() throws {
        let none = try wharf("read", "-r", Self.capture, "-T", "fields")
        #expect(none.status == 64 && none.errors.contains("-e NAME"))
        let unknown = try wharf("read", "-r", Self.capture, "-T", "fields", "-e", "tcp.nosuch")
        #expect(unknown.status == 1 && unknown.errors.hasSuffix(":\n  tcp.nosuch\n"))
    }

    @Test func `findings of lifetimes are those that filters find, and tshark tells`() throws {
        let capture = path("../fields/mdns.pcap")
        let summary = "\"Time To Live\" != 255 for a packet sent to the Local Network Control Block (see RFC 3171)"
        #expect(
            try wharf("read", "-nr", capture, "-qz", "expert").output.contains(
                " 1   Sequence               IPv4  \(summary)\n"))
        #expect(
            try wharf("read", "-nr", capture, "-Y", "ip.ttl.lncb", "-Tfields", "-eframe.number").output.split(
                separator: "\n"
            ).count == 1)
    }
}
