import Foundation
import TestSupport
import Testing

/// What Wharf's sessions and transfers say about single frames: the numbers are those of `wharf analyze`.
@Suite struct OwnFieldTests {
    private static func rows(_ capture: String, _ filter: String, _ names: String...) throws -> [String] {
        var rows: [[Substring]] = []
        for name in ["frame.number"] + names {
            let run = try wharf(
                "read", "-n", "-r", path(capture), "-Y", filter, "-T", "fields", "-e", name)
            #expect(run.status == 0, "\(run.errors)")
            let values = run.output.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
            if rows.isEmpty { rows = values.map { _ in [] } }
            for (row, value) in values.enumerated() { rows[row].append(value) }
        }
        return rows.map { $0.joined(separator: " ") }
    }

    @Test func `a transfer is known in its command, its replies and its data connection`() throws {
        let rows = try Self.rows(
            "passive-download.pcap", "ftp.transfer == 1", "ftp.session", "ftp.user", "ftp.transfer.path",
            "ftp.transfer.direction", "ftp.transfer.bytes", "ftp.transfer.rate", "ftp.transfer.state",
            "ftp.transfer.command_frame")
        // 20 000 bytes in 78 µs.
        let rest = " 1 alice /docs/report.bin download 20000 256410256 complete 26"
        // 19 is the SYN of the data connection; 26, 27 and 59 are RETR, 150 and 226.
        for frame in [19, 26, 27, 28, 59] { #expect(rows.contains("\(frame)" + rest)) }
        #expect(!rows.contains { $0.hasPrefix("25 ") } && rows.allSatisfy { $0.hasSuffix(rest) })
    }

    @Test func `commands and replies name each other, and how long it took`() throws {
        let rows = try Self.rows(
            "passive-download.pcap", "frame.number in {26, 27, 59}", "ftp.request.frame", "ftp.reply_time",
            "ftp.response.frame")
        // The second reply to RETR answers it too, but it is the first one that it had to wait for.
        #expect(rows == ["26   27", "27 26 0.000106000 ", "59 26  "])
    }

    @Test func `every frame of a session has it, encrypted or not`() throws {
        for capture in ["auth-tls.pcap", "implicit-tls.pcap"] {
            let all = try Self.rows(capture, "tcp", "tcp.stream")
            let known = try Self.rows(capture, "ftp.session == 1", "tcp.stream")
            #expect(known == all && !known.isEmpty, "\(capture)")
        }
        #expect(try Self.rows("passive-download.pcap", "arp and ftp.session").isEmpty)
    }

    @Test func `what one server sends to another belongs to both sessions`() throws {
        let rows = try Self.rows("fxp.pcap", "ftp-data", "ftp.session", "ftp.transfer", "ftp.user")
        #expect(!rows.isEmpty && rows.allSatisfy { $0.hasSuffix(" 1,2 1,2 alice,alice") })
        let commands = try Self.rows(
            "fxp.pcap", "ftp.request.command in {\"RETR\", \"STOR\"}", "ftp.session", "ftp.transfer")
        #expect(commands == ["44 1 1", "45 2 2"])
    }

    @Test(arguments: [
        ("abort.pcap", "aborted"), ("lost-segments.pcap", "complete"), ("file-not-found.pcap", "refused"),
        ("pasv-blocked.pcap", "blocked"),
    ])
    func `states have the names of the JSON`(capture: String, state: String) throws {
        let rows = try Self.rows(capture, "ftp.request.command == \"RETR\"", "ftp.transfer.state")
        #expect(rows.first?.hasSuffix(" " + state) == true, "\(rows)")
    }

    @Test func `trees show them last below the protocol, in brackets`() throws {
        let run = try wharf("read", "-n", "-r", path("passive-download.pcap"), "-Y", "frame.number == 27", "-O", "ftp")
        #expect(
            run.output.contains(
                "(20000 bytes).\n    [Session: 1]\n    [User: alice]\n    [Transfer: 1]\n    [Transfer path: /docs/report.bin]\n"
            )
        )
        #expect(run.output.hasSuffix("    [Reply time: 0.000106000 seconds]\n[Current working directory: /docs]\n\n"))
    }

    @Test func `replies 257 that name no directory are findings`() throws {
        let capture = "\(Fixtures.root)/fields/ftp-directory.pcap"
        let frames = try wharf(
            "read", "-n", "-r", capture, "-Y", "ftp.response.pwd.invalid", "-T", "fields", "-e", "frame.number")
        // As tshark has it: without a quote before or behind, with nothing between the two, with only a doubled one.
        #expect(
            frames.output.split(separator: "\n").map { Int($0) }
                == [7, 9, 11, 15, 17, 19, 21, 25, 27, 33])
        let tree = try wharf("read", "-n", "-r", capture, "-Y", "frame.number == 7", "-O", "ftp")
        #expect(
            tree.output.contains(
                """
                        Response code: PATHNAME created (257)
                            [Expert Info (Error/Malformed): Invalid PWD response]
                                [Invalid PWD response]
                                [Severity level: Error]
                                [Group: Malformed]
                        Response arg: /a is current
                """))
    }

    @Test func `docs/fields.md is what the program prints`() throws {
        let page = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("docs/fields.md")
        let run = try wharf("fields", "--markdown")
        #expect(
            try run.output == String(contentsOf: page, encoding: .utf8),
            "docs/fields.md is stale; renew it: .build/debug/wharf fields --markdown > docs/fields.md")
        #expect(try wharf("fields", "--markdown", "tcp").status == 64)
        let own = try wharf("fields", "--own", "--tsv")
        #expect(own.output.contains("ftp.session\tFT_UINT32\tSession\n") && !own.output.contains("ftp.request.command"))
    }
}
