import Analysis
import Bytes
import FTPProtocol
import TestSupport
import Testing

@testable import Report

@Suite struct StatisticsTextTests {
    private func lines(_ name: String, of capture: String, own: Bool = false, secrets: Bool = false) throws -> [String]
    {
        var options = StatisticCatalog.Options()
        options.isOwn = own
        options.showsSecrets = secrets
        options.looksUpNames = false
        let source = StatisticsSource(CaptureIndex(try Fixtures.capture(capture)))
        let statistic = try StatisticCatalog(options).maker(name)(source)
        source.take([statistic])
        var lines: [String] = []
        statistic.write { lines.append($0) }
        return lines
    }

    @Test func `conversations look as tshark prints them`() throws {
        let lines = try lines("conv,tcp", of: "passive-download.pcap")
        #expect(lines.count == 8)
        #expect(
            lines[6]
                == "192.0.2.50:43756           <-> 192.0.2.21:21                   15 1346 bytes      14 1028 bytes"
                + "      29 2374 bytes     0.000038000         0.0234")
    }

    @Test func `a protocol hierarchy looks as tshark prints it`() throws {
        let lines = try lines("io,phs", of: "passive-download.pcap")
        #expect(
            lines[5...9] == [
                "eth                                      frames:65 bytes:24718",
                "  arp                                    frames:2 bytes:84",
                "  ip                                     frames:63 bytes:24634",
                "    tcp                                  frames:63 bytes:24634",
                "      ftp                                frames:20 bytes:1764",
            ])
    }

    @Test func `a table of intervals looks as tshark prints it`() throws {
        let lines = try lines("io,stat,0.01,tcp,AVG(tcp.len)tcp.len", of: "passive-download.pcap")
        #expect(
            lines == [
                "",
                "=======================================",
                "| IO Statistics                       |",
                "|                                     |",
                "| Duration: 0.02 secs                 |",
                "| Interval: 0.01 secs                 |",
                "|                                     |",
                "| Col 1: tcp                          |",
                "|     2: AVG(tcp.len)tcp.len          |",
                "|-------------------------------------|",
                "|              |1               |2    |",
                "| Interval     | Frames | Bytes | AVG |",
                "|-------------------------------------|",
                "| 0.00 <> 0.01 |      3 |   214 |   0 |",
                "| 0.01 <> 0.02 |      6 |   477 |  13 |",
                "| 0.02 <> 0.02 |     54 | 23943 | 377 |",
                "=======================================",
            ])
    }

    @Test func `what took long loads intervals without frames, too`() throws {
        let rows = try lines(
            "io,stat,0.001,LOAD(tcp.analysis.ack_rtt)tcp.analysis.ack_rtt", of: "passive-download.pcap")
        #expect(rows.filter { $0.contains(" 1.000000 |") }.count == 8)
    }

    @Test func `an empty capture has tables without rows`() throws {
        #expect(try lines("conv,tcp", of: "empty.pcap").count == 6)
        #expect(try lines("expert", of: "empty.pcap").isEmpty)
        #expect(try lines("io,stat,1", of: "empty.pcap").count == 13)
    }

    @Test func `passwords are masked unless they are asked for, and tshark's table has none`() throws {
        #expect(try lines("credentials", of: "passive-download.pcap").allSatisfy { !$0.contains(Secrets.mask) })
        let masked = try lines("credentials", of: "passive-download.pcap", own: true)
        #expect(masked.contains { $0.contains("alice") && $0.contains(Secrets.mask) })
        let shown = try lines("credentials", of: "passive-download.pcap", own: true, secrets: true)
        #expect(shown.contains { $0.contains("alice") && !$0.contains(Secrets.mask) })
    }

    @Test(arguments: ["nosuch", "conv,sctp", "io,stat", "io,stat,-1", "io,stat,x", "conv,tcp,tcp.port==x", "hosts,ipx"])
    func `what is no statistic is an error before anything is read`(name: String) {
        #expect(throws: (any Error).self) { try StatisticCatalog(StatisticCatalog.Options()).maker(name) }
    }

    @Test func `an unknown name is answered with those that there are`() {
        #expect { try StatisticCatalog(StatisticCatalog.Options()).maker("nosuch") } throws: {
            "\($0)".contains("conv,tcp") && "\($0)".contains("io,phs")
        }
    }

    @Test func `JSON has the numbers of the table`() throws {
        let source = StatisticsSource(CaptureIndex(try Fixtures.capture("passive-download.pcap")))
        let statistic = try StatisticCatalog(StatisticCatalog.Options()).maker("conv,tcp")(source)
        let text = try StatisticsJSON.text(of: [("conv,tcp", statistic)])
        #expect(text.contains("\"frames_a_to_b\" : 14"))
        #expect(text.contains("\"wharf-statistics-1\""))
    }
}

@Suite struct PrintfTests {
    @Test(arguments: [
        (0.00005, 4, "0.0001"), (0.5, 0, "0"), (1.5, 0, "2"), (2.675, 2, "2.67"), (0.0234, 4, "0.0234"),
        (-1.25, 1, "-1.2"),
        (0, 4, "0.0000"), (1e-20, 4, "0.0000"), (123456.789, 3, "123456.789"), (50.793650793650791, 2, "50.79"),
    ])
    func `decimals are rounded as C rounds them`(value: Double, digits: Int, text: String) {
        #expect(Printf.fixed(value, digits) == text)
    }

    @Test(arguments: [
        (UInt64(0), "0 bytes"), (9999, "9999 bytes"), (10_000, "10 kB"), (10_999, "10 kB"), (9_999_999, "9999 kB"),
        (10_000_000, "10 MB"), (.max, "18446744 TB"),
    ])
    func `sizes are cut to whole units`(bytes: UInt64, text: String) {
        #expect(String(writing: { $0.append(size: bytes) }) == text)
    }
}
