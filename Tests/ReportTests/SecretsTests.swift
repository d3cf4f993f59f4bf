import Bytes
import Analysis
import Bytes
import FTPProtocol
import Report
import TestSupport
import Testing

@Suite struct SecretsTests {
    private func everything(_ story: Story, showsSecrets: Bool) throws -> String {
        var text = try JSONStory.text(of: story, showsSecrets: showsSecrets)
        ZeekLog(story, showsSecrets: showsSecrets) { text += $0 + "\n" }.tell()
        for explains in [true, false] {
            var options = TextStory.Options()
            options.showsSecrets = showsSecrets
            options.explains = explains
            TextStory(story, options) { text += $0 + "\n" }.tell()
        }
        return text
    }

    @Test(arguments: ["passive-download.pcap", "pipelined.pcap", "split-command.pcap", "wrong-password.pcap"])
    func `no report shows a password unless asked`(name: String) throws {
        let story = try Fixtures.story(name)
        let password = displayText(try #require(story.sessions[0].password))
        #expect(try !everything(story, showsSecrets: false).contains(password))
        #expect(try everything(story, showsSecrets: true).contains(password))
    }

    /// A control connection on port 21 that says just this, with `lost` bytes missing before its last line.
    private func session(_ lines: [String], lost: Int = 0, handshake: Bool = true) throws -> Story {
        let builder = ConversationBuilder()
        let server = Endpoint(IPAddress("192.0.2.2")!, 21)
        let control = Connection(builder, Endpoint(IPAddress("192.0.2.1")!, 40000), server, handshake: handshake)
        for (number, line) in lines.enumerated() {
            if lost > 0, number == lines.count - 1 { control.clientSequence &+= UInt32(lost) }
            if line.first?.isNumber == true { control.answer(line + "\r\n") } else { control.say(line + "\r\n") }
        }
        return try builder.story()
    }

    @Test func `an anonymous login does not reveal the password before it`() throws {
        let story = try session([
            "220 hi", "USER bob", "331 ?", "PASS realsecret", "530 no", "USER anonymous", "331 ?",
            "PASS me@example.com",
            "230 in",
        ])
        let text = try everything(story, showsSecrets: false)
        #expect(!text.contains("realsecret") && text.contains("me@example.com"))
    }

    @Test(arguments: ["SS hunter2x", "hunter2x", "ASS hunter2x"])
    func `a piece of a password is masked as well`(piece: String) throws {
        let behindGap = try session(["220 hi", "USER bob", "331 ?", piece], lost: 3)
        #expect(try !everything(behindGap, showsSecrets: false).contains("hunter2x"))
        let atStart = try session([piece, "230 in", "PWD", "257 \"/\""], handshake: false)
        #expect(atStart.sessions.count == 1)
        #expect(try !everything(atStart, showsSecrets: false).contains("hunter2x"))
    }

    @Test func `the e-mail address of an anonymous login is shown`() throws {
        let story = try Fixtures.story("anonymous-login.pcap")
        let address = displayText(try #require(story.sessions[0].password))
        #expect(try everything(story, showsSecrets: false).contains(address))
    }
}

@Suite struct ZeekLogTests {
    @Test func `columns, types and rows are Zeek's`() throws {
        var lines: [String] = []
        let story = try Fixtures.story("passive-download.pcap")
        let port = try #require(story.sessions[0].negotiations[0].announced?.port)
        ZeekLog(story, showsSecrets: false) { lines.append($0) }.tell()
        let names = try #require(lines.first { $0.hasPrefix("#fields") }).split(separator: "\t").dropFirst()
        let types = try #require(lines.first { $0.hasPrefix("#types") }).split(separator: "\t").dropFirst()
        #expect(names.count == 19 && types.count == 19)
        let rows = lines.filter { !$0.hasPrefix("#") }.map {
            $0.split(separator: "\t", omittingEmptySubsequences: false)
        }
        #expect(rows.allSatisfy { $0.count == 19 })
        #expect(rows.map { $0[8] } == ["PASV", "RETR"])
        #expect(rows[1][9] == "ftp://192.0.2.21/docs/report.bin")
        #expect(rows[1][11...12] == ["20000", "226"])
        #expect(rows[0][14...17] == ["T", "192.0.2.50", "192.0.2.21", "\(port)"])
        #expect(rows.allSatisfy { $0[7] == "<hidden>" })
    }

    @Test func `the same capture gives the same ids`() throws {
        let story = try Fixtures.story("fxp.pcap")
        var runs: [[String]] = [[], []]
        for run in 0...1 { ZeekLog(story, showsSecrets: false) { runs[run].append($0) }.tell() }
        #expect(runs[0] == runs[1])
    }
}
