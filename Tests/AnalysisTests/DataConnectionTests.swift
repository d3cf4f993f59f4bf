import Analysis
import Bytes
import FTPProtocol
import TestSupport
import Testing

private let client = Scene.client
private let server = Scene.server
private let host = Scene.server.address

/// Which connection belongs to which command, and what it carried.
@Suite struct DataConnectionTests {
    @Test func `a command between PASV and RETR does not break the tie`() throws {
        let scene = Scene()
        scene.exchange("PASV", "227 Entering Passive Mode (192,0,2,2,19,137)")
        scene.exchange("SIZE a.txt", "213 5")
        scene.exchange("CWD /pub", "250 ok")
        scene.control.say("RETR a.txt\r\n")
        scene.control.answer("150 here\r\n")
        scene.download("hello", port: 5001)
        scene.control.answer("226 done\r\n")
        let transfer = try #require(try scene.builder.story().transfers.first)
        #expect(displayText(transfer.path) == "/pub/a.txt")
        #expect(transfer.data?.bytes == 5)
    }

    @Test func `each of two sessions gets its own data connection`() throws {
        let scene = Scene()
        let other = Connection(scene.builder, Endpoint(client.address, 40001), server)
        other.answer("220 ready\r\n")
        for (connection, port) in [(scene.control, 5001), (other, 5002)] {
            connection.say("USER a\r\n")
            connection.answer("230 in\r\n")
            connection.say("PASV\r\n")
            connection.answer("227 (192,0,2,2,\(port / 256),\(port % 256))\r\n")
            connection.say("RETR \(port)\r\n")
            connection.answer("150 here\r\n")
        }
        // The second session's data come first.
        scene.download("two", port: 5002, from: 50002)
        scene.download("one", port: 5001, from: 50001)
        other.answer("226 done\r\n")
        scene.control.answer("226 done\r\n")
        let story = try scene.builder.story()
        #expect(
            story.transfers.map { displayText($0.path) + " " + scene.content($0, story) } == ["/5001 one", "/5002 two"])
    }

    @Test func `an address that was announced wrongly is seen through`() throws {
        let scene = Scene()
        scene.exchange("PASV", "227 Entering Passive Mode (10,1,2,3,19,137)")
        scene.control.say("RETR a.txt\r\n")
        scene.control.answer("150 here\r\n")
        scene.download("hello", port: 5001)
        scene.control.answer("226 done\r\n")
        let story = try scene.builder.story()
        #expect(story.transfers[0].data?.bytes == 5)
        #expect(story.sessions[0].negotiations[0].isThirdParty)
    }

    @Test func `the last of two PASV counts`() throws {
        let scene = Scene()
        scene.exchange("PASV", "227 (192,0,2,2,19,136)")
        scene.exchange("PASV", "227 (192,0,2,2,19,137)")
        scene.control.say("RETR a.txt\r\n")
        scene.control.answer("150 here\r\n")
        scene.download("hello", port: 5001)
        scene.control.answer("226 done\r\n")
        #expect(try scene.builder.story().transfers[0].data?.bytes == 5)
    }

    @Test func `active mode without PORT uses the port the client speaks from`() throws {
        let scene = Scene()
        scene.control.say("RETR a.txt\r\n")
        scene.control.answer("150 here\r\n")
        let data = Connection(scene.builder, Endpoint(host, 20), client)
        data.say("hello")
        data.close()
        scene.control.answer("226 done\r\n")
        let story = try scene.builder.story()
        #expect(scene.content(story.transfers[0], story) == "hello")
    }

    @Test func `a lost 227 leaves the only new connection`() throws {
        let scene = Scene()
        scene.control.say("PASV\r\n")
        scene.control.loseReply(44)
        scene.exchange("TYPE I", "200 ok")
        scene.control.say("RETR a.txt\r\n")
        scene.control.answer("150 here\r\n")
        scene.download("hello", port: 5001)
        scene.control.answer("226 done\r\n")
        let story = try scene.builder.story()
        #expect(scene.content(story.transfers[0], story) == "hello")
        #expect(story.sessions[0].negotiations.contains { $0.isInferred })
    }

    @Test func `a lost 227 and two new connections leave the question open`() throws {
        let scene = Scene()
        scene.control.say("PASV\r\n")
        scene.control.loseReply(44)
        scene.control.say("RETR a.txt\r\n")
        scene.control.answer("150 here\r\n")
        scene.download("hello", port: 5001)
        scene.download("other", port: 5002, from: 50001)
        scene.control.answer("226 done\r\n")
        #expect(try scene.builder.story().transfers[0].stream == nil)
    }

    @Test func `a refused transfer leaves its data connection to the next`() throws {
        let scene = Scene()
        scene.exchange("PASV", "227 (192,0,2,2,19,137)")
        scene.exchange("RETR missing", "550 no such file")
        scene.control.say("RETR a.txt\r\n")
        scene.control.answer("150 here\r\n")
        scene.download("hello", port: 5001)
        scene.control.answer("226 done\r\n")
        let story = try scene.builder.story()
        #expect(story.transfers.map(\.state) == [.refused, .complete])
        #expect(story.transfers[0].stream == nil)
        #expect(scene.content(story.transfers[1], story) == "hello")
    }

    @Test func `block mode is undone, and two files over one connection are two files`() throws {
        let scene = Scene()
        scene.exchange("MODE B", "200 ok")
        scene.exchange("PASV", "227 (192,0,2,2,19,137)")
        let data = Connection(scene.builder, Endpoint(client.address, 50000), Endpoint(host, 5001))
        for (name, text) in [("a", "first"), ("b", "second")] {
            scene.control.say("RETR \(name)\r\n")
            scene.control.answer("150 here\r\n")
            data.reply([0, 0, UInt8(text.utf8.count)] + Array(text.utf8) + [64, 0, 0])
            scene.control.answer("250 done\r\n")
        }
        data.close()
        let story = try scene.builder.story()
        #expect(story.transfers.map { scene.content($0, story) } == ["first", "second"])
    }

    @Test func `pipelined PORT and RETR each get their own connection`() throws {
        let scene = Scene()
        scene.control.say("PORT 192,0,2,1,19,137\r\nRETR one\r\nPORT 192,0,2,1,19,138\r\nRETR two\r\n")
        for (port, text) in [(5001, "first"), (5002, "second")] {
            scene.control.answer("200 ok\r\n150 here\r\n")
            let data = Connection(scene.builder, Endpoint(host, 20), Endpoint(client.address, UInt16(port)))
            data.say(text)
            data.close()
            scene.control.answer("226 done\r\n")
        }
        let story = try scene.builder.story()
        #expect(story.transfers.map { scene.content($0, story) } == ["first", "second"])
    }

    @Test func `a refused PASV leaves what PORT agreed on`() throws {
        let scene = Scene()
        scene.exchange("PORT 192,0,2,1,19,137", "200 ok")
        scene.exchange("PASV", "502 no")
        scene.control.say("RETR one\r\n")
        scene.control.answer("150 here\r\n")
        let data = Connection(scene.builder, Endpoint(host, 20), Endpoint(client.address, 5001))
        data.say("first")
        data.close()
        scene.control.answer("226 done\r\n")
        let story = try scene.builder.story()
        #expect(story.transfers.map { scene.content($0, story) } == ["first"])
    }

    @Test func `a refused PORT is not agreed on`() throws {
        let scene = Scene()
        scene.exchange("PORT 192,0,2,9,19,137", "500 illegal")
        scene.retrieve("a.txt", "hello", port: 5002)
        #expect(try scene.builder.story().sessions[0].negotiations.count == 1)
    }

    @Test func `a connection to a port that two sessions announced belongs to the later one`() throws {
        let scene = Scene()
        let other = Connection(scene.builder, Endpoint(client.address, 40001), server)
        scene.exchange("PASV", "227 (192,0,2,2,19,137)")
        scene.control.say("RETR mine\r\n")
        other.answer("220 ready\r\n")
        other.say("USER b\r\n")
        other.answer("230 in\r\n")
        other.say("PASV\r\n")
        other.answer("227 (192,0,2,2,19,137)\r\n")
        other.say("RETR theirs\r\n")
        other.answer("150 here\r\n")
        scene.download("theirs", port: 5001)
        other.answer("226 done\r\n")
        scene.control.answer("425 nobody came\r\n")
        let story = try scene.builder.story()
        #expect(story.transfers.map(\.state) == [.blocked, .complete])
        #expect(story.transfers[0].stream == nil)
    }

    @Test func `a compressed transfer that breaks off is damaged`() throws {
        let scene = Scene()
        scene.exchange("MODE Z", "200 ok")
        scene.exchange("PASV", "227 (192,0,2,2,19,137)")
        scene.control.say("RETR a\r\n")
        scene.control.answer("150 here\r\n")
        let data = Connection(scene.builder, Endpoint(client.address, 50000), Endpoint(host, 5001))
        // The beginning of a zlib stream.
        data.reply([0x78, 0x9C, 0xCB, 0x48])
        data.close()
        scene.control.answer("226 done\r\n")
        let story = try scene.builder.story()
        #expect(story.readContent(of: story.transfers[0]) { _ in }.isDamaged)
        #expect(story.digests(of: story.transfers[0]) == nil)
    }
}
