import Bytes
import Testing

@testable import FTPProtocol

struct ServerReplyTests {
    private func features(_ machine: ServerMachine) -> [String] {
        machine.say("FEAT")
        return machine.wire.split(separator: "\r\n").dropFirst().dropLast().map { String($0.dropFirst()) }
    }

    @Test func `FEAT tells what is, with these settings`() {
        let plain = features(ServerMachine { $0.hasTLS = false })
        #expect(!plain.contains { ["AUTH TLS", "PBSZ", "PROT", "CCC", "SITE SYMLINK", "SITE WHO"].contains($0) })
        let all = features(
            ServerMachine {
                ($0.allowsSymbolicLinks, $0.showsSessions) = (true, true)
            })
        #expect(Set(all).subtracting(plain) == ["AUTH TLS", "PBSZ", "PROT", "CCC", "SITE SYMLINK", "SITE WHO"])
        #expect(!features(ServerMachine { $0.requiresTLS = true }).contains("CCC"))
    }

    @Test func `every command that FEAT names is known`() {
        let machine = ServerMachine.loggedIn()
        for feature in features(machine) where !["TVFS", "UTF8"].contains(feature) {
            let verb = feature.split(separator: " ").first.map(String.init) ?? ""
            let codes = machine.say("HELP \(verb)")
            #expect(codes == [214], "\(feature)")
        }
    }

    @Test func `OPTS MLST answers with the facts that will be sent, and FEAT marks them`() {
        let machine = ServerMachine.loggedIn()
        machine.say("OPTS MLST Type;SIZE;nosuch;")
        #expect(machine.wire == "200 MLST OPTS type;size;\r\n")
        #expect(features(machine).contains { $0.hasPrefix("MLST type*;size*;modify;") })
        machine.say("OPTS MLST")
        #expect(machine.wire == "200 MLST OPTS\r\n")
    }

    @Test func `LANG changes the language of replies, for those that exist`() {
        let machine = ServerMachine.loggedIn()
        machine.talk([("LANG xx", [504]), ("LANG zh-CN", [200])])
        machine.say("NOOP")
        #expect(machine.wire == "200 命令成功。\r\n")
        machine.talk([("LANG", [200])])
        machine.say("NOOP")
        #expect(machine.wire == "200 Command okay.\r\n")
    }

    @Test(
        arguments: [
            (["one"], "220 one\r\n"), (["one", "two"], "220-one\r\n220 two\r\n"),
            (["a", "220 b", "c"], "220-a\r\n 220 b\r\n220 c\r\n"),
            (["a\r\n230 in", "b\nc\0d"], "220-a  230 in\r\n220 b c d\r\n"), ([""], "220 \r\n"),
        ])
    func `no text can end a reply or begin another one`(lines: [String], wire: String) {
        var output: [UInt8] = []
        Reply(220, lines: lines.map { Array($0.utf8) }).append(to: &output)
        #expect(String(decoding: output, as: UTF8.self) == wire)
    }

    @Test func `the byte 255 is doubled, which Telnet takes for a command`() {
        var output: [UInt8] = []
        Reply(200, lines: [[0xFF, 0x61, 0xFF]]).append(to: &output)
        #expect(output == Array("200 ".utf8) + [0xFF, 0xFF, 0x61, 0xFF, 0xFF, 13, 10])
    }

    @Test func `quotes in a name are doubled`() {
        let machine = ServerMachine.loggedIn()
        machine.say(#"MKD a"b"#)
        #expect(machine.wire.hasPrefix(#"257 "/a""b" "#))
        machine.say(#"CWD a"b"#)
        machine.say("PWD")
        #expect(machine.wire.hasPrefix(#"257 "/a""b" "#))
    }

    @Test func `names keep their spaces`() {
        let machine = ServerMachine.loggedIn()
        machine.say("MKD  a ")
        #expect(machine.wire.hasPrefix(#"257 "/ a " "#))
    }

    @Test func `facts and answers to them`() throws {
        let machine = ServerMachine.loggedIn()
        var entry = FileEntry(name: Array("a".utf8), kind: .file, modified: FTPTime(seconds: 1_704_067_200))
        (entry.size, entry.mode, entry.rights, entry.device, entry.inode) = (5, 0o644, .readOnly, 1, 255)
        machine.files = { _ in .entry(entry) }
        machine.say("MLST a")
        let line = machine.wire.split(separator: "\r\n")[1]
        #expect(line == " type=file;size=5;modify=20240101000000;perm=r;unique=1gff;UNIX.mode=0644; /a")
        machine.say("MDTM a")
        #expect(machine.wire == "213 20240101000000\r\n")
        machine.files = { _ in .number(7) }
        machine.talk([("SIZE a", [550]), ("TYPE I", [200]), ("SIZE a", [213])])
        #expect(machine.wire == "213 7\r\n")
    }

    @Test(
        arguments: [
            ("MFMT 20240131120000 a b", FileAttributes(modified: FTPTime(seconds: 1_706_702_400)), "a b"),
            ("MFCT 20240131120000 a", FileAttributes(created: FTPTime(seconds: 1_706_702_400)), "a"),
            (
                "MFF Modify=20240131120000;unix.MODE=4755; a",
                FileAttributes(modified: FTPTime(seconds: 1_706_702_400), mode: 0o4755), "a"
            ),
            (
                "MFF create=20240131120000;UNIX.mode=7;modify=20240131120000; a;b",
                FileAttributes(
                    modified: FTPTime(seconds: 1_706_702_400), created: FTPTime(seconds: 1_706_702_400), mode: 7),
                "a;b"
            ),
        ])
    func `what was set is told as it is then`(command: String, wanted: FileAttributes, name: String) throws {
        let machine = ServerMachine.loggedIn()
        var asked: [FileRequest] = []
        machine.files = { request in
            asked.append(request)
            return .attributes(FileAttributes(modified: FTPTime(seconds: 0), mode: 0o1644))
        }
        machine.say(command)
        #expect(machine.wire == "213 Modify=19700101000000;UNIX.mode=01644; \(name)\r\n")
        #expect(asked == [.setAttributes(try #require(ServerPath("/\(name)")), wanted)])
    }

    @Test func `of facts that cannot all be set, none is`() {
        let machine = ServerMachine.loggedIn()
        var asked: [FileRequest] = []
        machine.files = { request in
            asked.append(request)
            return .done
        }
        machine.talk([
            ("MFF UNIX.mode=644;size=5; a", [504]), ("MFF modify=yesterday; a", [504]),
            ("MFF UNIX.mode=644;modify=20241331120000; a", [504]), ("MFF UNIX.mode=99999; a", [504]),
            ("MFF a", [501]), ("MFF", [501]), ("MFF ; a", [501]),
        ])
        #expect(asked.isEmpty)
    }

    @Test func `a listing that a reply cannot hold is not passed for a whole one`() {
        let machine = ServerMachine.loggedIn()
        for (isCut, end) in [(false, "213 End of status."), (true, "213 There is more; LIST gives all of it.")] {
            machine.files = { _ in .lines(Array("-rw a\r\n".utf8), isCut: isCut) }
            machine.say("STAT a")
            #expect(machine.wire == "213-Status of a\r\n -rw a\r\n\(end)\r\n")
        }
    }

    @Test func `only what is there, and a file, can be copied from`() {
        let machine = ServerMachine.loggedIn()
        machine.files = { _ in .failed(.notFound) }
        machine.talk([("SITE CPFR a", [550]), ("SITE CPTO b", [503])])
        machine.files = { _ in .entry(FileEntry(name: [], kind: .directory, modified: FTPTime(seconds: 0))) }
        machine.talk([("SITE CPFR a", [550]), ("SITE CPTO b", [503])])
        machine.files = { _ in .entry(FileEntry(name: [], kind: .file, modified: FTPTime(seconds: 0))) }
        machine.talk([("SITE CPFR a", [350])])
        machine.files = { _ in .done }
        machine.talk([("SITE CPTO b", [250]), ("SITE CPTO b", [503])])
    }

    @Test func `a range that ends before it begins is none`() {
        let machine = ServerMachine.loggedIn()
        machine.files = { _ in .digest([1], 0..<1) }
        machine.talk([
            (#"XCRC "a" 5 4"#, [501]), (#"XMD5 "a" 5 5"#, [250]), (#"XMD5 "a" 5"#, [250]), (#"XMD5 a"#, [250]),
        ])
    }

    @Test(
        "numbers as large as can be written are no harm",
        arguments: ["0", "9223372036854775807", "9223372036854775808", "18446744073709551615", "99999999999999999999"])
    func largeNumbers(number: String) {
        let machine = ServerMachine.loggedIn()
        machine.say("TYPE I")
        for command in [
            "XCRC \"a\" \(number)", "XMD5 \"a\" \(number) \(number)", "XSHA1 \"a\" \(number) 1", "REST \(number)",
            "HASH a",
            "RANG \(number) \(number)", "HASH a", "RANG 0 \(number)", "ALLO \(number)", "PBSZ \(number)",
            "SITE IDLE \(number)",
            "OPTS MODE Z LEVEL \(number)", "MDTM \(number) a", "MFMT \(number) a", "SITE UTIME \(number) a",
            "EPSV \(number)",
        ] {
            #expect(machine.say(command).count == 1, "\(command)")
        }
    }
}
