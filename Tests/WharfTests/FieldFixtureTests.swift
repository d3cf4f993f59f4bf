import Foundation
import TestSupport
import Testing

/// Captures of one topic each, with what tshark 4.0 answers of them.
@Suite struct FieldFixtureTests {
    private static func fixture(_ name: String) throws -> String {
        try String(contentsOfFile: "\(Fixtures.root)/fields/\(name)", encoding: .utf8)
    }

    @Test(arguments: ["arp", "icmp", "icmpv6", "ipv4-options", "ipv6-extensions", "ppp"])
    func `every field has tshark's values`(_ topic: String) throws {
        let table = try Self.fixture(topic + ".tsv")
        let names = table.prefix { $0 != "\n" }.split(separator: "\t").map(String.init)
        #expect(names.count >= 9)
        let answers = table.split(separator: "\n", omittingEmptySubsequences: false).dropFirst()
            .map { $0.split(separator: "\t", omittingEmptySubsequences: false) }
        // One field a run: what differs is named.
        for (column, name) in names.enumerated() {
            let run = try wharf(
                "read", "-n", "-r", "\(Fixtures.root)/fields/\(topic).pcap", "-T", "fields", "-e", name,
                environment: ["TZ": "UTC"])
            let wanted = answers.dropLast().map { String($0[column]) }
            #expect(
                run.output.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
                    == wanted, "\(name)")
        }
    }

    @Test(arguments: ["arp", "icmp", "icmpv6", "ppp"])
    func `the packet list is tshark's`(_ topic: String) throws {
        let run = try wharf("read", "-n", "-r", "\(Fixtures.root)/fields/\(topic).pcap", environment: ["TZ": "UTC"])
        #expect(try run.output == Self.fixture(topic + ".txt"))
    }
}
