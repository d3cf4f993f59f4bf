import Bytes
import Testing

@testable import FTPProtocol

struct ServerTransferSessionTests {
    private func machine(_ lines: String...) -> ServerMachine {
        let machine = ServerMachine.loggedIn()
        for line in lines { machine.say(line) }
        return machine
    }

    @Test func `an offset holds for the next transfer and for no other`() {
        let machine = machine("TYPE I")
        machine.talk([("REST 100", [350]), ("PASV", [227]), ("RETR a", [150])])
        #expect(machine.request?.offset == 100)
        machine.feed(.transferEnded(.complete(1)))
        machine.talk([("PASV", [227]), ("RETR a", [150])])
        #expect(machine.request?.offset == 0)
    }

    @Test func `an offset is gone after a transfer that failed, or another command`() {
        let machine = machine("TYPE I", "PASV")
        machine.refusal = .notFound
        machine.talk([("REST 100", [350]), ("RETR a", [550])])
        machine.refusal = nil
        machine.talk([("RETR a", [150])])
        #expect(machine.request?.offset == 0)
        machine.feed(.transferEnded(.noConnection))
        for line in ["DELE b", "NOSUCH", "MKD b", "LANG en", "RNFR b", "RANG 1 0"] {
            machine.say("REST 100")
            machine.say(line)
            machine.talk([("PASV", [227]), ("RETR a", [150])])
            #expect(machine.request?.offset == 0, "\(line)")
            machine.feed(.transferEnded(.aborted))
        }
    }

    @Test(
        arguments: [
            (["TYPE A", "REST 1"], 504), (["TYPE A", "REST 0"], 350), (["TYPE I", "STRU R", "REST 1"], 504),
            (["TYPE I", "REST -1"], 501), (["TYPE I", "REST x"], 501), (["TYPE I", "REST 99999999999999999999"], 501),
            (["TYPE I", "REST 5", "APPE a"], 450), (["TYPE I", "REST 5", "STOU"], 450),
            (["TYPE I", "REST 5", "STOR a"], 150), (["TYPE I", "REST 5", "TYPE A", "RETR a"], 504),
            (["TYPE I", "RANG 5 9"], 350), (["TYPE I", "RANG 9 5"], 501), (["TYPE I", "RANG 5"], 501),
            (["TYPE A", "RANG 5 9"], 504), (["TYPE I", "RANG 1 0"], 350), (["REST"], 501), (["RANG"], 501),
        ] as [([String], UInt16)])
    func `offsets are taken where bytes can be counted`(lines: [String], code: UInt16) {
        let machine = machine("PASV")
        for line in lines { machine.say(line) }
        #expect(machine.replies.map(\.code.rawValue) == [code])
    }

    @Test func `a range is of its first byte up to its last`() {
        let machine = machine("TYPE I", "RANG 5 9", "PASV", "RETR a")
        #expect(machine.request?.offset == 5 && machine.request?.length == 5)
    }

    @Test func `a port that was given back is none`() {
        let machine = machine("PASV")
        machine.feed(.portExpired)
        machine.talk([("RETR a", [425]), ("PORT 192,0,2,1,20,20", [200])])
        machine.feed(.portExpired)
        machine.talk([("RETR a", [150])])
    }

    @Test func `ABOR without a transfer has nothing to do, and the port is closed`() {
        machine("PASV").talk([("ABOR", [225]), ("RETR a", [425])])
    }

    @Test(
        arguments: [
            (.aborted, [426, 226]), (.connectionLost, [426, 226]), (.noConnection, [425, 226]),
            (.complete(5), [226, 225]),
        ] as [(TransferOutcome, [UInt16])])
    func `ABOR in a transfer is answered behind the transfer's own end`(outcome: TransferOutcome, codes: [UInt16]) {
        let machine = machine("PASV", "RETR a")
        machine.talk([("ABOR", [])])
        #expect(machine.isAborted)
        #expect(machine.feed(.transferEnded(outcome)) == codes)
        machine.talk([("NOOP", [200])])
    }

    @Test func `a second ABOR waits for the first one's answer`() {
        let machine = machine("PASV", "RETR a")
        let abort = ServerMachine.line(Array("ABOR".utf8))
        #expect(machine.session.interrupts(abort))
        machine.say("ABOR")
        #expect(!machine.session.interrupts(abort))
        machine.feed(.transferEnded(.aborted))
        machine.talk([("ABOR", [225])])
    }

    @Test func `STAT tells of the transfer under way, QUIT waits for its end`() {
        let machine = machine("PASV", "STOR a")
        machine.talk([("STAT", [211])])
        #expect(machine.wire.contains("Receiving /a"))
        machine.talk([("QUIT", [])])
        #expect(machine.feed(.transferEnded(.complete(1))) == [226, 221])
        #expect(machine.session.isClosed)
    }

    @Test(arguments: ["NOOP", "STAT a", "RETR b", "PASV", "TYPE I", ""])
    func `other commands wait for the end of a transfer`(line: String) {
        let machine = machine("PASV", "RETR a")
        #expect(!machine.session.interrupts(ServerMachine.line(Array(line.utf8))))
        #expect(!machine.session.isReady)
    }

    @Test(
        arguments: [
            (.complete(1), 226), (.noConnection, 425), (.tlsFailed, 425), (.sessionNotReused, 522),
            (.connectionLost, 426), (.stalled, 426), (.aborted, 426), (.malformed, 451), (.fileFailed(.noSpace), 452),
            (.fileFailed(.quotaExceeded), 552), (.fileFailed(.notFound), 451),
        ] as [(TransferOutcome, UInt16)])
    func `each end has its code`(outcome: TransferOutcome, code: UInt16) {
        #expect(machine("PASV", "RETR a").feed(.transferEnded(outcome)) == [code])
    }

    @Test(
        arguments: [
            (.notFound, 550), (.busy, 450), (.exhausted, 451), (.noSpace, 452), (.quotaExceeded, 552),
            (.nameTooLong, 553), (.beyondEnd, 554), (.unsupported, 504), (.forbidden, 550),
        ] as [(FileError, UInt16)])
    func `what cannot be opened is told, and the data port stays for another try`(error: FileError, code: UInt16) {
        let machine = machine("PASV")
        machine.refusal = error
        machine.talk([("RETR a", [code])])
        machine.refusal = nil
        machine.talk([("RETR a", [150])])
    }

    @Test func `a unique name is told in the form that RFC 1123 has`() {
        let machine = machine("PASV", "STOU some name")
        #expect(machine.wire == "150 FILE: some name\r\n")
    }

    @Test func `a marker of the client is answered with its own and ours`() {
        let machine = machine("PASV", "STOR a")
        machine.feed(.marker(Array("m1".utf8), 77))
        #expect(machine.wire == "110 MARK m1 = 77\r\n")
    }

    @Test func `RNTO needs the RNFR just before it, of something that is there`() {
        let machine = machine()
        machine.talk([
            ("RNTO b", [503]), ("RNFR a", [350]), ("RNTO b", [250]), ("RNTO c", [503]), ("RNFR a", [350]),
            ("NOOP", [200]), ("RNTO b", [503]),
        ])
        machine.files = { _ in .failed(.notFound) }
        machine.talk([("RNFR a", [550]), ("RNTO b", [503])])
    }

    @Test(
        arguments: [
            ("TYPE A", 200), ("TYPE A T", 200), ("TYPE A C", 504), ("TYPE E", 200), ("TYPE I", 200), ("TYPE L 8", 200),
            ("TYPE L 36", 504), ("TYPE L", 501), ("TYPE X", 501), ("TYPE I N", 501), ("STRU F", 200), ("STRU R", 200),
            ("STRU P", 504), ("STRU X", 501), ("MODE S", 200), ("MODE B", 200), ("MODE C", 200), ("MODE Z", 200),
            ("MODE X", 504), ("ALLO 5", 202), ("ALLO 5 R 7", 202), ("ALLO x", 501), ("OPTS MODE Z LEVEL 9", 200),
            ("OPTS MODE Z LEVEL 10", 501), ("OPTS UTF8 ON", 200), ("OPTS UTF8 OFF", 504), ("OPTS X", 501),
            ("OPTS HASH MD5", 200), ("OPTS HASH X", 501),
        ] as [(String, UInt16)])
    func `types, structures, modes and options`(line: String, code: UInt16) {
        machine().talk([(line, [code])])
    }
}
