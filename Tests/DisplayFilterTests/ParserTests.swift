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
