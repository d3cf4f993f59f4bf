import Bytes
import Testing

@testable import FTPProtocol

struct ServerSessionTests {
    @Test func `a login goes name, password, in, and anything else is told what is missing`() {
        ServerMachine().talk([
            ("PASS right", [503]), ("PWD", [530]), ("USER somebody", [331]), ("LIST", [530]), ("PASS right", [230]),
            ("PASS right", [503]), ("ACCT x", [202]), ("PWD", [257]), ("USER other", [331]), ("PWD", [530]),
            ("PASS right", [230]), ("QUIT", [221]), ("NOOP", []),
        ])
    }

    @Test func `the third wrong password ends it, and a right one in between begins the count anew`() {
        let machine = ServerMachine()
        for password in ["no", "no", "right", "no", "no", "no"] {
            machine.say("USER somebody")
            let codes = machine.say("PASS \(password)")
            #expect(codes.first == (password == "right" ? 230 : 530))
        }
        #expect(machine.replies.map(\.code) == [530, 421])
        #expect(machine.session.isClosed)
    }

    @Test func `names are answered alike whether they exist or not`() {
        let machine = ServerMachine()
        machine.say("USER somebody")
        let first = machine.wire
        machine.say("USER nobody")
        #expect(machine.wire == first)
    }

    @Test(
        arguments: [
            "ACCT x", "CWD /", "CDUP", "SMNT /", "PORT 192,0,2,1,8,0", "PASV", "EPSV", "EPRT |1|192.0.2.1|2048|",
            "RETR a", "STOR a", "STOU", "APPE a", "ALLO 1", "REST 1", "RNFR a", "RNTO a", "ABOR", "DELE a", "RMD a",
            "MKD a", "PWD", "LIST", "NLST", "MLSD", "MLST", "SITE CHMOD 644 a", "STAT", "STAT a", "SIZE a", "MDTM a",
            "MFMT 20240101000000 a", "COMB a b", "AVBL", "DSIZ", "HASH a", "XCRC a", "RMDA a", "TYPE I", "RANG 0 1",
        ])
    func `nothing of files is done or told before the login`(line: String) {
        let machine = ServerMachine()
        let codes = machine.say(line)
        #expect(codes == (line == "ACCT x" ? [202] : [530]))
        #expect(machine.actions.isEmpty)
    }

    @Test func `what tells nothing of files is answered to everybody`() {
        ServerMachine().talk([
            ("SYST", [215]), ("FEAT", [211]), ("HELP", [214]), ("HELP STOR", [214]), ("HELP NOSUCH", [504]),
            ("NOOP", [200]), ("HOST known", [220]), ("HOST unknown", [504]), ("HOST a b", [501]), ("USER a", [331]),
            ("HOST known", [503]),
        ])
    }

    @Test(arguments: ["GET / HTTP/1.1", "POST / HTTP/1.0", "head /", "OPTIONS *", "CONNECT a:21", "PUT /", "DELETE /"])
    func `a browser that was tricked into speaking to us is shown the door`(line: String) {
        for machine in [ServerMachine(), .loggedIn()] {
            machine.talk([(line, [421]), ("USER a", [])])
            #expect(machine.session.isClosed)
        }
    }

    @Test(
        arguments: [
            ("", 500), ("1", 500), ("NOSUCH", 500), ("TOOLONGVERB a", 500), ("MAIL a", 502), ("REIN\u{1}", 220),
            ("TYPE", 501), ("PORT", 501), ("CWD a\0b", 501), ("CWD a\rQUIT", 501),
        ] as [(String, UInt16)])
    func `what is no command, or has no argument, is told so`(line: String, code: UInt16) {
        ServerMachine.loggedIn().talk([(line, [code])])
    }

    @Test func `a line that is too long is refused whole, and the next one is taken`() {
        let machine = ServerMachine.loggedIn()
        var line = ServerMachine.line(Array("DELE a".utf8))
        line.isTruncated = true
        let codes = machine.feed(.line(line))
        #expect(codes == [500])
        #expect(!machine.actions.contains { if case .perform = $0 { true } else { false } })
        machine.talk([("NOOP", [200])])
    }

    @Test func `REIN leaves nothing of the user or of what was agreed on`() throws {
        let machine = ServerMachine.loggedIn()
        machine.talk([
            ("TYPE I", [200]), ("MODE Z", [200]), ("CWD /deep", [250]), ("REST 5", [350]), ("PASV", [227]),
            ("EPSV ALL", [200]), ("REIN", [220]), ("PWD", [530]), ("USER a", [331]), ("PASS right", [230]),
            ("PORT 192,0,2,1,8,0", [200]), ("RETR a", [150]),
        ])
        let request = try #require(machine.request)
        #expect(request.path == ServerPath("/a"))
        #expect(request.type == .initial && request.mode == .initial && request.offset == 0)
        #expect(machine.actions.contains { if case .loggedOut = $0 { true } else { false } })
        #expect(machine.actions.contains { if case .stopListening = $0 { true } else { false } })
    }

    @Test func `REIN undoes HOST, AUTH, PROT and SITE IDLE`() {
        for isSecure in [false, true] {
            let machine = ServerMachine()
            machine.talk([("HOST known", [220])])
            if isSecure {
                machine.talk([("AUTH TLS", [234])])
                machine.feed(.secured)
                machine.talk([("PBSZ 0", [200]), ("PROT P", [200])])
            }
            machine.talk([
                ("USER a", [331]), ("PASS right", [230]), ("SITE IDLE 100", [200]), ("REIN", [220]),
            ])
            #expect(machine.session.protection == .clear && machine.session.idleSeconds == nil)
            #expect(machine.actions.contains { if case .letTLSEnd = $0 { true } else { false } } == isSecure)
            if isSecure {
                machine.talk([("PROT P", [503]), ("AUTH TLS", [503])])
                machine.feed(.unsecured)
            }
            #expect(machine.actions.contains { if case .reinitialize = $0 { true } else { false } })
            machine.talk([("PBSZ 0", [503]), ("AUTH TLS", [234])])
            machine.feed(.secured)
            machine.talk([("PROT P", [503]), ("PBSZ 0", [200]), ("PROT P", [200])])
        }
    }

    @Test func `a login that began under TLS does not end in clear`() {
        let machine = ServerMachine { $0.requiresTLS = true }
        machine.talk([("AUTH TLS", [234])])
        machine.feed(.secured)
        machine.talk([("REIN", [220]), ("USER a", [331])])
        machine.feed(.unsecured)
        machine.talk([("PASS right", [503])])
        #expect(!machine.session.hasLoggedIn)
    }

    @Test func `REIN leaves TLS that was there before the first word`() {
        let machine = ServerMachine(isSecure: true)
        machine.talk([("USER a", [331]), ("PASS right", [230]), ("REIN", [220]), ("PWD", [530]), ("PROT P", [200])])
        #expect(machine.session.isSecure && machine.session.protection == .private)
    }

    @Test(arguments: [["RNFR nope"], ["RNFR"], ["NOOP"], ["RNTO"], ["RNTO taken"]])
    func `RNTO is about the RNFR right before it, and only if that has succeeded`(between: [String]) {
        let machine = ServerMachine.loggedIn()
        let (nope, taken) = (ServerPath("/nope"), ServerPath("/taken"))
        machine.files = { request in
            switch request {
            case .mayRename(let path) where path == nope: .failed(.notFound)
            case .rename(_, let path) where path == taken: .failed(.exists)
            default: nil
            }
        }
        machine.talk([("RNFR a", [350])])
        for line in between { machine.say(line) }
        machine.talk([("RNTO b", [503]), ("RNFR a", [350]), ("RNTO b", [250])])
    }

    @Test(arguments: ["REST x", "CWD nope", "SIZE nope"])
    func `where to begin is forgotten when a command fails`(line: String) throws {
        let machine = ServerMachine.loggedIn()
        machine.files = { request in
            switch request {
            case .mayEnter, .size: .failed(.notFound)
            default: nil
            }
        }
        machine.talk([("TYPE I", [200]), ("PORT 192,0,2,1,8,0", [200]), ("REST 5", [350])])
        machine.say(line)
        machine.talk([("RETR a", [150])])
        #expect(machine.request?.offset == 0)
    }

    @Test func `EPSV ALL takes back a PORT`() {
        ServerMachine.loggedIn().talk([("PORT 192,0,2,1,8,0", [200]), ("EPSV ALL", [200]), ("RETR a", [425])])
    }

    @Test func `MDTM asks of a file whose name begins like a time before it sets one`() {
        let machine = ServerMachine.loggedIn()
        var isThere = true
        machine.files = { request in
            guard case .entry = request else { return nil }
            return isThere
                ? .entry(FileEntry(name: [], kind: .file, modified: FTPTime(seconds: 0, nanoseconds: 0)))
                : .failed(.notFound)
        }
        let line = "MDTM 20200101000000 h"
        machine.say(line)
        #expect(machine.wire.contains("19700101000000"))
        isThere = false
        machine.say(line)
        #expect(machine.wire.contains("The time is set"))
    }

    @Test func `what comes too late, or after the end, changes nothing`() {
        let late: [ServerEvent] = [
            .connected, .performed(.done), .authenticated(.accepted(directory: .root, message: nil)),
            .listening(Endpoint(ServerMachine.peer, 1)), .notListening, .notPrepared(.failed),
            .prepared(PreparedTransfer(path: .root, size: nil)), .marker([], 0), .transferEnded(.complete(0)),
            .hostSelected(nil), .secured, .unsecured, .sessions([]),
        ]
        let machine = ServerMachine()
        let closed = ServerMachine()
        closed.say("QUIT")
        for event in late + [.idle, .shutdown] {
            #expect(closed.feed(event).isEmpty)
        }
        for event in late { #expect(machine.feed(event).isEmpty) }
        #expect(closed.actions.count == 1 && machine.actions.isEmpty)
        #expect(!machine.session.hasLoggedIn && !machine.session.isSecure)
    }

    @Test func `an idle session and one that the server ends are told 421, one with a transfer ends it first`() {
        for event in [ServerEvent.idle, .shutdown] {
            let machine = ServerMachine.loggedIn()
            #expect(machine.feed(event) == [421])
            #expect(machine.session.isClosed)
        }
        let machine = ServerMachine.loggedIn()
        machine.talk([("PASV", [227]), ("RETR a", [150])])
        #expect(machine.feed(.shutdown).isEmpty)
        #expect(machine.feed(.transferEnded(.complete(1))) == [226, 421])
        #expect(machine.session.isClosed)
    }

    @Test func `files are combined with each one once`() {
        ServerMachine.loggedIn().talk([
            ("COMB a b c", [250]), ("COMB a b b", [553]), ("COMB a a", [553]), ("COMB a", [501]),
        ])
    }

    @Test func `the idle limit that was asked for is told`() {
        let machine = ServerMachine.loggedIn()
        machine.talk([("SITE IDLE", [200]), ("SITE IDLE 77", [200]), ("SITE IDLE", [200])])
        #expect(machine.wire.contains("77 s"))
        machine.talk([("SITE IDLE 5", [501]), ("SITE IDLE x", [501])])
    }
}
