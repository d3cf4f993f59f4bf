import Analysis
import Bytes
import TestSupport
import Testing

private let client = Endpoint(IPAddress("192.0.2.1")!, 40000)
private let server = Endpoint(IPAddress("192.0.2.2")!, 9999)

/// What one side said, as the assembler delivers it; a hole of n bytes is `<n>`.
private func text(_ index: CaptureIndex, _ stream: Int = 0, _ side: Side = .initiator) -> String {
    var text = ""
    index.forEachPiece(of: stream, sender: side) { piece in
        switch piece {
        case .bytes(let bytes): text += String(decoding: bytes.array, as: UTF8.self)
        case .gap(let count): text += "<\(count)>"
        }
    }
    return text
}

@Suite struct ReassemblyTests {
    /// Segments after a SYN with sequence 999: (sequence, text), from the client.
    private func assemble(_ segments: [(UInt32, String)], syn: UInt32? = 999) throws -> String {
        let builder = ConversationBuilder()
        if let syn { builder.segment(client, server, .syn, sequence: syn) }
        for (sequence, text) in segments {
            builder.segment(client, server, .ack, sequence: sequence, acknowledgment: 1, Array(text.utf8))
        }
        return text(try builder.index())
    }

    @Test func `segments out of order are put in order`() throws {
        #expect(try assemble([(1003, "def"), (1006, "ghi"), (1000, "abc")]) == "abcdefghi")
    }

    @Test func `the first data segment may arrive second`() throws {
        #expect(try assemble([(1003, "def"), (1000, "abc")]) == "abcdef")
    }

    @Test func `repetitions change nothing`() throws {
        #expect(try assemble([(1000, "abc"), (1000, "abc"), (1003, "def"), (1000, "abcdef")]) == "abcdef")
    }

    @Test func `what was delivered stays, whatever an overlap claims`() throws {
        #expect(try assemble([(1000, "abc"), (1001, "XXXXX")]) == "abcXXX")
        #expect(try assemble([(1000, "abc"), (1000, "XXX")]) == "abc")
    }

    @Test func `a hole that nothing fills is known`() throws {
        #expect(try assemble([(1000, "abc"), (1010, "xyz")]) == "abc<7>xyz")
        #expect(try assemble([(1010, "xyz")]) == "<10>xyz")
    }

    @Test func `a hole that is filled late is no hole`() throws {
        #expect(
            try assemble([(1000, "abc"), (1006, "ghi"), (1012, "mno"), (1009, "jkl"), (1003, "def")])
                == "abcdefghijklmno")
    }

    @Test func `sequence numbers may pass 2^32`() throws {
        #expect(try assemble([(0xFFFF_FFFE, "abcd"), (2, "efgh")], syn: 0xFFFF_FFFD) == "abcdefgh")
        #expect(try assemble([(2, "efgh"), (0xFFFF_FFFE, "abcd")], syn: 0xFFFF_FFFD) == "abcdefgh")
    }

    @Test func `a capture may begin in the middle`() throws {
        #expect(try assemble([(5000, "abc"), (5003, "def")], syn: nil) == "abcdef")
        #expect(try assemble([(5003, "def"), (5000, "abc")], syn: nil) == "abcdef")
    }

    @Test func `bytes that were acknowledged but not captured are missing at the end`() throws {
        let builder = ConversationBuilder()
        let connection = Connection(builder, client, server)
        connection.send(Array("abc".utf8))
        connection.clientSequence &+= 5
        builder.segment(
            server, client, .ack, sequence: connection.serverSequence, acknowledgment: connection.clientSequence)
        #expect(text(try builder.index()) == "abc<5>")
    }

    @Test func `the acknowledgment of a FIN is no missing byte`() throws {
        let builder = ConversationBuilder()
        let connection = Connection(builder, client, server)
        connection.send(Array("abc".utf8))
        connection.close()
        #expect(text(try builder.index()) == "abc")
        #expect(text(try builder.index(), 0, .responder) == "")
    }

    @Test func `what lies behind an acknowledged FIN is no part of the stream`() throws {
        let builder = ConversationBuilder()
        let connection = Connection(builder, client, server)
        connection.send(Array("abc".utf8))
        connection.close()
        builder.segment(
            client, server, .ack, sequence: connection.clientSequence &+ 1000, acknowledgment: 1, [1, 2, 3])
        #expect(text(try builder.index()) == "abc")
    }

    @Test func `a port that is used again is a new stream`() throws {
        let builder = ConversationBuilder()
        Connection(builder, client, server).say("one")
        Connection(builder, client, server, clientSequence: 777_777).say("two")
        let index = try builder.index()
        #expect(index.streams.count == 2)
        #expect(text(index, 0) == "one")
        #expect(text(index, 1) == "two")
    }

    @Test func `a SYN that is sent again is the same stream`() throws {
        let builder = ConversationBuilder()
        builder.segment(client, server, .syn, sequence: 999)
        _ = Connection(builder, client, server, clientSequence: 999)
        #expect(try builder.index().streams.count == 1)
    }

    @Test func `a SYN-ACK alone tells who was called`() throws {
        let builder = ConversationBuilder()
        builder.segment(server, client, [.syn, .ack], sequence: 5000, acknowledgment: 1000)
        let stream = try #require(try builder.index().streams.first)
        #expect(stream.initiator == client && stream.responder == server)
    }

    @Test func `a million sequence numbers in one jump cost nothing`() throws {
        #expect(try assemble([(1000, "abc"), (0x7000_0000, "far")]) == "abc<\(0x7000_0000 - 1003)>far")
    }
}
