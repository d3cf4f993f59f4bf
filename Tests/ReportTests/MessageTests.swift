import FTPProtocol
@testable import Report
import Testing

@Suite struct MessageTests {
    /// Of both catalogs, by their names.
    private static let phrases =
        Message.allCases.map { ("\($0)", $0.phrase) } + LiveMessage.allCases.map { ("\($0)", $0.phrase) }

    @Test(arguments: phrases)
    func `every message has a text in both languages with the same places`(name: String, phrase: Phrase) {
        #expect(!phrase.en.isEmpty && !phrase.zh.isEmpty, "\(name)")
        #expect(places(phrase.en) == places(phrase.zh), "\(name)")
    }

    @Test(arguments: phrases)
    func `Chinese texts are Chinese`(name: String, phrase: Phrase) {
        // Names and signs that are the same in every language.
        let universal: Set = ["numberColumn", "separator", "colon", "graphAxis"]
        let hasHan = phrase.zh.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }
        #expect(hasHan || universal.contains(name), "\(name)")
    }

    @Test func `places are filled in, those without an argument stay empty`() {
        #expect(Message.windowScale.text(.en, ["7", "8"]) == "window scale 7 / 8")
        #expect(Message.windowScale.text(.en, []) == "window scale  / ")
    }

    @Test func `an argument that looks like a place is left alone`() {
        #expect(Message.session.text(.en, ["{0}"]) == "Session {0}")
    }

    private func places(_ text: String) -> Set<String> {
        Set(text.matches(of: /\{\d+\}/).map { String($0.output) })
    }
}

@Suite struct QuantityTests {
    @Test(arguments: [
        (Int64(0), "0 B"), (999, "999 B"), (1000, "1.00 kB"), (43_100_000, "43.1 MB"), (999_600, "1.00 MB"),
        (Int64.max, "9.22 EB"),
    ])
    func `bytes have three digits`(count: Int64, text: String) {
        #expect(Quantity.bytes(count) == text)
    }

    @Test(arguments: [
        (Int64(0), "0 ns"), (999, "999 ns"), (59_000, "59.0 µs"), (3_570_000, "3.57 ms"), (2_910_000_000, "2.91 s"),
        (125_000_000_000, "2 min 05 s"), (-59_000, "-59.0 µs"), (7_380_000_000_000, "2 h 03 min"),
        (.min, "-2562047 h 47 min"),
    ])
    func `spans have the unit that fits`(nanoseconds: Int64, text: String) {
        #expect(Quantity.span(nanoseconds) == text)
    }

    @Test(arguments: [(0, "0"), (999, "999"), (1000, "1 000"), (41212, "41 212"), (-1_234_567, "-1 234 567")])
    func `counts are grouped`(count: Int, text: String) {
        #expect(Quantity.count(count) == text)
    }
}

@Suite struct DisplayWidthTests {
    @Test func `ideographs are two columns wide`() {
        #expect(DisplayWidth.of("帧 a") == 4)
        #expect(DisplayWidth.padded("帧", to: 4) == "帧  ")
    }

    @Test func `long texts are broken at spaces and between ideographs`() {
        #expect(DisplayWidth.wrapped("one two three", to: 8) == ["one two", "three"])
        #expect(DisplayWidth.wrapped("客户端用握手。建立", to: 8) == ["客户端用", "握手。建", "立"])
        #expect(DisplayWidth.wrapped("", to: 8) == [])
        #expect(DisplayWidth.wrapped("incomprehensibilities", to: 8) == ["incomprehensibilities"])
    }
}
