@testable import DisplayFilter
import Foundation
import Testing

/// Whatever is typed, a filter or an error with a place in the text comes of it, and completion finds its way.
@Suite struct FilterFuzzTests {
    /// The same numbers in every run.
    private struct Dice: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
            return z ^ z >> 31
        }
    }

    private static let filters: [String] = {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let file = folder.appending(path: "Fixtures/filters/filters.txt")
        let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").map(String.init)
    }()

    private static let pieces = [
        "tcp.port", "ip.addr", "ftp.request.command", "tcp.payload", "frame", "frame.time", "frame.time_delta",
        "eth.src",
        "ipv6.src", "tcp.flags.syn", "ff", "dc", "nosuch", "(", ")", "{", "}", "[", "]", "[0:2]", "[-1]", "[1-2,3]",
        "#1",
        "#[1-2]", "#", "@", "==", "!=", "===", "!==", "~=", "<", ">=", "contains", "matches", "~", "in", "not", "!",
        "and",
        "&&", "or", "xor", "any", "all", "&", "+", "-", "*", "/", "%", ",", "..", "\"a\"", "\"", "'a'", "'", "r\"\\d\"",
        "21", "0x15", "-1", "4294967296", "99999999999999999999", "192.0.2.0/24", "::1", "00:11", "True", "\"FTP\"",
        "len(", "upper(", "max(", "count(", "${tcp.port}", "${", "$m(", "${m:", "\\", "\0", "é", "\u{202E}", "1.5", ".",
    ]

    private static func macros() -> FilterMacros {
        var macros = FilterMacros()
        try? macros.define("m", "tcp.port == $1 or ${n}")
        try? macros.define("n", "$m(1) and ${n}")
        return macros
    }

    /// - Returns: whether it is a filter.
    @discardableResult
    private func check(_ text: String, _ macros: FilterMacros = FilterMacros()) -> Bool {
        do {
            let filter = try DisplayFilter(text, macros: macros)
            #expect(!filter.meaning.tree.isEmpty)
            return true
        } catch {
            let length = error.text.utf8.count
            #expect(
                error.place.lowerBound <= length && error.place.upperBound <= length + 1, "\(text.debugDescription)")
            #expect(!error.message.isEmpty && !"\(error)".isEmpty)
            return false
        }
    }

    private func complete(_ text: String, _ cursor: Int, _ macros: FilterMacros) {
        let completion = FilterCompletion(text, cursor: cursor, macros: macros)
        #expect(completion.place.lowerBound <= cursor && cursor <= completion.place.upperBound)
        #expect(completion.place.upperBound <= text.utf8.count)
    }

    @Test func `token soups are filters or errors`() {
        var dice = Dice(state: 1)
        let macros = Self.macros()
        var filters = 0
        for round in 0..<3000 {
            let words = (0..<Int.random(in: 1...14, using: &dice)).map { _ in
                Self.pieces.randomElement(using: &dice) ?? ""
            }
            let text = words.joined(separator: Bool.random(using: &dice) ? " " : "")
            if check(text, macros) { filters += 1 }
            if round % 10 == 0 { complete(text, Int.random(in: 0...text.utf8.count, using: &dice), macros) }
        }
        #expect(filters > 10)
    }

    @Test func `mutated filters are filters or errors`() {
        var dice = Dice(state: 2)
        let filters = Self.filters
        #expect(filters.count > 500)
        for _ in 0..<4000 {
            var bytes = Array((filters.randomElement(using: &dice) ?? "").utf8)
            for _ in 0..<Int.random(in: 1...3, using: &dice) {
                let place = Int.random(in: 0...bytes.count, using: &dice)
                switch Int.random(in: 0..<5, using: &dice) {
                case 0 where place < bytes.count: bytes.remove(at: place)
                case 1 where place < bytes.count: bytes[place] = UInt8.random(in: 0...255, using: &dice)
                case 2: bytes.insert(UInt8.random(in: 0...255, using: &dice), at: place)
                case 3: bytes.insert(contentsOf: (Self.pieces.randomElement(using: &dice) ?? "").utf8, at: place)
                default:
                    let other = Array((filters.randomElement(using: &dice) ?? "").utf8)
                    bytes = Array(bytes[..<place]) + other.suffix(Int.random(in: 0...other.count, using: &dice))
                }
            }
            check(String(decoding: bytes, as: UTF8.self))
        }
    }

    /// Every prefix of every filter, which is what somebody sees who types it.
    @Test func `every beginning of a filter can be completed`() {
        let macros = Self.macros()
        for (index, filter) in Self.filters.enumerated() where index % 7 == 0 {
            for length in 0...filter.utf8.count { complete(filter, length, macros) }
        }
    }

    @Test(arguments: [
        "(", "!", "not ", "-", "{", "len(", "max(1,", "tcp[0", "[", "@", "${", "$m(", "tcp.port in {", "'", "\"", "\\",
        "#",
        "ip#", "any ", "frame[0][", "tcp and (",
    ])
    func `deep nesting and its completion end`(piece: String) {
        let text = String(repeating: piece, count: 20_000)
        check(text, Self.macros())
        check(text + "tcp.port")
        complete(text, text.utf8.count, Self.macros())
    }

    @Test(arguments: [
        "frame[0:9]", "tcp.port",
    ])
    func `towers of postfixes and chains of operators are refused`(operand: String) {
        check(operand + String(repeating: "[0:1]", count: 100_000) + " == 00")
        check(operand + String(repeating: "#1", count: 100_000) + " == 00")
        for sign in [" & ", " + ", " - ", " * ", " / ", " % "] {
            #expect(!check(Array(repeating: operand, count: 100_000).joined(separator: sign) + " == 1"))
        }
        // The sum of sums, each as long as it may be.
        var nested = operand
        for _ in 0..<100 { nested = "{" + nested + String(repeating: " + \(operand)", count: 100) + "}" }
        check(nested + " > 1")
    }

    @Test(arguments: [" or ", " and ", " xor ", " || not ", " == "])
    func `chains of 100 000 are read`(sign: String) {
        #expect(check(Array(repeating: "tcp.port", count: 100_000).joined(separator: sign)))
    }

    @Test func `giant sets and numbers are read or refused`() {
        let ports = (0..<60_000).map(String.init).joined(separator: ", ")
        #expect(check("tcp.port in {\(ports)}"))
        #expect(check("eth.type in {" + Array(repeating: "\"IPv4\"", count: 20_000).joined(separator: ",") + "}"))
        let digits = String(repeating: "9", count: 100_000)
        for text in [
            "tcp.port == \(digits)", "tcp.port == -\(digits)", "tcp.port == 0x\(digits)", "frame[\(digits)] == 0",
            "frame[0:\(digits)] == 0", "frame[-\(digits):] == 0", "tcp.port#\(digits) == 1",
            "frame.time_delta > 0.\(digits)",
            "frame.time > \"2020-01-01 00:00:00.\(digits)\"", "frame.time > \"\(digits)-01-01\"",
            "ip.src == \(digits).1.1.1",
            "ip.src == 1.1.1.1/\(digits)", "frame contains \(digits)", "tcp.window_size_scalefactor == -\(digits)",
            "tcp.port#9223372036854775807", "tcp.port#[-2147483647-2147483647]", "frame[2147483647:2147483647]",
        ] { check(text) }
    }

    @Test(arguments: [
        "(a+)+$", "(a|aa)+$", "((((((((((a*)*)*)*)*)*)*)*)*)*)*b", "(?R)", "(?:(?R))*", "a{65535}{65535}",
        "(a{1000}){1000}",
        "[", "(?<n>", "\\", "(*UTF)é", "(*LIMIT_MATCH=4294967295)(a+)+$", "\\C", "(?C1)a", "\0", "(?=a)*", "\\Q",
    ])
    func `hostile regular expressions are bounded`(pattern: String) {
        let escaped = pattern.replacingOccurrences(of: "\\", with: "\\\\")
        check("frame matches \"\(escaped)\"")
        // As many steps as are allowed, and no more: a search through these takes for ever otherwise.
        if let pattern = try? Pattern(Array(pattern.utf8)) {
            _ = pattern.isFound(in: Array(repeating: UInt8(ascii: "a"), count: 5000) + [UInt8(ascii: "c")])
        }
    }

    @Test func `macros that stand for themselves or double end`() throws {
        var macros = Self.macros()
        #expect(!check("${n}", macros) && !check("${m:1}", macros))
        for number in 0..<31 { try macros.define("d\(number)", "$d\(number + 1)(1) or $d\(number + 1)(2)") }
        try macros.define("d31", "tcp.port == $1")
        for number in 0..<31 { try macros.define("e\(number)", "${e\(number + 1)} or ${e\(number + 1)}") }
        try macros.define("e31", "tcp")
        #expect(!check("${e0}", macros))
    }

    @Test func `names without letters of this alphabet and bytes that are no text have places`() {
        for text in [
            "\0", "tcp\0", "é", "tcp.port == é", "\u{FFFD}", "端口 == 21", "tcp and \u{202E}", "\r\n\t", "\u{1F600}",
        ] {
            #expect(!check(text))
        }
        check(String(decoding: [0xFF, 0xC3, 0x28, 0x22, 0xFF, 0x22] as [UInt8], as: UTF8.self))
        check("ftp contains \"\0\"")
    }
}
