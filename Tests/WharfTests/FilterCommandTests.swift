import Testing

@Suite struct FilterCommandTests {
    @Test func `a filter is said in words, and a wrong one shown with its place`() throws {
        let good = try wharf("filter", "check", "--lang", "en", "tcp.port == 21")
        #expect(good.status == 0 && good.output.contains("  tcp.port (Source or Destination Port: a number) is 21"))
        let chinese = try wharf("filter", "check", "--lang", "zh", "tcp.port == 21")
        #expect(chinese.output.contains("选出") && chinese.output.contains("等于 21"))
        let wrong = try wharf("filter", "check", "tcp.prot == 21")
        #expect(wrong.status == 2 && wrong.errors.contains("did you mean tcp.port?\n    tcp.prot == 21\n    ^~~~~~~~"))
    }

    @Test func `trees and macros`() throws {
        let tree = try wharf("filter", "check", "--tree", "--macro", "port=tcp.port == $1", "not ${port:21}")
        #expect(tree.output == "not\n  any ==\n    field tcp.port FT_UINT16\n    constant 21\n")
        #expect(try wharf("filter", "check", "--macro", "port", "tcp").status == 64)
        #expect(try wharf("filter", "check", "--macro", "a.b=tcp", "tcp").status == 64)
    }

    @Test func `candidates are a line each, or JSON`() throws {
        let lines = try wharf("filter", "complete", "eth.type == \"IPv")
        #expect(lines.output.hasPrefix("\"IPv4\"\tvalue\tType 2048\n"))
        let document = try wharf("filter", "complete", "--json", "--cursor", "6", "tcp.po == 21")
        #expect(document.output.contains("\"text\" : \"tcp.port\"") && document.output.contains("\"end\" : 6"))
    }
}
