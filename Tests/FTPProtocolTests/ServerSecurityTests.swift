import Bytes
import Testing

@testable import FTPProtocol

struct ServerSecurityTests {
    @Test func `AUTH, PBSZ and PROT come in this order`() {
        ServerMachine().talk([
            ("PBSZ 0", [503]), ("PROT P", [503]), ("CCC", [533]), ("AUTH KERBEROS", [504]), ("AUTH TLS", [234]),
            ("AUTH TLS", [503]), ("PROT P", [503]), ("PBSZ x", [501]), ("PBSZ 0", [200]), ("PROT P", [200]),
            ("PROT C", [200]), ("PROT S", [536]), ("PROT E", [536]), ("PROT X", [504]), ("USER a", [331]),
            ("PASS right", [230]), ("CCC", [200]), ("CCC", [533]), ("PROT P", [200]),
        ])
        ServerMachine { $0.hasTLS = false }.talk([("AUTH TLS", [502])])
    }

    @Test func `AUTH begins the login anew, for others know what was said before`() {
        let machine = ServerMachine.loggedIn()
        machine.talk([("AUTH TLS", [234]), ("PWD", [530]), ("PASS right", [503])])
        let named = ServerMachine()
        named.talk([("USER a", [331]), ("AUTH TLS", [234]), ("PASS right", [503])])
    }

    @Test func `where TLS is required, nobody logs in or moves data without`() {
        let machine = ServerMachine { $0.requiresTLS = true }
        machine.talk([
            ("USER a", [534]), ("PASS right", [503]), ("AUTH TLS", [234]), ("USER a", [331]), ("PASS right", [230]),
            ("PASV", [227]), ("RETR a", [522]), ("LIST", [522]), ("PBSZ 0", [200]), ("PROT C", [534]),
            ("RETR a", [522]), ("PROT P", [200]), ("CCC", [534]), ("RETR a", [150]),
        ])
        #expect(machine.request?.isProtected == true)
        ServerMachine(isSecure: true) { $0.requiresTLS = true }.talk([
            ("USER a", [331]), ("PASS right", [230]), ("PASV", [227]), ("RETR a", [150]),
        ])
    }

    @Test func `CCC may be forbidden`() {
        ServerMachine { $0.allowsClearCommandChannel = false }.talk([
            ("AUTH TLS", [234]), ("USER a", [331]), ("PASS right", [230]), ("CCC", [534]),
        ])
    }

    @Test(
        arguments: [
            ("PORT 192,0,2,1,4,0", 200), ("PORT 192,0,2,1,3,255", 504), ("PORT 192,0,2,2,8,0", 504),
            ("PORT 127,0,0,1,8,0", 504), ("PORT 0,0,0,0,8,0", 504), ("PORT 192,0,2,1,8", 501),
            ("PORT 192,0,2,256,8,0", 501), ("EPRT |1|192.0.2.1|1024|", 200), ("EPRT |1|192.0.2.1|1023|", 504),
            ("EPRT |1|192.0.2.2|1024|", 504), ("EPRT |2|::1|1024|", 522), ("EPRT |3|x|1024|", 522),
            ("EPRT |2|::ffff:192.0.2.1|1024|", 200), ("EPRT |1|192.0.2.1|70000|", 501), ("EPRT |1|192.0.2.1|1024", 501),
            ("EPRT", 501),
        ] as [(String, UInt16)])
    func `data go to the client itself, and to no port of a service`(line: String, code: UInt16) {
        ServerMachine.loggedIn().talk([(line, [code]), ("RETR a", [code == 200 ? 150 : 425])])
    }

    @Test func `where FXP is allowed other hosts may be named, services still not`() {
        ServerMachine.loggedIn { $0.allowsForeignAddresses = true }.talk([
            ("PORT 192,0,2,2,8,0", [200]), ("PORT 192,0,2,2,0,25", [504]),
        ])
    }

    @Test func `after EPSV ALL there is only EPSV`() {
        ServerMachine.loggedIn().talk([
            ("EPSV ALL", [200]), ("PASV", [503]), ("PORT 192,0,2,1,8,0", [503]), ("EPRT |1|192.0.2.1|2048|", [503]),
            ("EPSV", [229]), ("RETR a", [150]),
        ])
    }

    @Test func `an IPv6 client is told which protocol to use`() throws {
        let peer = try #require(IPAddress("2001:db8::1"))
        ServerMachine.loggedIn(peer: peer).talk([
            ("PASV", [425]), ("EPSV 1", [522]), ("EPSV 2", [229]), ("EPSV", [229]), ("EPSV 9", [522]),
            ("EPSV x", [501]), ("EPRT |1|192.0.2.1|2048|", [522]), ("EPRT |2|2001:db8::1|2048|", [200]),
        ])
    }
}
