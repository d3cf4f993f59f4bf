import Bytes
import CaptureFile
import Dissection
import Foundation
import Testing

/// Trees of whole protocols, line by line as tshark 4.0.17 prints them (`-V -O`), for captures in Fixtures/fields.
/// What tshark wraps as expert information, and what only other frames tell, is left out.
@Suite struct TreeFileTests {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fixtures/fields")

    private static let findings: Set<String> = [
        "dns.retransmit_request", "dns.retransmit_response", "dns.ttl.high_bit_set", "dns.undecoded.type",
        "dns.extraneous", "dns.tsig.noalg", "udp.length.bad", "udp.checksum.zero", "udp.possible_traceroute",
    ]
    private static let ofOthers = [
        "[Request In", "[Time", "[Retransm", "[Unsolicited", "[Stream index",
        // Names of vendors, which Wharf has no table of, and what tshark itself writes oddly.
        "Organization Code", "Bits: ", "EUI64", "OpenPGP Key", "Closest Trust Point",
    ]

    private static func isCompared(_ line: String) -> Bool {
        let text = line.drop { $0 == " " }
        return !ofOthers.contains { text.hasPrefix($0) }
    }

    @Test(arguments: [
        ("dns-everyday", ["dns"]), ("dns-edns", ["dns"]), ("dns-dnssec", ["dns"]), ("dns-records", ["dns"]),
        ("dns-other", ["dns"]), ("mdns", ["mdns", "llmnr"]), ("dns-tcp", ["dns"]), ("udp", ["udp"]), ("llc", ["llc"]),
    ])
    func `trees are tshark's`(_ name: String, _ protocols: [String]) throws {
        let url = Self.folder.appending(path: name + ".txt")
        let text = try String(contentsOf: url, encoding: .utf8)
        var expected: [[String]] = []
        var infos: [String] = []
        for line in text.split(separator: "\n").map(String.init) {
            if line.hasPrefix("# ") {
                expected.append([])
                infos.append(String(line.dropFirst(2)))
            } else {
                expected[expected.count - 1].append(line)
            }
        }
        let capture = try Capture(paths: [Self.folder.appending(path: name + ".pcap").path()])
        var reader = capture.makeReader()
        var number = 0
        while let header = reader.next() {
            let frame = capture.bytes(at: header.position, count: Int(header.capturedLength)).array
            let found = Self.lines(frame, protocols).filter(Self.isCompared)
            #expect(found == expected[number].filter(Self.isCompared), "\(name) frame \(number + 1)")
            if name != "llc" {
                var facts = FrameFacts()
                (facts.frame.length, facts.frame.capturedLength) = (header.originalLength, header.capturedLength)
                var info: [UInt8] = []
                withBorrowed(FoundFrame(frame.walk(.ethernet, facts), facts)) { found in
                    DissectedFrame(frame.bytes, copy found, .ethernet).appendInfo(to: &info)
                }
                if !infos[number].hasPrefix("Ethernet"), protocols != ["dns"] || frame.walk().has(.dns) {
                    #expect(String(decoding: info, as: UTF8.self) == infos[number], "\(name) frame \(number + 1)")
                }
            }
            number += 1
        }
    }

    static func lines(_ frame: [UInt8], _ protocols: [String]) -> [String] {
        var lines: [String] = []
        var isWanted = false
        frame.forEachDetail(.ethernet, FrameFacts(), original: frame.count) { node, line, depth in
            if node == nil {
                isWanted = protocols.contains { name in
                    ProtocolID.allCases.contains { $0.name == name && line.hasPrefix($0.label) }
                }
            }
            guard isWanted, node?.row.isHidden != true, !findings.contains(node?.row.name ?? ""),
                node?.row.name.hasPrefix("_ws.expert") != true
            else { return }
            let shown = node?.row.isGenerated == true ? "[\(line)]" : line
            lines.append(String(repeating: "    ", count: depth) + shown)
        }
        return lines
    }
}
