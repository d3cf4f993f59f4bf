import Testing

@testable import FTPStorage

struct NamePatternTests {
    @Test(
        "patterns are those of shells",
        arguments: [
            ("*.txt", "a.txt", true), ("*.txt", "a.txt.gz", false), ("a?c", "abc", true), ("a?c", "ac", false),
            ("[a-c]x", "bx", true), ("[!a-c]x", "bx", false), ("[]]", "]", true), ("[a", "[a", true), ("*", "", true),
            ("a*b*c", "aXbYc", true), ("a*b*c", "aXbY", false),
        ])
    func matching(pattern: String, name: String, matches: Bool) {
        #expect(NamePattern(Array(pattern.utf8)).matches(Array(name.utf8)) == matches)
    }

    @Test("many asterisks cost no more than one")
    func explosion() {
        let pattern = NamePattern(Array((String(repeating: "a*", count: 100) + "b").utf8))
        #expect(!pattern.matches([UInt8](repeating: UInt8(ascii: "a"), count: 5000)))
    }
}
