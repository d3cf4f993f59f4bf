import Foundation
import TestSupport
import Testing

/// Captures of one topic each, with what tshark 4.0 answers of them.
@Suite struct FieldFixtureTests {
    private static func fixture(_ name: String) throws -> String {
        try String(contentsOfFile: "\(Fixtures.root)/fields/\(name)", encoding: .utf8)
    }

    private static func capture(_ topic: String) -> String {
        let name = "\(Fixtures.root)/fields/\(topic).pcap"
        return FileManager.default.fileExists(atPath: name) ? name : name + "ng"
    }

    @Test(arguments: ["arp", "icmp", "icmpv6", "ipv4-options", "ipv6-extensions", "packet-blocks", "ping", "ppp"])
    func `every field has tshark's values`(_ topic: String) throws {
        let table = try Self.fixture(topic + ".tsv")
        let names = table.prefix { $0 != "\n" }.split(separator: "\t").map(String.init)
        #expect(names.count >= 9)
        let answers = table.split(separator: "\n", omittingEmptySubsequences: false).dropFirst()
            .map { $0.split(separator: "\t", omittingEmptySubsequences: false) }
        // One field a run: what differs is named.
        for (column, name) in names.enumerated() {
            let run = try wharf(
                "read", "-n", "-r", Self.capture(topic), "-T", "fields", "-e", name,
                environment: ["TZ": "UTC"])
            let wanted = answers.dropLast().map { String($0[column]) }
            #expect(
                run.output.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
                    == wanted, "\(name)")
        }
    }

    @Test(arguments: ["arp", "icmp", "icmpv6", "icmpv6-cut", "packet-blocks", "ping", "ppp"])
    func `the packet list is tshark's`(_ topic: String) throws {
        let run = try wharf("read", "-n", "-r", Self.capture(topic), environment: ["TZ": "UTC"])
        #expect(try run.output == Self.fixture(topic + ".txt"))
    }

    /// `-V -O`, which writes out bytes that no protocol reads.
    @Test(arguments: [("packet-blocks", "frame"), ("ping", "icmp,icmpv6")])
    func `trees are tshark's`(_ topic: String, _ protocols: String) throws {
        let run = try wharf("read", "-n", "-r", Self.capture(topic), "-O", protocols, environment: ["TZ": "UTC"])
        // tshark counts a frame without a time as one of 1970, and tells how long after it the next one came.
        let lines = run.output.split(separator: "\n", omittingEmptySubsequences: false)
            .filter { topic == "ping" || !$0.contains("Time delta from previous") }
        #expect(try lines.joined(separator: "\n") == Self.fixture(topic + ".tree"))
    }
}
