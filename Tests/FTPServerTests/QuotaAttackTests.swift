import FTPStorage
import Foundation
import Testing

/// Ways to store more than is allowed.
struct QuotaAttackTests {
    private let folder: ScratchFolder
    private let limit = 100_000

    init() throws { folder = try ScratchFolder() }

    private func with(_ body: (RawClient, () throws -> RawClient) throws -> Void) throws {
        var setup = ServerSetup()
        setup.quota = Quota(.init(bytes: UInt64(limit), files: 20), bytes: 0, files: 0)
        try setup.serve(folder) { _, port in
            try body(try setup.client(port)) { try setup.client(port) }
        }
    }

    private static func text(_ count: Int) -> String { String(repeating: "x", count: count) }

    /// Bytes that are really there.
    private var stored: Int { folder.names().reduce(0) { $0 + (folder.text($1)?.utf8.count ?? 0) } }

    private func expectWithin(_ what: String, _ location: SourceLocation = #_sourceLocation) {
        #expect(stored <= limit, "\(what)", sourceLocation: location)
    }

    @Test func `nothing but an upload that fits is whole, whatever command brings it`() throws {
        try with { client, _ in
            #expect(client.store("STOR a", Self.text(90_000)) == 226)
            for (prelude, command) in [
                ("NOOP", "STOR b"), ("NOOP", "STOR a"), ("NOOP", "APPE a"), ("NOOP", "APPE c"),
                ("REST 80000", "STOR a"),
                ("NOOP", "STOU a"), ("NOOP", "STOU"),
            ] {
                _ = client.say(prelude)
                #expect(client.store(command, Self.text(30_000)) == 552, "\(prelude), \(command)")
                expectWithin("\(prelude), \(command)")
            }
            #expect(client.say("REST 99999999999") == 350)
            #expect(client.store("STOR a", "x") == 554)
            #expect(client.say("SITE COPY a copy") == 552)
            expectWithin("SITE COPY")
            #expect(client.store("STOR d", Self.text(10_000)) == 226)
            #expect(client.say("SITE COPY d e") == 552)
            #expect(client.say("SITE CPFR d") == 350)
            #expect(client.say("SITE CPTO e") == 552)
            #expect(client.say("COMB a d") == 552)
            expectWithin("COMB")
            #expect(folder.text("a")?.count == 90_000 && folder.text("d")?.count == 10_000)
        }
    }

    @Test func `what an upload is writing is nobody's to delete, rename or write, whatever it is called`() throws {
        try with { client, another in
            let other = try another()
            for (command, part, name) in [
                ("STOR a", "a.wharf-part", "a"), ("STOU", "upload.wharf-part", "upload"),
                ("APPE whole", "whole", "whole"),
            ] {
                if name == "whole" { #expect(client.store("STOR whole", "begun ") == 226) }
                let data = try #require(client.passive())
                #expect(client.say(command) == 150)
                data.send(Self.text(1000))
                wait { (folder.text(part)?.utf8.count ?? 0) >= 1000 }
                for refused in ["DELE \(part)", "RMDA /"] {
                    let code = other.say(refused)
                    #expect(code == 450 || code == 550, "\(refused)")
                }
                #expect(other.say("RNFR \(part)") == 350 && other.say("RNTO stolen") == 450)
                #expect(other.store("STOR \(name)", "mine") != 226, "\(command)")
                data.send(Self.text(1000))
                data.finish()
                #expect(client.code() == 226)
                #expect(folder.text(name)?.hasSuffix(Self.text(2000)) == true, "\(command)")
                #expect(client.say("DELE \(name)") == 250)
            }
            // What was refused at its end can be gone on with.
            #expect(folder.names() == ["whole.wharf-part"] && other.say("DELE whole.wharf-part") == 250)
            #expect(client.store("STOR full", Self.text(limit)) == 226)
            #expect(client.store("STOR more", "x") == 552)
        }
    }

    @Test func `renaming over a file frees what it held, once`() throws {
        try with { client, _ in
            for name in ["a", "b"] { #expect(client.store("STOR \(name)", Self.text(50_000)) == 226) }
            #expect(client.store("STOR c", "x") == 552)
            #expect(client.say("RNFR a") == 350 && client.say("RNTO b") == 250)
            for _ in 0..<3 { #expect(client.say("RNFR b") == 350 && client.say("RNTO b") == 250) }
            #expect(client.store("STOR c", Self.text(50_000)) == 226)
            #expect(client.store("STOR d", "x") == 552)
            expectWithin("RNTO")
        }
    }

    @Test func `what is cut, deleted or written over again and again is not given back twice`() throws {
        try with { client, _ in
            for round in 0..<5 {
                #expect(client.store("STOR a", Self.text(40_000)) == 226)
                #expect(client.store("STOR b", Self.text(70_000)) == 552, "round \(round)")
                expectWithin("round \(round)")
                let data = try #require(client.passive())
                #expect(client.say("STOR c") == 150)
                data.send(Self.text(10_000))
                client.send("ABOR\r\n")
                #expect([226, 426].contains(client.code()))
                #expect([225, 226].contains(client.code()))
                #expect(client.say("DELE nosuch") == 550)
            }
            for name in folder.names() { #expect(client.say("DELE \(name)") == 250, "\(name)") }
            #expect(client.ask("AVBL") == "213 \(limit)")
            #expect(client.store("STOR a", Self.text(limit)) == 226)
            #expect(client.store("APPE a", "x") == 552)
        }
    }

    @Test func `uploads side by side share the room, and all together get no more`() throws {
        try with { client, another in
            let clients = try [client] + (0..<4).map { _ in try another() }
            let uploads = try clients.enumerated().map { number, client in
                let data = try #require(client.passive())
                #expect(client.say("STOR \(number)") == 150)
                return data
            }
            for data in uploads {
                data.send(Self.text(40_000))
                data.finish()
            }
            let codes = clients.map { $0.code() }
            #expect(codes.count { $0 == 226 } == 2, "\(codes)")
            #expect(codes.count { $0 == 552 } == 3, "\(codes)")
            expectWithin("uploads side by side")
        }
    }

    @Test func `as many files as are allowed can be made and no more, by whatever command`() throws {
        try with { client, _ in
            for number in 0..<10 { #expect(client.say("MKD d\(number)") == 257) }
            for number in 0..<10 { #expect(client.store("STOR f\(number)", "") == 226) }
            #expect(client.say("MKD more") == 552)
            for command in ["STOR more", "APPE more", "STOU more"] { #expect(client.store(command, "") == 552) }
            #expect(client.say("SITE COPY f0 more") == 552)
            #expect(folder.names().count == 20)
        }
    }

    @Test func `an upload that meets the limit in the middle says so, and what came before is kept`() throws {
        var setup = ServerSetup()
        setup.quota = Quota(.init(bytes: 3_000_000), bytes: 0, files: 0)
        try setup.serve(folder) { _, port in
            let client = try setup.client(port)
            #expect(client.store("STOR f", Self.text(10_000_000)) == 552)
            #expect(folder.names() == ["f.wharf-part"])
            let kept = stored
            #expect(kept > 0 && kept <= 3_000_000)
            #expect(client.ask("SIZE f") == "213 \(kept)")
            #expect(client.say("REST \(kept)") == 350)
            #expect(client.store("STOR f", Self.text(3_000_000 - kept)) == 226)
            #expect(folder.names() == ["f"] && stored == 3_000_000)
        }
    }
}
