import Analysis
import Bytes
import TestSupport
import Testing

private let client = Endpoint(IPAddress("192.0.2.1")!, 40000)
private let server = Endpoint(IPAddress("192.0.2.2")!, 9999)

@Suite struct FollowTests {
    /// What was said, with the frame that showed it: `>abc@4` from the client, `<<7>@5` a hole of the server's.
    private func text(_ pieces: [FollowPiece], _ index: CaptureIndex) -> [String] {
        pieces.map { piece in
            let said = index.withBytes(of: piece) { String(decoding: $0.array, as: UTF8.self) }
            let content = piece.isGap ? "<\(piece.count)>" : said
            return (piece.side == .initiator ? ">" : "<") + content + "@\(piece.frame + 1)"
        }
    }

    private func followed(_ index: CaptureIndex) -> [String] {
        var pieces: [FollowPiece] = []
        index.follow(0) { pieces.append($0) }
        return text(pieces, index)
    }

    private func chunks(_ index: CaptureIndex) -> [String] {
        var pieces: [FollowPiece] = []
        index.forEachChunk(of: 0) { pieces.append($0) }
        return text(pieces, index)
    }

    /// A handshake (frames 1 to 3), then segments: from the client at a sequence number, or an ACK of the server.
    private enum Event {
        case data(UInt32, String)
        case ack(UInt32)
    }

    private func index(_ events: [Event], handshake: Bool = true) throws -> CaptureIndex {
        let builder = ConversationBuilder()
        if handshake { _ = Connection(builder, client, server, clientSequence: 999) }
        for event in events {
            switch event {
            case .data(let sequence, let text):
                builder.segment(
                    client, server, .ack, sequence: sequence, acknowledgment: 5001, Array(text.utf8))
            case .ack(let number): builder.segment(server, client, .ack, sequence: 5001, acknowledgment: number)
            }
        }
        return try builder.index()
    }

    @Test func `both sides take turns`() throws {
        let builder = ConversationBuilder()
        let connection = Connection(builder, client, server)
        connection.say("one")
        connection.say("two")
        connection.answer("three")
        let index = try builder.index()
        #expect(followed(index) == [">one@4", ">two@5", "<three@6"])
        #expect(chunks(index) == followed(index))
        var turns: [[UInt32]] = []
        index.forEachTurn(on: [0]) { turns.append([UInt32($0.count), $0.firstFrame, $0.lastFrame]) }
        #expect(turns == [[6, 3, 4], [5, 5, 5]])
    }

    @Test func `a repetition is not said twice`() throws {
        let index = try index([.data(1000, "abc"), .data(1000, "abc"), .data(1001, "bcdef")])
        #expect(followed(index) == [">abc@4", ">def@6"])
        #expect(chunks(index) == followed(index))
    }

    @Test func `what overlaps adds only what is new, and of two that fit the first seen one goes first`() throws {
        let index = try index([.data(1010, "KLMNOP"), .data(1005, "fghijklmno"), .data(1000, "abcdefghijkl")])
        #expect(chunks(index) == [">abcdefghijkl@6", ">MNOP@4"])
        #expect(followed(index).map { $0.prefix { $0 != "@" } }.joined().filter { $0 != ">" } == "abcdefghijklmnoP")
    }

    @Test func `a hole that was acknowledged is told where the acknowledgment shows it`() throws {
        let index = try index([.data(1000, "abc"), .data(1010, "xyz"), .ack(1013), .data(1013, "end")])
        #expect(chunks(index) == [">abc@4", "><7>@6", ">xyz@5", ">end@7"])
        #expect(followed(index) == [">abc@4", "><7>@5", ">xyz@5", ">end@7"])
    }

    @Test func `a hole that nobody acknowledged loses nothing behind it`() throws {
        let index = try index([.data(1000, "abc"), .data(1010, "xyz"), .data(1013, "end")])
        #expect(chunks(index) == [">abc@4", "><7>@5", ">xyz@5", ">end@6"])
    }

    @Test func `a segment that was captured after its ACK is kept`() throws {
        let index = try index([.data(1000, "abc"), .data(1006, "ghi"), .ack(1009), .data(1003, "def")])
        #expect(chunks(index) == [">abc@4", ">def@7", ">ghi@5"])
        #expect(followed(index) == [">abc@4", ">def@7", ">ghi@5"])
    }

    @Test func `the acknowledgment of a reset shows a hole as well`() throws {
        let builder = ConversationBuilder()
        let connection = Connection(builder, client, server)
        builder.segment(client, server, .ack, sequence: 1006, acknowledgment: 5001, Array("late".utf8))
        builder.segment(server, client, [.rst, .ack], sequence: connection.serverSequence, acknowledgment: 1010)
        #expect(chunks(try builder.index()) == ["><5>@5", ">late@4"])
    }

    @Test func `a capture may begin in the middle, and with the later segment`() throws {
        let index = try index([.data(1003, "def"), .data(1000, "abc"), .data(1006, "ghi")], handshake: false)
        #expect(chunks(index) == [">abc@2", ">def@1", ">ghi@3"])
        #expect(followed(index) == chunks(index))
    }

    @Test func `one direction alone can be followed`() throws {
        let builder = ConversationBuilder()
        builder.segment(server, client, .ack, sequence: 1, acknowledgment: 1, Array("only me".utf8))
        let index = try builder.index()
        #expect(followed(index) == [">only me@1"])
        #expect(chunks(index) == followed(index))
    }

    @Test func `what was acknowledged behind the last byte is missing at the end`() throws {
        let index = try index([.data(1000, "abc"), .ack(1010)])
        #expect(followed(index) == [">abc@4", "><7>@5"])
        #expect(chunks(index) == [">abc@4"])
    }

    @Test func `a reply that was captured before its command follows it`() throws {
        let builder = ConversationBuilder()
        _ = Connection(builder, client, server)
        builder.segment(server, client, .ack, sequence: 5001, acknowledgment: 1004, Array("yes".utf8))
        builder.segment(client, server, .ack, sequence: 1001, acknowledgment: 5001, Array("do?".utf8))
        #expect(followed(try builder.index()) == [">do?@5", "<yes@4"])
    }

    @Test func `several streams are told in the order of time`() throws {
        let builder = ConversationBuilder()
        let control = Connection(builder, client, server)
        let data = Connection(builder, Endpoint(client.address, 40001), server)
        control.say("a")
        data.answer("b")
        control.answer("c")
        data.answer("d")
        let index = try builder.index()
        let pieces = index.follow(together: [0, 1])
        #expect(pieces.map(\.stream) == [0, 1, 0, 1])
        #expect(text(pieces, index) == [">a@7", "<b@8", "<c@9", "<d@10"])
    }

    @Test func `an empty stream says nothing`() throws {
        let index = try index([])
        #expect(followed(index).isEmpty && chunks(index).isEmpty)
    }
}
