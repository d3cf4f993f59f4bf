import Bytes
import Foundation
import Testing
import Transport

@testable import FTPServer

/// TLS between a client and a server of this process.
struct ServerTLSTests {
    private let folder: ScratchFolder
    private let certificate: OwnCertificate

    init() throws {
        folder = try ScratchFolder()
        certificate = try Self.certificate(folder, "server")
    }

    private static func certificate(_ folder: ScratchFolder, _ name: String) throws -> OwnCertificate {
        let place = "\(folder.path)/\(name)"
        try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: false)
        return try OwnCertificate(in: place, hostNames: [name])
    }

    private func setup(_ change: (inout TLSContext.Settings) -> Void = { _ in }) throws -> ServerSetup {
        var settings = TLSContext.Settings(certificatePath: certificate.certificatePath, keyPath: certificate.keyPath)
        change(&settings)
        var setup = ServerSetup()
        setup.tls = try TLSContext(settings)
        return setup
    }

    /// A client that has shaken hands, is logged in, and protects its data.
    private func client(_ port: UInt16, _ tls: ClientTLS) throws -> RawClient {
        let client = try #require(RawClient(port: port))
        #expect(client.code() == 220)
        #expect(client.say("AUTH TLS") == 234)
        #expect(client.startTLS(tls))
        #expect(client.user() && client.say("PBSZ 0") == 200 && client.say("PROT P") == 200)
        return client
    }

    private func clientTLS(_ certificate: OwnCertificate? = nil, protocols: [String] = []) throws -> ClientTLS {
        try #require(ClientTLS(certificate, protocols: protocols))
    }

    // MARK: - The handshake

    @Test func `what is sent in clear behind AUTH is nobody's word`() throws {
        try folder.put("f", "text")
        let setup = try setup()
        try setup.serve(folder) { _, port in
            let client = try #require(RawClient(port: port))
            #expect(client.code() == 220)
            client.send("AUTH TLS\r\nUSER ftp\r\nPASS x\r\nDELE f\r\nMKD forged\r\nNO")
            #expect(client.code() == 234)
            #expect(try client.startTLS(clientTLS()))
            #expect(client.say("OP") == 500)
            #expect(client.say("PWD") == 530)
            #expect(client.say("PASS x") == 503)
            #expect(client.user())
            #expect(folder.names() == ["f"])
        }
    }

    @Test(
        arguments: [
            (["ftp"], "ftp"), (["http/1.1", "ftp"], "ftp"), ([], ""), (["http/1.1"], nil), (["h2", "imap", "ft"], nil),
        ] as [([String], String?)])
    func `who offers protocols by ALPN has to mean FTP`(offered: [String], chosen: String?) throws {
        var setup = try setup()
        for isImplicit in [false, true] {
            setup.isImplicit = isImplicit
            try setup.serve(folder) { _, port in
                let client = try #require(RawClient(port: port))
                if !isImplicit { #expect(client.code() == 220 && client.say("AUTH TLS") == 234) }
                let isThere = try client.startTLS(clientTLS(protocols: offered))
                #expect(isThere == (chosen != nil))
                guard isThere else { return }
                #expect(client.tls?.chosenProtocol == chosen)
                if isImplicit { #expect(client.code() == 220) }
                #expect(client.user())
            }
        }
    }

    @Test(arguments: [false, true])
    func `a client without the certificate that is asked for comes no further`(isRequired: Bool) throws {
        let (known, stranger) = (try Self.certificate(folder, "known"), try Self.certificate(folder, "stranger"))
        let setup = try setup {
            $0.clientAuthorityPath = known.certificatePath
            $0.requiresClientCertificate = isRequired
        }
        try setup.serve(folder) { server, port in
            for (shown, isWelcome) in [(known, true), (nil, !isRequired), (stranger, false)]
                as [(OwnCertificate?, Bool)]
            {
                let client = try #require(RawClient(port: port))
                #expect(client.code() == 220 && client.say("AUTH TLS") == 234)
                // With TLS 1.3 the client has finished before the server has judged its certificate.
                let isThere = try client.startTLS(clientTLS(shown)) && client.say("NOOP") == 200
                #expect(isThere == isWelcome)
                guard isWelcome else { continue }
                #expect(client.user() && client.say("PBSZ 0") == 200 && client.say("PROT P") == 200)
                let data = try #require(client.passive())
                #expect(client.say("STOR f") == 150)
                #expect(try data.startTLS(clientTLS(shown), resuming: client))
                data.finish()
                #expect(client.code() == 226)
            }
        }
    }

    @Test func `a handshake that does not go on is ended when the login has had its time`() throws {
        var setup = try setup()
        setup.limits.loginSeconds = 1
        try setup.serve(folder) { server, port in
            let client = try #require(RawClient(port: port))
            #expect(client.code() == 220 && client.say("AUTH TLS") == 234)
            // The beginning of a ClientHello.
            client.send([0x16, 0x03, 0x01, 0x02, 0x00, 0x01])
            wait { server.sessions.count == 0 }
        }
    }

    @Test func `a certificate that is renewed is shown to those who come later, and nobody is disturbed`() throws {
        let setup = try setup()
        var renewed = setup
        let other = try Self.certificate(folder, "renewed")
        renewed.tls = try TLSContext(.init(certificatePath: other.certificatePath, keyPath: other.keyPath))
        try setup.serve(folder) { server, port in
            let before = try client(port, try clientTLS())
            let number = try #require(before.tls).serialNumber
            server.follow(
                sites: [(names: [], site: try renewed.site(folder))], bans: .init(), log: nil, recording: nil)
            let after = try client(port, try clientTLS())
            #expect(!number.isEmpty && after.tls?.serialNumber != number)
            let again = try client(port, try clientTLS())
            #expect(again.tls?.serialNumber == after.tls?.serialNumber)
            for client in [before, after] {
                let data = try #require(client.passive())
                #expect(client.say("STOR f") == 150)
                #expect(try data.startTLS(clientTLS(), resuming: client))
                #expect(data.tls?.isResumed == true && data.tls?.serialNumber == client.tls?.serialNumber)
                data.send("text")
                data.finish()
                #expect(client.code() == 226)
            }
        }
    }

    // MARK: - Data connections

    @Test func `a data connection that resumes no session of its control connection gets nothing and leaves nothing`()
        throws
    {
        try folder.put("f", "for one only")
        let setup = try setup()
        try setup.serve(folder) { _, port in
            let tls = try clientTLS()
            let (client, other) = (try client(port, tls), try client(port, tls))
            for session in [nil, other] {
                for command in ["RETR f", "STOR g", "LIST"] {
                    let data = try #require(client.passive())
                    #expect(client.say(command) == 150)
                    _ = data.startTLS(tls, resuming: session)
                    #expect(data.tls?.isResumed == false)
                    if command == "STOR g" {
                        data.send("forged")
                        data.finish()
                    }
                    #expect(data.readAll().isEmpty)
                    #expect(client.code() == 522)
                }
            }
            let data = try #require(client.passive())
            #expect(client.say("RETR f") == 150)
            #expect(data.startTLS(tls, resuming: client) && data.tls?.isResumed == true)
            #expect(data.readAll() == Array("for one only".utf8))
            #expect(client.code() == 226)
            #expect(folder.names() == ["f"])
        }
    }

    @Test func `an upload that ends without TLS's own end is taken for cut, and its part stays`() throws {
        try folder.put("f", "as it was")
        let setup = try setup()
        try setup.serve(folder) { _, port in
            let tls = try clientTLS()
            let client = try client(port, tls)
            for name in ["f", "g"] {
                let data = try #require(client.passive())
                #expect(client.say("STOR \(name)") == 150)
                #expect(data.startTLS(tls, resuming: client))
                data.send("half")
                data.cut()
                #expect(client.code() == 426)
                #expect(folder.text("\(name).wharf-part") == "half")
            }
            #expect(folder.text("f") == "as it was" && folder.text("g") == nil)
            let data = try #require(client.passive())
            #expect(client.say("REST 4") == 350)
            #expect(client.say("STOR g") == 150)
            #expect(data.startTLS(tls, resuming: client))
            data.send(" and half")
            data.finish()
            #expect(client.code() == 226)
            #expect(folder.text("g") == "half and half")
        }
    }

    @Test(arguments: [true, false])
    func `a session is resumed again and again, whatever became of its connections`(hasTickets: Bool) throws {
        let setup = try setup()
        try setup.serve(folder) { _, port in
            let tls = try #require(ClientTLS(hasTickets: hasTickets))
            let client = try client(port, tls)
            for isCut in [false, true, true, false] {
                let data = try #require(client.passive())
                #expect(client.say("STOR f") == 150)
                #expect(data.startTLS(tls, resuming: client) && data.tls?.isResumed == true)
                data.send("text")
                isCut ? data.cut() : data.finish()
                #expect(client.code() == (isCut ? 426 : 226))
            }
        }
    }

    @Test func `a data connection without a handshake, or with something else in its place, ends in its time`() throws {
        var setup = try setup()
        setup.limits.connectSeconds = 1
        try setup.serve(folder) { _, port in
            let client = try client(port, try clientTLS())
            for bytes in [[], [0x16, 0x03, 0x01], Array("GET / HTTP/1.0\r\n\r\n".utf8)] as [[UInt8]] {
                let data = try #require(client.passive())
                #expect(client.say("STOR f") == 150)
                data.send(bytes)
                #expect(client.code() == 425)
                #expect(folder.names().isEmpty)
            }
            #expect(client.say("NOOP") == 200)
        }
    }

    // MARK: - Clear commands (RFC 2228 §3, RFC 4217 §8)

    private enum Way: CaseIterable { case ends, goesOnInClear, staysUnderTLS }

    @Test(arguments: Way.allCases)
    private func `after REIN a client may end TLS, forget it, or stay with it`(way: Way) throws {
        let setup = try setup()
        try setup.serve(folder) { _, port in
            let client = try client(port, clientTLS())
            #expect(client.say("REIN") == 220)
            switch way {
            case .ends: #expect(client.stopTLS(isFirst: true))
            case .goesOnInClear: client.forgetTLS()
            case .staysUnderTLS: #expect(client.say("AUTH TLS") == 503)
            }
            #expect(client.say("PWD") == 530 && client.say("PROT P") == 503)
            if way != .staysUnderTLS {
                #expect(client.say("PBSZ 0") == 503 && client.say("AUTH TLS") == 234)
                #expect(try client.startTLS(clientTLS()))
            }
            #expect(client.user() && client.say("PBSZ 0") == 200 && client.say("PROT P") == 200)
            // Later on, whoever ends TLS ends the connection.
            client.forgetTLS()
            client.send("NOOP\r\n")
            #expect(!client.readAll().starts(with: "200".utf8))
        }
    }

    @Test func `a client that goes on in clear without TLS's own end is understood`() throws {
        let setup = try setup()
        try setup.serve(folder) { _, port in
            let client = try client(port, clientTLS())
            #expect(client.say("CCC") == 200)
            #expect(client.stopTLS(answers: false))
            #expect(client.say("PWD") == 257 && client.say("NOOP") == 200)
        }
    }

    @Test func `after CCC commands go in clear, and data as protected as before`() throws {
        let setup = try setup()
        try setup.serve(folder) { _, port in
            let tls = try clientTLS()
            let client = try client(port, tls)
            #expect(client.say("CCC") == 200)
            #expect(client.stopTLS())
            #expect(client.ask("PWD")?.hasPrefix("257 \"/\" ") == true)
            #expect(client.say("MKD d") == 257)
            #expect(client.say("CCC") == 533)
            let data = try #require(client.passive())
            #expect(client.say("STOR f") == 150)
            _ = data.startTLS(tls)
            #expect(client.code() == 522)
            #expect(client.say("PROT C") == 200)
            #expect(client.store("STOR f", "in clear") == 226)
            #expect(folder.text("f") == "in clear" && folder.names() == ["d", "f"])
        }
    }
}
