import Bytes
import Dissection
import Testing

/// One FTP frame and the values of its fields; the values marked with ✓ in the names are what tshark 4.0.17 shows.
struct FTPCase: CustomTestStringConvertible, Sendable {
    let name: String
    let payload: String
    let sender: FrameFacts.Sender
    let values: [String: [String]]

    var testDescription: String { name }

    init(_ name: String, _ payload: String, _ sender: FrameFacts.Sender, _ values: [String: [String]]) {
        (self.name, self.payload, self.sender, self.values) = (name, payload, sender, values)
    }

    var frame: [UInt8] { Frame.ethernet(0x0800, Frame.ipv4(6, Frame.tcp(Frame.text(payload)))) }

    static let all: [FTPCase] = [
        FTPCase(
            "a command ✓", "USER alice\r\n", .client,
            [
                "ftp.request": ["1"], "ftp.response": ["0"], "ftp.request.command": ["USER"],
                "ftp.request.arg": ["alice"],
            ]),
        FTPCase(
            "a command without argument ✓", "PWD\r\n", .client, ["ftp.request.command": ["PWD"], "ftp.request.arg": []]),
        FTPCase(
            "two commands", "CWD a b\r\nPWD\r\n", .client,
            ["ftp.request.command": ["CWD", "PWD"], "ftp.request.arg": ["a b"]]),
        FTPCase(
            "a command that goes on elsewhere", "RETR fi", .client,
            ["ftp.request.command": ["RETR"], "ftp.request.arg": ["fi"]]),
        FTPCase("no command", "\u{1}\u{2}\r\n", .client, ["ftp.request.command": [], "ftp.request.arg": []]),
        FTPCase(
            "a reply ✓", "331 Please specify the password.\r\n", .server,
            [
                "ftp.request": ["0"], "ftp.response": ["1"], "ftp.response.code": ["331"],
                "ftp.response.arg": ["Please specify the password."], "ftp.request.command": [],
            ]),
        FTPCase(
            "a reply of many lines", "211-Features:\r\n EPRT\r\n211 End\r\n", .server,
            ["ftp.response.code": ["211", "211"], "ftp.response.arg": ["Features:", " EPRT", "End"]]),
        FTPCase(
            "a line within a reply ✓", " EPRT\r\n", .server, ["ftp.response.code": [], "ftp.response.arg": [" EPRT"]]),
        FTPCase(
            "the sender is told by digits", "220 hello\r\n", .unknown,
            ["ftp.response": ["1"], "ftp.response.code": ["220"]]),
        FTPCase(
            "the sender is told by letters", "NOOP\r\n", .unknown,
            ["ftp.request": ["1"], "ftp.request.command": ["NOOP"]]),
        FTPCase(
            "PORT ✓", "PORT 192,0,2,50,154,47\r\n", .client,
            ["ftp.active.cip": ["192.0.2.50"], "ftp.active.port": ["39471"], "ftp.active.nat": []]),
        FTPCase(
            "PORT of another", "PORT 10,0,0,1,0,20\r\n", .client,
            ["ftp.active.cip": ["10.0.0.1"], "ftp.active.port": ["20"], "ftp.active.nat": ["1"]]),
        FTPCase("a wrong PORT", "PORT 1,2,3,4,5,256\r\n", .client, ["ftp.active.cip": [], "ftp.active.port": []]),
        FTPCase(
            "227 ✓", "227 Entering Passive Mode (10,9,8,7,191,12).\r\n", .server,
            ["ftp.passive.ip": ["10.9.8.7"], "ftp.passive.port": ["48908"], "ftp.passive.nat": ["1"]]),
        FTPCase("227 without numbers", "227 Yes\r\n", .server, ["ftp.passive.ip": [], "ftp.passive.port": []]),
        FTPCase(
            "EPRT ✓", "EPRT |2|2001:db8::50|34161|\r\n", .client,
            [
                "ftp.eprt.af": ["2"], "ftp.eprt.ipv6": ["2001:db8::50"], "ftp.eprt.port": ["34161"], "ftp.eprt.ip": [],
                "ftp.eprt.args_invalid": [],
            ]),
        FTPCase(
            "EPRT of IPv4", "EPRT |1|192.0.2.50|5001|\r\n", .client,
            ["ftp.eprt.af": ["1"], "ftp.eprt.ip": ["192.0.2.50"]]),
        FTPCase("a wrong EPRT", "EPRT |1|x|\r\n", .client, ["ftp.eprt.args_invalid": ["1"], "ftp.eprt.port": []]),
        FTPCase(
            "229 ✓", "229 Entering Extended Passive Mode (|||40478|)\r\n", .server,
            [
                "ftp.epsv.port": ["40478"], "ftp.epsv.ip": ["192.0.2.50"], "ftp.epsv.ipv6": [],
                "ftp.epsv.args_invalid": [],
            ]),
        FTPCase("229 without a port", "229 Yes\r\n", .server, ["ftp.epsv.args_invalid": ["1"], "ftp.epsv.port": []]),
        FTPCase(
            "UTF-8 is read (RFC 2640)", "CWD \u{E9}t\u{E9}\r\n", .client, ["ftp.request.arg": ["\u{E9}t\u{E9}"]]),
        FTPCase(
            "each byte of what could steer a terminal stands for itself", "CWD \u{9B}t\r\n", .client,
            ["ftp.request.arg": ["\u{FFFD}\u{FFFD}t"]]),
        FTPCase(
            "a NUL ends what a command says", "STOR a\u{0}b\r\n", .client,
            ["ftp.request.arg": ["a"], "_ws.string.trailing_stray_characters": ["1"]]),
        FTPCase(
            "NULs alone are no stray bytes", "250 a\u{0}\u{0}\r\n", .server,
            ["ftp.response.arg": ["a"], "_ws.string.trailing_stray_characters": []]),
        FTPCase(
            "filters compare control characters", "STOR \u{1B}[2J\r\n", .client, ["ftp.request.arg": ["\u{1B}[2J"]]
        ),
    ]
}

@Suite struct FTPTests {
    @Test func `control characters are printed, not obeyed`() throws {
        let row = try #require(Registry.rows(named: "ftp.request.arg").first).row
        #expect(row.plainText(of: .text("\u{1B}[2J\u{7F}")) == "\\x1b[2J\\x7f")
        // JSON writes them its own way.
        let escaped = String(writing: { row.appendPlain(.text("\u{1B}\u{7F}"), isEscapedLater: true, to: &$0) })
        #expect(escaped == "\u{1B}\u{7F}")
    }

    @Test(arguments: FTPCase.all)
    func `fields are read from every line of a frame`(_ example: FTPCase) {
        for (name, values) in example.values.sorted(by: { $0.key < $1.key }) {
            #expect(example.frame.values(name, .ethernet, FrameFacts(.ftp, example.sender)) == values, "\(name)")
        }
    }

    @Test func `the verb is found behind Telnet's interruption`() {
        let payload = [0xFF, 0xF4, 0xFF, 0xF2] + Frame.text("ABOR\r\n")
        let frame = Frame.ethernet(0x0800, Frame.ipv4(6, Frame.tcp(payload)))
        #expect(frame.values("ftp.request.command", .ethernet, FrameFacts(.ftp, .client)) == ["ABOR"])
    }

    @Test func `the argument's range is where it stands`() {
        let facts = FrameFacts(.ftp, .client)
        var found: [Range<Int>] = []
        Frame.user.forEachDetail(.ethernet, facts) { node, _, _ in
            if let node, node.row.name == "ftp.request.arg" { found.append(node.range) }
        }
        #expect(found.map { Array(Frame.user[$0]) } == [Frame.text("alice")])
    }
}
