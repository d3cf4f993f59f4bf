import Bytes
import FTPProtocol
import Foundation
import Testing
import Transport

@testable import FTPServer

/// Clients that come through a load balancer, which tells by the PROXY protocol who they are.
struct ProxyTests {
    private let folder: ScratchFolder
    private static let balancer: UInt32 = 5

    init() throws { folder = try ScratchFolder() }

    private var setup: ServerSetup {
        var setup = ServerSetup()
        setup.balancers = [IPAddress(v4: 0x7F00_0000 | Self.balancer)]
        return setup
    }

    /// A connection of the balancer's, which has sent `header`.
    private func connect(_ port: UInt16, _ header: [UInt8]) throws -> RawClient {
        let client = try #require(RawClient(port: port, from: Self.balancer))
        client.send(header)
        return client
    }

    private static func line(_ source: String, _ port: UInt16 = 50_000) -> [UInt8] {
        let family = source.contains(":") ? "TCP6" : "TCP4"
        let target = source.contains(":") ? "2001:db8::1" : "198.51.100.1"
        return Array("PROXY \(family) \(source) \(target) \(port) 21\r\n".utf8)
    }

    /// A header of version 2.
    private static func binary(_ command: UInt8, _ family: UInt8, _ body: [UInt8]) -> [UInt8] {
        [0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A, command, family]
            + [UInt8(body.count >> 8), UInt8(body.count & 0xFF)] + body
    }

    private static let source: [UInt8] = [192, 0, 2, 77]
    private static let target: [UInt8] = [198, 51, 100, 1]
    private static let ports: [UInt8] = [0xC3, 0x50, 0, 21]
    private static let sixSource: [UInt8] = [0x20, 0x01, 0x0D, 0xB8] + [UInt8](repeating: 0, count: 11) + [0x77]

    @Test(
        arguments: [
            (line("192.0.2.77"), "192.0.2.77"), (line("2001:db8::77"), "2001:db8::77"),
            (binary(0x21, 0x11, source + target + ports), "192.0.2.77"),
            // With something behind the addresses that nobody here knows.
            (binary(0x21, 0x11, source + target + ports + [0x04, 0, 1, 0]), "192.0.2.77"),
            (binary(0x21, 0x21, sixSource + sixSource + ports), "2001:db8::77"),
            (binary(0x20, 0x00, []), "127.0.0.5"), (Array("PROXY UNKNOWN\r\n".utf8), "127.0.0.5"),
            (Array("PROXY UNKNOWN ffff::1 ffff::2 1 2\r\n".utf8), "127.0.0.5"),
        ] as [([UInt8], String)])
    func `the balancer's word counts, in whatever pieces it comes`(header: [UInt8], address: String) throws {
        let setup = setup
        try setup.serve(folder) { server, port in
            // All at once with the first commands, and byte by byte.
            let whole = try connect(port, header + Array("USER ftp\r\nPASS x\r\n".utf8))
            #expect([whole.code(), whole.code(), whole.code()] == [220, 331, 230])
            let slow = try connect(port, [])
            for byte in header { slow.send([byte]) }
            #expect(slow.logIn())
            #expect(server.sessions.all.map { "\($0.peer.address)" } == [address, address])
        }
    }

    @Test(
        arguments: [
            Array("GET / HTTP/1.1\r\n\r\n".utf8), Array("USER ftp\r\n".utf8), Array("PROXY TCP4\r\n".utf8),
            Array("PROXY TCP4 192.0.2.77 198.51.100.1 50000\r\n".utf8),
            Array("PROXY TCP4 192.0.2.777 198.51.100.1 50000 21\r\n".utf8),
            Array("PROXY TCP4 192.0.2.77 198.51.100.1 70000 21\r\n".utf8),
            Array("PROXY TCP4 192.0.2.77 198.51.100.1 50000 21\n".utf8),
            Array("PROXY TCP5 192.0.2.77 198.51.100.1 50000 21\r\n".utf8), Array("proxy TCP4 a b c d\r\n".utf8),
            Array("PROXY TCP4 \(String(repeating: "1", count: 200))\r\n".utf8),
            binary(0x11, 0x11, source + target + ports),
            binary(0x22, 0x11, source + target + ports),
            binary(0x21, 0x11, [UInt8](repeating: 0, count: 5000)),
            [0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x00],
        ] as [[UInt8]])
    func `what is no header ends the connection without a word`(header: [UInt8]) throws {
        let setup = setup
        try setup.serve(folder) { server, port in
            let client = try connect(port, header)
            #expect(client.readAll().isEmpty)
            #expect(server.sessions.count == 0)
            // The next one is welcome.
            let next = try connect(port, Self.line("192.0.2.1"))
            #expect(next.logIn())
        }
    }

    @Test func `a balancer that says nothing is not waited for without end`() throws {
        let setup = setup
        try setup.serve(folder) { server, port in
            let silent = try connect(port, Array("PROXY TCP4 192.0.2.77".utf8))
            #expect(silent.readAll().isEmpty)
            #expect(server.sessions.count == 0)
        }
    }

    @Test func `nobody but a balancer says where a client is`() throws {
        let setup = setup
        try setup.serve(folder) { server, port in
            for header in [Self.line("192.0.2.77"), Self.binary(0x21, 0x11, Self.source + Self.target + Self.ports)] {
                let client = try #require(RawClient(port: port, from: 6))
                #expect(client.code() == 220)
                client.send(header)
                #expect(client.code() == 500)
                #expect(server.sessions.all.allSatisfy { "\($0.peer.address)" == "127.0.0.6" })
            }
        }
    }

    @Test func `bans and limits are for the client, not for its balancer`() throws {
        var setup = setup
        setup.bans.attempts = 2
        setup.policy.maximumLoginAttempts = 10
        setup.limits.sessionsPerAddress = 2
        try setup.serve(folder) { server, port in
            let guesser = try connect(port, Self.line("192.0.2.77"))
            #expect(guesser.code() == 220)
            #expect(guesser.say("USER root") == 331)
            #expect(guesser.say("PASS guess") == 530)
            #expect(guesser.say("USER root") == 331)
            #expect(guesser.say("PASS guess") == 421)
            let again = try connect(port, Self.line("192.0.2.77", 50_001))
            #expect(again.code() == 421)
            #expect(again.code() == nil)
            let others = try (1...3).map { try connect(port, Self.line("192.0.2.\($0)")) }
            for other in others { #expect(other.logIn()) }
            let second = try connect(port, Self.line("192.0.2.1", 50_002))
            #expect(second.logIn())
            let third = try connect(port, Self.line("192.0.2.1", 50_003))
            #expect(third.code() == 421)
            #expect(third.code() == nil)
            // Whoever comes without a balancer is counted by himself.
            let direct = try setup.client(port, from: 6)
            #expect(direct.say("NOOP") == 200)
        }
    }

    @Test func `data connections come through the balancer too, and from nowhere else`() throws {
        try folder.put("f", "for one only")
        let setup = setup
        try setup.serve(folder) { _, port in
            let client = try connect(port, Self.line("192.0.2.77"))
            #expect(client.logIn())
            let dataPort = try #require(client.passivePort())
            let thieves = [1, 6, 7].map { RawClient(port: dataPort, from: $0) }
            #expect(client.say("RETR f") == 150)
            let data = try #require(RawClient(port: dataPort, from: Self.balancer))
            #expect(data.readAll() == Array("for one only".utf8))
            #expect(client.code() == 226)
            for thief in thieves { #expect(thief?.readAll().isEmpty == true) }
        }
    }

    @Test func `TLS may follow the header at once`() throws {
        var setup = setup
        let certificate = try OwnCertificate(in: folder.path, hostNames: ["localhost"])
        setup.tls = try TLSContext(.init(certificatePath: certificate.certificatePath, keyPath: certificate.keyPath))
        setup.isImplicit = true
        try setup.serve(folder) { server, port in
            let client = try connect(port, Self.line("192.0.2.77"))
            let tls = try #require(ClientTLS())
            #expect(client.startTLS(tls))
            #expect(client.logIn())
            #expect(server.sessions.all.map { "\($0.peer)" } == ["192.0.2.77:50000"])
        }
    }
}
