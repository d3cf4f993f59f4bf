import FTPProtocol
import Testing

@Suite struct CommandTests {
    @Test(arguments: [
        ("USER anonymous", "USER", "anonymous"), ("retr  two spaces", "RETR", " two spaces"),
        ("CWD  lead and trail ", "CWD", " lead and trail "), ("PASV", "PASV", ""), ("PASV ", "PASV", ""),
        ("  \t noop", "NOOP", ""), ("\u{0}\u{1}QUIT", "QUIT", ""), ("MD5 f", "MD5", "f"), ("PWD\r\n", "PWD", ""),
        ("LIST\t-la", "LIST", "-la"), ("RETR 文件", "RETR", "文件"), ("XSHA256 f", "XSHA256", "f"),
    ])
    func `a line splits into verb and argument`(line: String, verb: String, argument: String) throws {
        let command = try #require(Command(line: line.utf8))
        #expect(command.verb.description == verb)
        #expect(command.argument == Array(argument.utf8))
        #expect(command.argumentText == argument)
    }

    @Test(arguments: ["", " ", "AB", "220 ready", "(PASV)", "TOOLONGVERB x", "GET/x", "USER:a", "文件", "\u{0}", "-la"])
    func `a line without a verb is no command`(line: String) {
        #expect(Command(line: line.utf8) == nil)
    }

    @Test func `bytes that are no UTF-8 are repaired for eyes only`() throws {
        let command = try #require(Command(line: Array("RETR ".utf8) + [0xB0, 0x41, 0x1B]))
        #expect(command.argument == [0xB0, 0x41, 0x1B])
        #expect(command.argumentText == "\\xb0A\\x1b")
    }

    @Test(arguments: [
        ("PASS secret", true), ("pass", true), ("ACCT x", true), ("ADAT QUJD", true), ("SITE CHPASS a b", true),
        ("site pswd old new", true), ("SITE  PSWD x", true), ("SITE CHMOD 644 f", false), ("SITE", false),
        ("USER x", false), ("RETR PASS", false), ("MIC UEFTUw==", true),
    ])
    func `passwords are secret wherever they stand`(line: String, isSecret: Bool) throws {
        #expect(try #require(Command(line: line.utf8)).isSecret == isSecret)
    }

    @Test func `a command goes over the wire and comes back`() throws {
        let argument = Array(" name ".utf8) + [0x80, 0xFE]
        let wire = try #require(Command("STOR", argument).wireForm)
        #expect(wire == Array("STOR ".utf8) + argument + [13, 10])
        #expect(Command(line: wire) == Command("STOR", argument))
        #expect(Command("NOOP").wireForm == Array("NOOP\r\n".utf8))
        #expect(Command("RETR", [255]).wireForm == Array("RETR ".utf8) + [255, 255, 13, 10])
    }

    @Test(arguments: ["a\r\nDELE b", "a\nb", "a\rb", "a\0b"])
    func `an argument that would become a second command is not sent`(argument: String) {
        #expect(Command("RETR", Array(argument.utf8)).wireForm == nil)
    }
}

@Suite struct DisplayTextTests {
    @Test(arguments: ["", "plain", "C:\\dir", "文件.txt", "naïve", "🙂"])
    func `text that is safe stays as it is`(text: String) {
        #expect(displayText(text.utf8) == text)
    }

    @Test(arguments: [
        ("\u{1B}[31m", "\\x1b[31m"), ("\u{7F}", "\\x7f"), ("a\tb", "a\\x09b"), ("\u{9B}2J", "\\u{9b}2J"),
        ("\u{202E}txt.exe", "\\u{202e}txt.exe"), ("a\u{200B}b", "a\\u{200b}b"), ("\u{2028}", "\\u{2028}"),
        ("\u{FEFF}x", "\\u{feff}x"), ("\u{E0041}", "\\u{e0041}"),
    ])
    func `what could deceive a reader becomes visible`(text: String, shown: String) {
        #expect(displayText(text.utf8) == shown)
    }

    @Test(
        arguments: [
            ([0xFF], "\\xff"), ([0xC0, 0x80], "\\xc0\\x80"), ([0xE6, 0x96], "\\xe6\\x96"),
            ([0xED, 0xA0, 0x80], "\\xed\\xa0\\x80"), ([0xF5, 0x80, 0x80, 0x80], "\\xf5\\x80\\x80\\x80"),
            ([0xE0, 0x80, 0x80], "\\xe0\\x80\\x80"), ([0x41, 0x80, 0x42], "A\\x80B"),
            ([0xF4, 0x90, 0x80, 0x80], "\\xf4\\x90\\x80\\x80"),
        ] as [([UInt8], String)])
    func `bytes that are no UTF-8 are shown one by one`(bytes: [UInt8], shown: String) {
        #expect(displayText(bytes) == shown)
    }
}
