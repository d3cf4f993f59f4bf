import Bytes
import CaptureFile
import Testing

@testable import Analysis
@testable import Dissection

/// Queries and responses, as tshark 4.0.17 pairs them in Fixtures/fields/dns-everyday.pcap.
@Suite struct MessageExchangeTests {
    private final class Collector: FrameTap {
        var condition: (any FrameTest)? { nil }
        var needs: FrameNeeds { .datagrams }
        var found: [UInt32: DNSExchange] = [:]
        func take(_ frame: borrowing DissectedFrame) {
            if let dns = frame.facts.dns { found[frame.number] = dns.exchange }
        }
    }

    @Test func `a response answers the query with its number, once`() throws {
        let path =
            #filePath.split(separator: "/").dropLast(2).reduce("") { $0 + "/" + $1 }
            + "/Fixtures/fields/dns-everyday.pcap"
        let index = CaptureIndex(try Capture(paths: [path]))
        let collector = Collector()
        FrameScan(index).run([collector]) { ApplicationTable(index, $0) }
        let found = collector.found
        #expect(found[1] == nil)
        #expect(found[2] == .answer(to: 0, after: 12_300_000))
        #expect(found[20] == .repeated(18))
        #expect(found[21] == .answer(to: 18, after: 24_600_000))
        #expect(found[22] == .repeated(20))
        #expect(found[25] == .unsolicited)
    }
}
