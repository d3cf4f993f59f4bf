@testable import DisplayFilter
import Testing

@Suite struct ParserTests {
    @Test(arguments: [
        "", " ", "(tcp", "tcp and", "!", "tcp &&& ip", "tcp)", "tcp.port ==", "== 1", "tcp.port in 1", "tcp.port in {1",
        "\"abc", "'", "''", "'ab'", "frame[", "frame[a]", "frame[3-1] == 1", "frame[0:0] == 1", "ip#x",
        "tcp.port == 1 2",
        "any tcp", "tcp.port = 80", "$x", "len(", "len(tcp", "\"\\q\" == ftp.request.arg", "tcp §",
    ])
    func `what is no sentence is an error at a place`(text: String) {
        #expect { try DisplayFilter(text) } throws: { error in
            guard let error = error as? FilterError else { return false }
            return error.place.upperBound <= text.utf8.count + 1 && !error.message.isEmpty
        }
    }

    @Test func `the place is shown with a caret`() throws {
        let error = try #require(throws: FilterError.self) { try DisplayFilter("tcp and ftp.request.comand") }
        #expect("\(error)".hasSuffix("    tcp and ftp.request.comand\n            ^~~~~~~~~~~~~~~~~~"))
        #expect(error.message.contains("did you mean ftp.request.command?"))
    }

    @Test(arguments: [
        ("ip.address == 192.0.2.1", "ip.addr?"), ("tcp.retransmission", "tcp.analysis.retransmission?"),
        ("tcp.dport == 21", "tcp.dstport?"), ("udp.len > 8", "udp.length?"), ("frame.num == 1", "frame.number?"),
        ("ftp.arg == \"x\"", "ftp.request.arg?"), ("eth.source == 1", "eth.src?"),
        ("tcp.port in {}", "at least one value"), ("ip.src == 192.168.1.*", "192.168.1.0/24"),
        ("tcp.port =! 21", "write !="), ("ip.proto == TPC", "\"TCP\"? If a field was meant: tcp"),
        ("frame.time > 2023-01-01 00:00:00", "double quotes"), ("tcp port 21", "Capture filters"),
        ("host 192.0.2.1", "Capture filters"), ("ip.ttl < 1 < 1", "two values"),
    ])
    func `what was meant is said`(text: String, words: String) throws {
        let error = try #require(throws: FilterError.self) { try DisplayFilter(text) }
        #expect(error.message.contains(words), "\(error)")
    }

    @Test(arguments: ["(", "!", "not ", "-", "{", "len(", "ip.addr in {", "tcp.port + "])
    func `deep nesting is refused, not followed`(piece: String) {
        #expect(throws: FilterError.self) { try DisplayFilter(String(repeating: piece, count: 100_000) + "tcp.port") }
    }

    @Test func `long chains are read`() throws {
        let ports = (0..<20_000).map { "tcp.port == \($0)" }
        _ = try DisplayFilter(ports.joined(separator: " or "))
        _ = try DisplayFilter(ports.joined(separator: " and "))
    }
}
