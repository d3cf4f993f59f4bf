@testable import DisplayFilter
import Testing

@Suite struct CompletionTests {
    private func texts(_ filter: String) -> [String] { FilterCompletion(filter).candidates.map(\.text) }

    @Test(arguments: [
        ("", "tcp"), ("", "not"), ("", "len("), ("tc", "tcp"), ("tcp.", "tcp.analysis."), ("tcp.fl", "tcp.flags"),
        ("tcp.fl", "tcp.flags.syn"), ("TCP.FL", "tcp.flags.syn"), ("retrans", "tcp.analysis.retransmission"),
        ("tcp.port ", "=="), ("tcp.port ", "in"), ("tcp.port ", "and"), ("tcp.port#1 ", "=="),
        ("ftp.request.command ", "contains"), ("tcp ", "or"), ("tcp.flags.syn == ", "True"),
        ("eth.type == ", "\"IPv4\""),
        ("eth.type == I", "\"IPv4\""), ("eth.type == \"I", "\"IPv4\""), ("ftp.request.command == RE", "\"RETR\""),
        ("ftp.response.code == 22", "226"), ("ip.src == ip.d", "ip.dst"), ("eth.type in {", "\"ARP\""),
        ("eth.type in {\"ARP\", ", "\"IPv4\""), ("eth.type in {\"ARP\" ", "}"), ("(tcp.port == 21 ", ")"),
        ("len(ftp.request.ar", "ftp.request.arg"), ("len(ftp.request.arg) ", ">"), ("max(tcp.len, ip.l", "ip.len"),
        ("tcp and not (ip.s", "ip.src"), ("${tcp.po", "tcp.port"), ("@ip.s", "ip.src"), ("tcp.port == 21 a", "and"),
        ("ip[0:4] ", "contains"), ("frame contains \"a\" ", "xor"), ("ip.src & 255.0.0.0 ", "and"),
        ("{tcp.len + tcp.hd", "tcp.hdr_len"), ("tcp.port == 21 and eth.type == ", "\"IPv4\""),
        ("string(ip.src) ", "matches"),
    ])
    func `what could follow is offered`(filter: String, expected: String) {
        #expect(texts(filter).contains(expected), "\(texts(filter).prefix(20))")
    }

    @Test(arguments: [
        ("tcp.port ", "contains"), ("len(tcp) ", "and"), ("tcp == ", "True"), ("frame[0:", "and"), ("'a", "and"),
        ("tcp.port == 21 ", "=="), ("ip.src == ip.", "ip.len"), ("tcp.port ", ")"), ("tcp.port == 21 ", "}"),
        ("frame matches \"", "\"IPv4\""), ("", "and"),
    ])
    func `what could not follow is not`(filter: String, unexpected: String) {
        #expect(!texts(filter).contains(unexpected))
    }

    @Test func `a candidate replaces the word that the cursor is in`() {
        let middle = FilterCompletion("tcp and ip.sr == 1.2.3.4", cursor: 11)
        #expect(middle.place == 8..<13 && middle.candidates.map(\.text).contains("ip.src"))
        #expect(FilterCompletion("eth.type == \"IP\" and tcp", cursor: 14).place == 12..<16)
        #expect(FilterCompletion("tcp ", cursor: 99).place == 4..<4)
    }

    @Test func `macros are offered`() throws {
        var macros = FilterMacros()
        try macros.define("control", "tcp.port == 21")
        try macros.define("port", "tcp.port == $1")
        let texts = FilterCompletion("tcp and ", macros: macros).candidates.map(\.text)
        #expect(texts.contains("${control}") && texts.contains("${port:"))
    }
}
