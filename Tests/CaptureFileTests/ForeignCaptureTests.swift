import Bytes
import CaptureFile
import SystemPackage
import Testing

/// Captures that other programs wrote: those of the project's fixtures, and those beside the repository when it is there.
@Suite struct ForeignCaptureTests {
    static let fixtures = sourceFolder(3) + "/Fixtures/captures"
    static let shared = sourceFolder(4) + "/../shared/captures"

    /// The folder `levels` above this file's own path: 1 is its folder.
    private static func sourceFolder(_ levels: Int, of file: String = #filePath) -> String {
        var path = FilePath(file)
        for _ in 1..<levels { path.removeLastComponent() }
        return path.string
    }

    static func exists(_ path: String) -> Bool {
        (try? FilePath(path).stat().type) != nil
    }

    /// Frames that capinfos counts.
    static let counts = [
        ("ndpi-ftp-out-of-order.pcap", 209), ("option-sack.pcap", 4), ("retransmit-fast009.pcap", 39),
        ("retransmit-timeout.pcapng", 3), ("zeek-auth-tls.pcap", 84), ("zeek-bigtransfer-gaps.pcap", 83),
        ("zeek-ipv4.pcap", 95), ("zeek-ipv6.pcap", 136), ("zeek-retr.pcap", 67),
    ]

    @Test(.enabled(if: exists(shared), "no captures beside the repository"), arguments: counts)
    func `captures from elsewhere have the frames that other readers count`(name: String, count: Int) throws {
        let capture = try ReadCapture(paths: [Self.shared + "/" + name])
        #expect(capture.frames.count == count)
        #expect(capture.problems.isEmpty)
    }

    /// The same frames written as each format.
    static let formats = [
        "format-big-endian-nanosecond.pcap", "format-big-endian.pcap", "format-big-endian.pcapng",
        "format-comments.pcapng", "format-editcap.pcapng", "format-modified-big-endian.pcap", "format-modified.pcap",
        "format-nanosecond.pcap", "format-nanosecond.pcapng", "format-old-packet-blocks.pcapng",
        "format-two-sections.pcapng", "format.pcap.gz", "format.pcapng",
    ]

    @Test(.enabled(if: exists(fixtures + "/format.pcap"), "no fixtures"), arguments: formats)
    func `one capture in every format gives the same frames`(name: String) throws {
        try #require(Self.exists(Self.fixtures + "/" + name))
        let plain = try ReadCapture(paths: [Self.fixtures + "/format.pcap"])
        let capture = try ReadCapture(paths: [Self.fixtures + "/" + name])
        #expect(capture.contents == plain.contents)
        #expect(capture.frames.map(\.originalLength) == plain.frames.map(\.originalLength))
        #expect(capture.frames.map { $0.time / 1000 } == plain.frames.map { $0.time / 1000 })
        #expect(capture.problems.isEmpty)
    }

    @Test(arguments: ["truncated.pcap", "truncated.pcapng", "truncated.pcap.gz"])
    func `a truncated capture says where it ends`(name: String) throws {
        try #require(Self.exists(Self.fixtures + "/" + name))
        let capture = try ReadCapture(paths: [Self.fixtures + "/" + name])
        #expect(!capture.frames.isEmpty)
        #expect(capture.problems.count == 1)
        #expect(capture.problems.allSatisfy { $0.endsFile && $0.description.contains(": cut short: ") })
    }
}
