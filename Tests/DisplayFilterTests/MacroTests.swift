@testable import DisplayFilter
import Testing

/// As tshark 4.0 expands them, and the function-like form of 4.2.
@Suite struct MacroTests {
    private static func macros() -> FilterMacros {
        var macros = FilterMacros()
        let wrong = macros.read(
            """
            # What Wireshark writes
            "port","tcp.port == $1"
            "range","(tcp.port >= $1 and tcp.port <= $2)"
            "ctl","${port:21} or ${port:990}"
            "bin","ftp.request.arg contains \\x22bin\\x22"
            "tcp.port","udp"
            "open","tcp
            "twice","$1 or $1"
            """)
        #expect(wrong == [6, 7])
        return macros
    }

    @Test(arguments: [
        ("${port:21}", "tcp.port == 21"), ("$port(21)", "tcp.port == 21"),
        ("not ${port: 21 } and ip", "not tcp.port ==  21  and ip"),
        ("${range:20;22}", "(tcp.port >= 20 and tcp.port <= 22)"),
        ("$range(20, 22)", "(tcp.port >= 20 and tcp.port <=  22)"),
        ("${ctl}", "tcp.port == 21 or tcp.port == 990"), ("${bin}", "ftp.request.arg contains \"bin\""),
        ("${twice:ip.src == 1.2.3.4}", "ip.src == 1.2.3.4 or ip.src == 1.2.3.4"),
        ("${port:${tcp.port}}", "tcp.port == ${tcp.port}"),
        ("${tcp.port} == 21", "${tcp.port} == 21"), ("tcp", "tcp"), ("$", "$"), ("${port;21}", "tcp.port == 21"),
        ("${twice:max(tcp.port, 5) == 5}", "max(tcp.port, 5) == 5 or max(tcp.port, 5) == 5"),
    ])
    func `macros stand for their text`(filter: String, expected: String) throws {
        #expect(try Self.macros().expanded(filter) == expected)
    }

    @Test(arguments: [
        "${nosuch}", "${port}", "${port:21;22}", "${range:20}", "${port:21", "${}", "${nosuch:1}", "tcp and ${nosuch}",
    ])
    func `macros that there are not are errors`(filter: String) throws {
        let error = try #require(throws: FilterError.self) { try Self.macros().expanded(filter) }
        #expect(error.place.upperBound <= filter.utf8.count && !error.place.isEmpty)
    }

    @Test func `a name has letters and digits`() {
        var macros = FilterMacros()
        #expect(throws: FilterMacros.Failure.self) { try macros.define("a.b", "tcp") }
        #expect(throws: FilterMacros.Failure.self) { try macros.define("", "tcp") }
    }
}
