import Analysis
import Dissection
import Bytes
import Dissection
import DisplayFilter
import Dissection
import FTPProtocol
import TestSupport
import Testing

/// Runs one tap over what was built.
private func count<Tap: FrameTap>(_ builder: ConversationBuilder, _ tap: Tap) throws -> Tap {
    let index = try builder.index()
    FrameScan(index).run([tap]) { ApplicationTable(index, $0) }
    return tap
}

@Suite struct ConversationStatisticsTests {
    private let client = Endpoint(IPAddress("192.0.2.1")!, 40000)
    private let server = Endpoint(IPAddress("192.0.2.2")!, 80)

    private func conversation() -> ConversationBuilder {
        let builder = ConversationBuilder()
        let connection = Connection(builder, client, server)
        connection.say("hello")
        connection.answer("world!")
        connection.close()
        return builder
    }

    @Test func `the sender of the first frame stands on the left, and each direction is counted`() throws {
        let tap = try count(conversation(), ConversationTap(.ipv4))
        let row = try #require(tap.conversations.first)
        #expect(tap.conversations.count == 1)
        #expect(row.a.address == "192.0.2.1")
        #expect((row.sent.frames, row.received.frames) == (4, 4))
        #expect(row.sent.bytes == 4 * 40 + 5)
        #expect(row.received.bytes == 4 * 40 + 6)
        #expect(row.end - row.start == 7_000_000)
    }

    @Test func `streams tell what a walk over the frames tells`() throws {
        let builder = conversation()
        let streams = ConversationTap(.tcp)
        streams.take(streamsOf: try builder.index())
        let walked = try count(builder, ConversationTap(.tcp, DisplayFilter("tcp")))
        let (one, other) = (try #require(streams.conversations.first), try #require(walked.conversations.first))
        #expect((one.a, one.b, one.stream) == (other.a, other.b, other.stream))
        #expect((one.frames, one.bytes, one.start, one.end) == (other.frames, other.bytes, other.start, other.end))
    }

    @Test func `a server that is heard first stands on the left`() throws {
        let builder = ConversationBuilder()
        builder.segment(server, client, [.syn, .ack], sequence: 1, acknowledgment: 1)
        builder.segment(client, server, .ack, sequence: 1, acknowledgment: 2)
        let tap = ConversationTap(.tcp)
        tap.take(streamsOf: try builder.index())
        #expect(tap.conversations.map(\.a.port) == [80])
    }

    @Test func `the busiest conversation comes first, equals in the order in which they began`() throws {
        let builder = ConversationBuilder()
        for port in [1, 2, 3] as [UInt16] {
            let from = Endpoint(client.address, port)
            builder.segment(from, server, .syn, sequence: 1)
            if port == 3 { builder.segment(from, server, .ack, sequence: 2) }
        }
        let tap = ConversationTap(.tcp)
        tap.take(streamsOf: try builder.index())
        #expect(tap.conversations.map(\.a.port) == [3, 1, 2])
    }

    @Test func `an endpoint has the traffic of all its connections`() throws {
        let builder = ConversationBuilder()
        for port in [1, 2] as [UInt16] {
            builder.segment(Endpoint(client.address, port), server, .syn, sequence: 1)
            builder.segment(server, Endpoint(client.address, port), [.rst, .ack], sequence: 0, acknowledgment: 2)
        }
        let tap = EndpointTap(.tcp)
        tap.take(streamsOf: try builder.index())
        let first = try #require(tap.endpoints.first)
        #expect((first.station.port, first.frames, first.sent.frames, first.received.frames) == (80, 4, 2, 2))
        #expect(tap.endpoints.count == 3)
    }
}

@Suite struct ConditionTests {
    private func frames(_ condition: String) throws -> UInt64 {
        let scene = Scene()
        scene.retrieve("a.txt", "hello")
        let tap = try count(scene.builder, HierarchyTap(DisplayFilter(condition)))
        return tap.rows.first?.traffic.frames ?? 0
    }

    @Test func `a statistic counts the frames that its filter selects`() throws {
        let all = try frames("frame")
        let ftp = try frames("ftp")
        #expect(try frames("ftp-data") == 1)
        #expect(try frames("ftp or ftp-data") == ftp + 1)
        #expect(try frames("!(ftp || ftp-data)") == all - ftp - 1)
        #expect(try frames("tcp && not ftp and not ftp-data") == all - ftp - 1)
        #expect(try frames("udp") == 0 && frames("tcp.option_kind") == 0)
        #expect(try frames("tcp.dstport and frame.len") == all)
        #expect(try frames("tcp.len > 0") == ftp + 1)
    }
}

@Suite struct CounterTests {
    /// One frame of 40 bytes each millisecond.
    private func frames(_ count: Int) -> ConversationBuilder {
        let builder = ConversationBuilder()
        for number in 0..<count {
            builder.segment(
                Endpoint(IPAddress("192.0.2.1")!, 1), Endpoint(IPAddress("192.0.2.2")!, 2), .ack,
                sequence: UInt32(number))
        }
        return builder
    }

    @Test func `intervals begin with the first frame and have empty ones between them`() throws {
        let builder = frames(3)
        let columns = try [
            IntervalColumn("") { try DisplayFilter($0) }, IntervalColumn("COUNT(ip.addr)ip") { try DisplayFilter($0) },
            IntervalColumn("SUM(frame.len)frame.len") { try DisplayFilter($0) },
            IntervalColumn("MAX(frame.number)frame") { try DisplayFilter($0) },
            IntervalColumn("udp") { try DisplayFilter($0) },
        ]
        let tap = try count(builder, IntervalTap(interval: 500, columns))
        #expect(tap.duration == 2000)
        #expect(tap.cells[0].map(\.frames) == [1, 0, 1, 0, 1])
        #expect(tap.cells[1].map(\.amount) == [2, 0, 2, 0, 2])
        #expect(tap.cells[2].map(\.amount) == [40, 0, 40, 0, 40])
        #expect(tap.cells[3].map(\.amount) == [1, 0, 2, 0, 3])
        #expect(tap.cells[4].map(\.frames) == [0])
    }

    @Test(arguments: ["SUM(nosuch)tcp", "SUM(tcp.len", "SUM(ip.src)ip", "FRAMES(tcp.len)tcp", "LOAD(tcp.len)tcp"])
    func `a calculation that makes no sense is refused`(text: String) {
        #expect(throws: IntervalColumn.Failure.self) { try IntervalColumn(text) { try DisplayFilter($0) } }
    }

    @Test func `lengths fall into their ranges`() throws {
        let tap = try count(frames(7), TreeTap(.packetLengths))
        let range = try #require(tap.tree.nodes.first { $0.key.name == "40-79" })
        #expect((range.count, range.sum, range.minimum, range.maximum) == (7, 280, 40, 40))
        #expect(tap.tree.elapsed == 6)
        #expect(range.bursts.largest == 7)
    }

    @Test func `a burst is what falls into a tenth of a second`() throws {
        let tap = try count(frames(500), TreeTap(.hosts4))
        let root = try #require(tap.tree.nodes.first)
        #expect(root.count == 500)
        #expect(root.bursts.largest == 100)
        #expect(tap.tree.nodes.map(\.key.name) == ["All Addresses", "192.0.2.1", "192.0.2.2"])
    }

    @Test func `nothing is counted in an empty capture`() throws {
        let builder = ConversationBuilder()
        #expect(try count(builder, TreeTap(.packetLengths)).tree.nodes.allSatisfy { $0.count == 0 })
        #expect(try count(builder, HierarchyTap()).rows.isEmpty)
        let facts = CaptureFacts(try builder.index())
        #expect((facts.frames, facts.duration, facts.byteRate) == (0, 0, nil))
    }
}

@Suite struct FTPStatisticsTests {
    @Test func `commands, replies and transfers are counted, and the time to the first reply`() throws {
        let scene = Scene()
        scene.exchange("NOOP", "200 ok")
        scene.exchange("NOOP", "200 ok")
        scene.retrieve("a.txt", "hello")
        let numbers = FTPStatistics(try scene.builder.story())
        let noop = try #require(numbers.commands.first { $0.verb == "NOOP" })
        #expect((noop.count, noop.median, noop.ninetieth) == (2, 1_000_000, 1_000_000))
        #expect(numbers.replies.first { $0.code.rawValue == 200 }?.count == 2)
        let transfers = try #require(numbers.transfers.first)
        #expect((transfers.kind, transfers.count, transfers.bytes) == (.download, 1, 5))
    }

    @Test func `a login is told with the frames of its parts and whether it was accepted`() throws {
        let scene = Scene(login: false)
        scene.control.answer("220 ready\r\n")
        scene.exchange("USER bob", "331 password")
        scene.exchange("PASS wrong", "530 no")
        scene.exchange("USER alice", "331 password")
        scene.exchange("PASS secret", "230 in")
        let found = try scene.builder.story().credentials
        #expect(found.map { String(decoding: $0.user, as: UTF8.self) } == ["bob", "alice"])
        #expect(found.map(\.isAccepted) == [false, true])
        #expect(found.map(\.userFrame) == [4, 8])
        #expect(found.map(\.passwordFrame) == [6, 10])
    }
}

@Suite struct ExpertStatisticsTests {
    @Test func `handshake and end of a connection are told, and nothing of options where there are none`() throws {
        let builder = ConversationBuilder()
        let connection = Connection(
            builder, Endpoint(IPAddress("192.0.2.1")!, 40000), Endpoint(IPAddress("192.0.2.2")!, 80))
        connection.close()
        let tap = try count(builder, ExpertTap(try builder.index()))
        let told = tap.bySeverity.flatMap { $0.findings }.map { ($0.kind.summary, $0.frames) }
        let expected: [(String, [UInt32])] = [
            ("This frame initiates the connection closing", [3]), ("This frame undergoes the connection closing", [4]),
            ("Connection establish request (SYN): server port 80", [0]),
            ("Connection establish acknowledge (SYN+ACK): server port 80", [1]),
            ("Connection finish (FIN)", [3, 4]),
        ]
        for (summary, frames) in expected {
            #expect(told.contains { $0 == summary && $1 == frames }, "\(summary)")
        }
        // As tshark has it: it is said of a SYN with other options.
        #expect(!told.contains { $0.0 == "The SYN packet does not contain a MSS option" })
        let notes = try count(builder, ExpertTap(try builder.index(), lowest: .note))
        #expect(notes.bySeverity.allSatisfy { $0.severity >= .note })
    }
}
