import DisplayFilter
import FTPProtocol
@testable import Report
import Testing

@Suite struct FilterExplanationTests {
    @Test(arguments: FilterPhrase.allCases)
    func `every phrase has both languages with the same places`(phrase: FilterPhrase) {
        func places(_ text: String) -> Set<Character> {
            Set(zip(text, text.dropFirst()).filter { $0.0 == "{" }.map(\.1))
        }
        #expect(!phrase.phrase.en.isEmpty && !phrase.phrase.zh.isEmpty)
        #expect(places(phrase.phrase.en) == places(phrase.phrase.zh))
        // Two are nothing but places.
        let isChinese = phrase.phrase.zh.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }
        #expect(isChinese || phrase == .field || phrase == .named)
    }

    @Test func `parts stand as deep as they belong`() throws {
        let filter = try DisplayFilter("tcp.port == 21 and not (ftp or ip.src in {10.0.0.0/8, 192.0.2.1 .. 192.0.2.9})")
        #expect(
            FilterExplanation.lines(filter, .en) == [
                "Selects the frames for which",
                "  all of these hold:",
                "    tcp.port (Source or Destination Port: a number) is 21; of several values one is enough",
                "    this does not hold:",
                "      at least one of these holds:",
                "        the frame has ftp (File Transfer Protocol (FTP): a protocol)",
                "        ip.src (Source Address: an IPv4 address) is one of 10.0.0.0/8, 192.0.2.1 to 192.0.2.9",
                "Note: with not, frames without ip.src are selected too.",
                "Needs the FTP sessions read, to tell what connections carry; what is remarkable about the TCP streams.",
            ])
    }

    @Test(arguments: [
        ("tcp.port != 21", "not tcp.port == …"), ("tcp.port !== 21", "write !="),
        ("not tcp.port == 21", "frames without tcp.port"),
        ("tcp.flags.syn", "tcp.flags.syn == True"), ("tcp.port > 20 and tcp.port < 30", "tcp.port in {a .. b}"),
        ("frame[0] == ff", "write :ff"), ("tcp.port == -1", "never holds"), ("ftp matches \"a\"", "(?-i)"),
        ("eth.type == 0x0800", "2048 (IPv4)"), ("len(ftp) > 5", "the length of ftp"),
        ("tcp.analysis.ack_rtt > 1", "streams followed"),
        ("tcp xor ftp", "and not both"), ("ip.src#1 == 1.2.3.4", "in layer 1"),
        ("frame[0:2] == 00:01", "the bytes [0:2] of frame"),
        ("tcp", "the headers of each frame"), ("@ip.src == 01:02:03:04", "the bytes of ip.src"),
    ])
    func `what surprises is said`(filter: String, words: String) throws {
        let lines = FilterExplanation.lines(try DisplayFilter(filter), .en)
        #expect(lines.contains { $0.contains(words) }, "\(lines)")
        #expect(FilterExplanation.lines(try DisplayFilter(filter), .zh).count == lines.count)
    }
}
