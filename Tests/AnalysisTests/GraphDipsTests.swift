@testable import Analysis
import Bytes
import CaptureFile
import FTPProtocol
import TestSupport
import Testing

@Suite struct GraphDipsTests {
    private static let interval: Int64 = 20_000_000

    /// An upload that stalls three times, each time for another reason.
    private struct StalledUpload {
        let builder = ConversationBuilder()
        let connection: Connection
        /// Indices of frames.
        private(set) var repeated: UInt32 = 0
        private(set) var closed: UInt32 = 0
        private var count: UInt32 = 3

        init() {
            connection = Connection(
                builder, Endpoint(IPAddress("192.0.2.1")!, 40000), Endpoint(IPAddress("192.0.2.2")!, 50000))
            flow()
            // A segment is lost behind the capture, and repeated late.
            let start = connection.clientSequence
            send()
            builder.pause(milliseconds: 200)
            connection.clientSequence = start
            repeated = count
            send()
            acknowledge()
            flow()
            closed = count
            acknowledge(window: 0)
            builder.pause(milliseconds: 300)
            acknowledge()
            flow()
            builder.pause(milliseconds: 250)
            flow()
        }

        private mutating func flow() {
            for _ in 0..<100 {
                send()
                acknowledge()
            }
        }

        private mutating func send() {
            connection.send([UInt8](repeating: 0x55, count: 1000))
            count += 1
        }

        private mutating func acknowledge(window: UInt16 = 0xFFFF) {
            builder.segment(
                connection.server, connection.client, .ack, sequence: connection.serverSequence,
                acknowledgment: connection.clientSequence, window: window)
            count += 1
        }
    }

    @Test func `dips are found where the rate stalls, with their causes and their frames`() throws {
        let upload = StalledUpload()
        let story = try upload.builder.story()
        let dips = try #require(try DipExplainer(story, .capture).dips(interval: Self.interval))
        #expect(dips.interval == Self.interval)
        // A round of 1000 bytes takes two milliseconds: 1040 and 40 bytes of frames.
        #expect((500_000...560_000).contains(dips.typical))
        #expect(dips.dips.map(\.evidence.dominant) == [.loss, .receiver, .application])
        let lengths = dips.dips.map { $0.duration / 1_000_000 }
        #expect(zip(lengths, [200, 300, 250]).allSatisfy { (Int64($1) - 40...Int64($1) + 20).contains($0) })

        let loss = try #require(dips.dips[0].evidence.findings.first { $0.problem == .retransmission })
        #expect(loss.count == 1 && loss.frames == [upload.repeated])
        let closed = try #require(dips.dips[1].evidence.findings.first { $0.problem == .zeroWindow })
        #expect(closed.count == 1 && closed.frames == [upload.closed])
        #expect(dips.dips[2].evidence.findings.isEmpty)
        #expect(dips.dips.allSatisfy { $0.rate < dips.typical / 2 })
    }

    @Test func `a dip without frames names the frames around it`() throws {
        let story = try StalledUpload().builder.story()
        let dips = try #require(try DipExplainer(story, GraphScope(streams: [0])).dips(interval: 50_000_000)).dips
        let silent = try #require(dips.last)
        let (before, after) = (try #require(silent.frameBefore), try #require(silent.frameAfter))
        let frames = story.index.frames
        #expect(frames[Int(before)].time < silent.start && frames[Int(after)].time >= silent.end)
        #expect(silent.firstFrame == nil ? after == before + 1 : after > before)
    }

    @Test func `beginning and end are no dips`() throws {
        let builder = ConversationBuilder()
        let connection = Connection(
            builder, Endpoint(IPAddress("192.0.2.1")!, 40000), Endpoint(IPAddress("192.0.2.2")!, 50000))
        builder.pause(milliseconds: 500)
        for _ in 0..<200 { connection.send([UInt8](repeating: 0, count: 1000)) }
        builder.pause(milliseconds: 500)
        connection.close()
        let dips = try #require(try DipExplainer(try builder.story(), .capture).dips(interval: Self.interval))
        #expect(dips.dips.isEmpty)
        #expect(dips.activeEnd - dips.activeStart < 300_000_000)
    }

    @Test func `a rate that never comes back is a dip where something was still under way`() throws {
        let builder = ConversationBuilder()
        let connection = Connection(
            builder, Endpoint(IPAddress("192.0.2.1")!, 40000), Endpoint(IPAddress("192.0.2.2")!, 50000))
        for _ in 0..<200 { connection.send([UInt8](repeating: 0, count: 1000)) }
        // The path is gone: the last segment is sent again and again.
        for pause in [200, 400, 800] as [UInt32] {
            builder.pause(milliseconds: pause)
            connection.clientSequence &-= 1000
            connection.send([UInt8](repeating: 0, count: 1000))
        }
        let story = try builder.story()
        let dips = try #require(try DipExplainer(story, .capture).dips(interval: Self.interval)).dips
        let last = try #require(dips.last)
        #expect(last.evidence.dominant == .loss && last.duration > 1_300_000_000)
        #expect(last.end <= story.index.streams[0].lastTime)
    }

    @Test func `a late sign of life is no dip`() throws {
        let builder = ConversationBuilder()
        let (client, server) = (Endpoint(IPAddress("192.0.2.1")!, 40000), Endpoint(IPAddress("192.0.2.2")!, 50000))
        let connection = Connection(builder, client, server)
        for _ in 0..<200 { connection.send([UInt8](repeating: 0, count: 1000)) }
        for _ in 0..<2 {
            builder.segment(
                server, client, .ack, sequence: connection.serverSequence, acknowledgment: connection.clientSequence)
        }
        // Somebody else asks in vain, twice.
        for _ in 0..<2 {
            builder.pause(milliseconds: 7000)
            builder.segment(client, Endpoint(server.address, 50001), .syn, sequence: 1)
        }
        let dips = try #require(try DipExplainer(try builder.story(), .capture).dips(interval: Self.interval))
        #expect(dips.dips.isEmpty && dips.activeEnd - dips.activeStart < 1_000_000_000)
    }

    @Test func `a silent interval at the very end hides no frame`() throws {
        let index = try CaptureIndex(Capture(paths: ["\(Fixtures.root)/captures/segmented.pcap"]))
        let dips = try #require(try DipExplainer(Story(index), .capture).dips()).dips
        for dip in dips {
            for frame in [dip.firstFrame, dip.lastFrame, dip.frameBefore, dip.frameAfter] {
                #expect(frame.map { Int($0) < index.frames.count } ?? true)
            }
        }
    }

    @Test func `where no time passes an interval is a second`() throws {
        let builder = ConversationBuilder()
        builder.segment(
            Endpoint(IPAddress("192.0.2.1")!, 40000), Endpoint(IPAddress("192.0.2.2")!, 50000), .syn, sequence: 1)
        let story = try builder.story()
        let dips = try #require(try DipExplainer(story, .capture).dips())
        #expect(dips.interval == 1_000_000_000 && dips.dips.isEmpty)
        #expect(try story.index.ioGraph(.capture, unit: .bytes, columns: 10)?.interval == 1_000_000_000)
    }

    @Test func `a server that is slow to answer is to blame, not the path`() throws {
        let scene = Scene()
        let text = String(repeating: "x", count: 4000)
        for number in 0..<10 { scene.retrieve("a\(number)", text, port: 5001 + UInt16(number)) }
        scene.exchange("PASV", "227 Entering Passive Mode (192,0,2,2,20,0)")
        scene.control.say("RETR slow\r\n")
        scene.builder.pause(milliseconds: 400)
        scene.control.answer("150 here\r\n")
        scene.download(text, port: 5120)
        scene.control.answer("226 done\r\n")
        for number in 0..<10 { scene.retrieve("b\(number)", text, port: 6001 + UInt16(number)) }
        let story = try scene.builder.story()
        let dips = try #require(try DipExplainer(story, .capture).dips(interval: Self.interval)).dips
        #expect(dips.count == 1)
        let dip = try #require(dips.first)
        #expect(dip.evidence.dominant == .serverReply)
        let wait = try #require(dip.evidence.replies.first)
        guard case .command(let command, _, _) = story.sessions[wait.session].steps[wait.commandStep].kind else {
            Issue.record("the command that waits is none")
            return
        }
        #expect(command.argument == Array("slow".utf8))
        #expect(wait.replyFrame == wait.commandFrame + 1)
    }

    @Test func `the rate of a capture counts every frame and byte once`() throws {
        let story = try StalledUpload().builder.story()
        let index = story.index
        let graph = try #require(try index.ioGraph(.capture, unit: .packets, columns: 2000, interval: Self.interval))
        let packets = graph.points(.traffic).reduce(0) { $0 + $1.y } * Double(Self.interval) / 1e9
        #expect(Int(packets.rounded()) == index.frames.count)
        #expect(graph.ranges(.retransmission).reduce(0) { $0 + Int($1.count) } == 1)
        for point in graph.points(.traffic) {
            #expect(index.frames[Int(point.frame)].time - index.frames[0].time < point.x + Self.interval)
        }
    }

    @Test func `spans of time are added once where they overlap`() {
        let ranges = TimeRanges([10..<20, 15..<30, 40..<50, 5..<5, 44..<46])
        #expect(ranges.overlap(with: 0..<100) == 30)
        #expect(ranges.overlap(with: 18..<42) == 14)
        #expect(ranges.overlap(with: 30..<40) == 0)
    }
}
