import Bytes
import CaptureFile
import TestSupport
import Testing

@testable import Analysis

/// Frames are told as they come in; what the whole capture says about them is found out behind it.
@Suite struct FTPSelectionTests {
    private func selected(_ name: String, ports: Set<UInt16> = [21, 990]) throws -> Set<Int> {
        let capture = try Capture(paths: ["\(Fixtures.root)/captures/\(name)"])
        var reader = capture.makeReader()
        var all = capture.makeReader()
        while all.next() != nil {}
        var selection = FTPSelection(all.metadata.interfaces.map(\.linkType), controlPorts: ports)
        var selected = Set<Int>()
        var number = 0
        while let header = reader.next() {
            let bytes = capture.bytes(at: header.position, count: Int(header.capturedLength))
            if selection.part(header, bytes) != nil { selected.insert(number) }
            number += 1
        }
        return selected
    }

    /// The frames of the streams that FTP speaks on.
    private func expected(_ name: String) throws -> Set<Int> {
        let index = CaptureIndex(try Capture(paths: ["\(Fixtures.root)/captures/\(name)"]))
        let story = Story(index)
        var streams = Set(story.sessions.map(\.stream))
        for session in story.sessions {
            streams.formUnion(session.unreadableConnections)
            for negotiation in session.negotiations { streams.formUnion(negotiation.streams) }
        }
        return Set(index.frames.indices.filter { index.frames[$0].stream.map(streams.contains) ?? false })
    }

    @Test(arguments: [
        "passive-download.pcap", "active-download.pcap", "active-high-port.pcap", "epsv-download.pcap",
        "epsv-ipv6.pcap", "eprt-ipv4.pcap", "eprt-ipv6.pcap", "many-small-files-down.pcap", "segmented.pcap",
        "server-nat.pcap", "fxp.pcap", "split-command.pcap", "pipelined.pcap", "vlan.pcap", "qinq.pcap", "mpls.pcap",
        "cooked-v1.pcap", "cooked-v2.pcap", "pppoe.pcap", "null.pcap", "raw-ip.pcap", "raw-ipv6.pcap", "auth-tls.pcap",
        "implicit-tls.pcap", "retransmission-server.pcap", "list-vsftpd.pcap", "loopback.pcap",
    ])
    func `every frame of a session and its transfers is taken`(_ name: String) throws {
        let (selected, expected) = (try selected(name), try expected(name))
        #expect(!expected.isEmpty && expected.isSubset(of: selected), "\(expected.subtracting(selected).sorted())")
    }

    @Test(arguments: ["smtp-dialog.pcap", "empty.pcap"])
    func `what is not FTP is left`(_ name: String) throws {
        #expect(try selected(name).isEmpty)
    }

    @Test func `a server on another port has to be named`() throws {
        #expect(try selected("port-2121.pcap").isEmpty)
        let expected = try expected("port-2121.pcap")
        #expect(try expected.isSubset(of: selected("port-2121.pcap", ports: [2121])))
    }

    @Test func `a table forgets what is old, and nothing that was asked for lately`() {
        var table = RecentTable<Int, Int>(limit: 10)
        for number in 0..<100 {
            table[number] = number
            #expect(table[0] == 0)
        }
        #expect(table[99] == 99 && table[50] == nil)
        table[0] = nil
        #expect(table[0] == nil)
    }
}
