import Bytes
import FTPProtocol
import Testing

@Suite struct HostPortTests {
    @Test(arguments: [
        "192,168,1,170,19,137", " 192, 168 ,1,170,19,137 ", "(192,168,1,170,19,137)", "192,168,001,170,019,0137",
    ])
    func `PORT is read tolerantly`(argument: String) throws {
        let hostPort = try #require(HostPort.port(argument: argument.utf8))
        #expect(hostPort.octets == [192, 168, 1, 170, 19, 137])
        #expect(hostPort.endpoint.description == "192.168.1.170:5001")
        #expect(hostPort.arithmetic == "19 × 256 + 137 = 5001")
        #expect(hostPort.portArgument == "192,168,1,170,19,137")
    }

    @Test(arguments: [
        "", ",,,,,", "1,2,3,4,5", "1,2,3,4,5,6,7", "1,2,3,4,5,256", "1,2,3,4,5,-6", "1.2.3.4,5,6",
        "1,2,3,4,5,99999999999",
        "a,b,c,d,e,f", "1,2,3,4,5,", "1,,2,3,4,5,6", "+1,2,3,4,5,6", "00000000001,2,3,4,5,6",
    ])
    func `PORT with anything else is refused`(argument: String) {
        #expect(HostPort.port(argument: argument.utf8) == nil)
    }

    @Test(arguments: [
        "Entering Passive Mode (192,168,1,170,162,240)", "Entering Passive Mode (192,168,1,170,162,240).",
        "Entering Passive Mode 192,168,1,170,162,240", "=192,168,1,170,162,240", "Mode 2: 192, 168, 1, 170, 162, 240",
        "227 in 3,2 (192,168,1,170,162,240)", "300,192,168,1,170,162,240",
    ])
    func `227 is found wherever the numbers stand`(text: String) throws {
        let hostPort = try #require(HostPort.passive(reply: text.utf8))
        #expect(hostPort.portArgument == "192,168,1,170,162,240")
        #expect(hostPort.port == 41_712)
    }

    @Test(arguments: [
        "", "Entering Passive Mode", "(1,2,3,4,5)", "(999,1,1,1,1,1)", "(1,2,3,4,5,", "((((((((", "(|||5|)",
    ])
    func `227 without six numbers is refused`(text: String) {
        #expect(HostPort.passive(reply: text.utf8) == nil)
    }

    @Test func `a long line of digits is refused quickly`() {
        #expect(HostPort.passive(reply: [UInt8](repeating: 0x31, count: 100_000)) == nil)
        #expect(HostPort.passive(reply: [[UInt8]](repeating: [0x31, 0x2C], count: 5).flatMap { $0 }) == nil)
    }

    @Test(arguments: [0, 1, 255, 256, 5001, 65_535] as [UInt16])
    func `what is written is read again`(port: UInt16) throws {
        let hostPort = HostPort(v4: 0xC0A8_01AA, port: port)
        #expect(HostPort.port(argument: hostPort.portArgument.utf8) == hostPort)
        #expect(HostPort.passive(reply: hostPort.passiveReplyText.utf8) == hostPort)
        #expect(HostPort(hostPort.endpoint) == hostPort)
    }

    @Test func `an IPv6 address does not fit`() throws {
        let address = try #require(IPAddress("2001:db8::1"))
        #expect(HostPort(Endpoint(address, 21)) == nil)
    }
}

@Suite struct ExtendedPortTests {
    @Test(
        arguments: [
            ("|1|192.0.2.1|5001|", 1, "192.0.2.1", nil), ("|2|2001:db8::1|5001|", 2, "2001:db8::1", nil),
            ("!2!fe80::1%eth0!5001!", 2, "fe80::1", "eth0"), (" |1|192.0.2.1|5001", 1, "192.0.2.1", nil),
            ("d1d192.0.2.1d5001d", 1, "192.0.2.1", nil), ("|9|whatever|5001|", 9, nil, nil),
        ] as [(String, UInt8, String?, String?)])
    func `EPRT takes any delimiter`(argument: String, family: UInt8, address: String?, scope: String?) throws {
        let port = try #require(ExtendedPort.eprt(argument: argument.utf8))
        #expect(port.family == family)
        #expect(port.address?.description == address)
        #expect(port.scope == scope)
        #expect(port.port == 5001)
    }

    @Test(arguments: [
        "", "|", "||||", "|1|192.0.2.1|", "|1|192.0.2.1|0|", "|1|192.0.2.1|65536|", "|1|2001:db8::1|5001|",
        "|2|192.0.2.1|5001|", "|1|192.0.2|5001|", "|1|192.0.2.1|5001|x", "|1|192.0.2.1!5001|", "|||5001|",
        "|x|192.0.2.1|5001|", "|999|192.0.2.1|5001|", "|1|192.0.2.1|-1|", "1 192.0.2.1 5001",
    ])
    func `EPRT with anything else is refused`(argument: String) {
        #expect(ExtendedPort.eprt(argument: argument.utf8) == nil)
    }

    @Test(
        arguments: [
            ("Entering Extended Passive Mode (|||6446|)", nil), ("Entering Extended Passive Mode (!!!6446!)", nil),
            ("Entering Extended Passive Mode |||6446|", nil), ("(|||6446)", nil),
            ("ok (|1|192.0.2.1|6446|)", "192.0.2.1"),
            ("(see RFC) (|||6446|)", nil), ("ok (|2|2001:db8::1|6446|).", "2001:db8::1"),
        ] as [(String, String?)])
    func `229 gives the port, and the address if it is there`(text: String, address: String?) throws {
        let port = try #require(ExtendedPort.passive(reply: text.utf8))
        #expect(port.port == 6446)
        #expect(port.address?.description == address)
    }

    @Test(arguments: [
        "", "Entering Extended Passive Mode", "(|||0|)", "(|||99999|)", "(|||", "(||6446|)", "(192,168,1,1,1,1)",
    ])
    func `229 without a port is refused`(text: String) {
        #expect(ExtendedPort.passive(reply: text.utf8) == nil)
    }

    @Test func `a hostile line is refused quickly`() {
        #expect(ExtendedPort.passive(reply: [UInt8](repeating: UInt8(ascii: "|"), count: 100_000)) == nil)
        #expect(ExtendedPort.passive(reply: [UInt8](repeating: UInt8(ascii: "("), count: 100_000)) == nil)
    }

    @Test(arguments: ["192.0.2.1", "2001:db8::1", "::1"])
    func `what is written is read again`(text: String) throws {
        let address: IPAddress = try #require(IPAddress(text))
        let port = ExtendedPort(address: address, port: 6446)
        let argument = try #require(port.eprtArgument)
        #expect(ExtendedPort.eprt(argument: argument.utf8) == port)
        #expect(ExtendedPort.passive(reply: port.epsvReplyText.utf8)?.port == 6446)
    }
}

@Suite struct LongPortTests {
    @Test(arguments: ["192.0.2.1", "2001:db8::1"])
    func `what is written is read again`(text: String) throws {
        let endpoint = Endpoint(try #require(IPAddress(text)), 5001)
        #expect(LongPort.lprt(argument: LongPort.lprtArgument(endpoint).utf8) == endpoint)
        #expect(LongPort.passive(reply: LongPort.lpsvReplyText(endpoint).utf8) == endpoint)
    }

    @Test func `the numbers are those of RFC 1639`() {
        #expect(LongPort.lprtArgument(Endpoint(IPAddress(v4: 0xC000_0201), 5001)) == "4,4,192,0,2,1,2,19,137")
    }

    @Test(arguments: [
        "", "4,4,192,0,2,1,2,19", "4,4,192,0,2,1,3,19,137", "5,4,192,0,2,1,2,19,137", "6,4,1,2,3,4,2,1,1",
        "4,4,1,2,3,4,2,1,1,1",
    ])
    func `other forms are refused`(argument: String) {
        #expect(LongPort.lprt(argument: argument.utf8) == nil)
    }
}
