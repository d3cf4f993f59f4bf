import Foundation
import TestSupport
import Testing

/// Options of tshark's that are taken, and those that are refused with a reason.
@Suite struct ReadOptionTests {
    private static let capture = path("passive-download.pcap")

    private func read(_ options: String...) throws -> Run { try wharf(["read", "-n", "-r", Self.capture] + options) }

    @Test(arguments: [
        ["-d", "tcp.port==2121,ftp"], ["-o", "tcp.relative_sequence_numbers: true"], ["-N", "mnd"], ["-u", "s"],
        ["--color"], ["-S", "==="], ["-Y", ""],
    ])
    func `what changes nothing is accepted`(_ options: [String]) throws {
        let run = try wharf(["read", "-n", "-r", Self.capture, "-c", "3"] + options)
        #expect(run.status == 0 && run.output.split(separator: "\n").count == 3, "\(run.errors)")
    }

    @Test(arguments: [
        ["-nYframe.number==1", "-Tfields", "-eframe.number"], ["-nc1", "-Tfields", "-eframe.number"],
        ["-c1", "-T", "fields", "-neframe.number", "-Eseparator=,"],
        ["-c", "1", "-Tfields", "-e", "frame.number", "-Eheader=n", "-n"],
    ])
    func `letters and values may stand together as getopt has them`(_ options: [String]) throws {
        let run = try wharf(["read", "-r\(Self.capture)"] + options)
        #expect(run.status == 0 && run.output == "1\n", "\(run.errors)")
    }

    @Test func `what follows a value's letter is its value, and what follows two dashes is a file`() throws {
        let run = try wharf(["read", "-r", Self.capture, "-c", "1", "-nTfields", "-e", "frame.len", "-Y", "-nT"])
        #expect(run.status == 2 && run.errors.contains("-nT"), "\(run.errors)")
        #expect(try wharf(["read", "-n", "--", "-nV"]).errors.contains("-nV"))
        #expect(try wharf(["analyze", "-Ytcp.stream==0", Self.capture]).status == 0)
    }

    @Test(arguments: [
        (["-d", "udp.port==53,dns"], "not by ports"), (["-d", "x"], "expected tcp.port==PORT,PROTOCOL"),
        (["-o", "tcp.check_checksum:TRUE"], "Wharf can only do tcp.check_checksum:FALSE"),
        (["-o", "x.y:1"], "it is accepted, where it says what Wharf does, for ip.check_checksum"),
        (["-o", "x"], "name:value"), (["-N", "N"], "never sends"), (["-N", "q"], "the letters are"),
        (["-u", "hms"], "Wharf writes seconds"), (["-R", "ftp"], "-Y selects"),
        (["-a", "packets:3"], "-c ends reading"),
        (["-i", "eth0"], "wharf capture"), (["-c", "0"], "1 or more"), (["-ncY"], "number"),
        (["-c", "-1"], "1 or more"),
        (["-c", "x"], "number"),
        (["-T", "x"], "pdml"), (["-t", "x"], "adoy"), (["-F", "x"], "pcapng"), (["-e", "ip.src"], "-T fields"),
    ])
    func `what cannot be done is refused with a reason`(_ options: [String], reason: String) throws {
        let run = try wharf(["read", "-n", "-r", Self.capture] + options)
        #expect(run.status == 64 && run.output.isEmpty && run.errors.contains(reason), "\(run.errors)")
    }

    @Test func `a filter may stand behind the capture, as in tshark`() throws {
        let expected = try read("-Y", "tcp and frame.number < 5").output
        #expect(!expected.isEmpty)
        #expect(try read("tcp", "and", "frame.number < 5").output == expected)
        #expect(try read("tcp and frame.number < 5").output == expected)
        // What is there is a capture, and what is no filter is a name.
        #expect(
            try wharf("read", "-n", "-r", Self.capture, path("format.pcap")).output.split(separator: "\n").count > 65)
        let missing = try read("nosuch.pcap")
        #expect(missing.status == 2 && missing.errors.contains("nosuch.pcap: cannot be opened"))
    }

    @Test func `the last fragment lists all of them, as in tshark`() throws {
        for (capture, frame, lines) in [
            (
                "fragments-ipv4.pcap", 30,
                """
                    [3 IPv4 Fragments (1480 bytes): #28(576), #29(576), #30(328)]
                        [Frame: 28, payload: 0-575 (576 bytes)]
                        [Frame: 29, payload: 576-1151 (576 bytes)]
                        [Frame: 30, payload: 1152-1479 (328 bytes)]
                        [Fragment count: 3]
                        [Reassembled IPv4 length: 1480]

                """
            ),
            (
                "fragments-ipv6.pcap", 28,
                """
                    [3 IPv6 Fragments (1460 bytes): #26(512), #27(512), #28(436)]
                        [Frame: 26, payload: 0-511 (512 bytes)]

                """
            ),
        ] {
            let tree = try wharf("read", "-nr", path(capture), "-Y", "frame.number == \(frame)", "-V").output
            #expect(tree.contains("\n" + lines), "\(capture)")
        }
        let first = try wharf("read", "-nr", path("fragments-ipv4.pcap"), "-Y", "frame.number == 30", "-V").output
        #expect(first.contains("    ...0 0000 1001 0000 = Fragment Offset: 1152\n"))
    }

    @Test func `nothing that was typed steers the terminal`() throws {
        for options in [
            ["-r", "/x/\u{1B}[31m.pcap"], ["-T", "\u{1B}[3m"], ["-o", "\u{1B}[3m"], ["--\u{1B}[3m"],
            ["-w", "/x/\u{1B}"],
        ] {
            let run = try wharf(["read", Self.capture] + options)
            #expect(run.status != 0 && run.errors.contains("\\x1b") && !run.errors.contains("\u{1B}"), "\(options)")
        }
    }

    @Test func `the version is told, and where else to look`() throws {
        #expect(try wharf("read", "-v").output == "wharf " + wharf("--version").output)
        #expect(try wharf("read", "-G", "fields").errors.contains("wharf fields"))
        #expect(try read("-b", "files:3").errors.contains("wharf capture"))
    }

    @Test func `sequence numbers are those of the headers where that is asked for`() throws {
        let preference = ["-o", "tcp.relative_sequence_numbers:FALSE", "-Y", "tcp.flags.syn == 1"]
        let fields = ["tcp.seq", "tcp.seq_raw", "tcp.ack", "tcp.ack_raw"].flatMap { ["-e", $0] }
        let capture = path("sequence-wrap.pcap")
        let run = try wharf(["read", "-n", "-r", capture] + preference + ["-T", "fields"] + fields)
        let rows = run.output.split(separator: "\n").map { $0.split(separator: "\t").map(String.init) }
        // The SYN of the control connection, as tshark has it.
        #expect(rows.first == ["2500228779", "2500228779", "0", "0"])
        #expect(rows.allSatisfy { $0[0] == $0[1] && $0[2] == $0[3] })
        let list = try wharf(["read", "-n", "-r", capture] + preference).output
        #expect(list.contains("[SYN] Seq=2500228779 Win=64240 Len=0"))
        let tree = try wharf(["read", "-n", "-r", capture, "-V"] + preference).output
        #expect(tree.contains("    Sequence Number: 2500228779\n") && !tree.contains("(relative"))
    }

    @Test func `what stands beside a protocol is shown whatever is expanded, and an empty frame is an empty object`()
        throws
    {
        #expect(try read("-O", "tcp", "-Y", "ftp", "-c", "8").output.contains("\n[Current working directory: ]\n"))
        let json = try read("-T", "json", "-c", "1", "-e", "dns.id").output
        #expect(json.contains("\"layers\": {}\n    }\n  }\n]\n"))
    }

    @Test func `protocols are counted as fields are`() throws {
        let run = try read("-q", "-z", "io,stat,0,COUNT(frame)frame,COUNT(ftp)ftp")
        let row = run.output.split(separator: "\n").first { $0.contains("<>") } ?? ""
        let cells = row.split(separator: "|").map { cell in cell.filter { $0 != " " } }.filter { !$0.isEmpty }
        let frames = try read().output.split(separator: "\n").count
        let replies = try read("-Y", "ftp").output.split(separator: "\n").count
        #expect(Array(cells.suffix(2)) == ["\(frames)", "\(replies)"], "\(run.output)\(run.errors)")
    }

    @Test func `fields that there are not are all named, with what may have been meant`() throws {
        let run = try read("-T", "fields", "-e", "tcp.prot", "-e", "ip.src", "-e", "qqqqq.x")
        #expect(run.status == 1 && run.output.isEmpty)
        #expect(run.errors.hasSuffix("\n  tcp.prot: did you mean tcp.port?\n  qqqqq.x\n"))
    }

    @Test func `a wrong statistic is said before anything is printed`() throws {
        let run = try read("-z", "nosuch")
        #expect(run.status == 1 && run.output.isEmpty && run.errors.contains("conv,tcp"))
    }

    @Test func `a separator stands behind each frame that is more than a line`() throws {
        let run = try read("-c", "2", "-x", "-S", "====")
        #expect(run.output.split(separator: "\n").filter { $0 == "====" }.count == 2)
        #expect(run.output.hasSuffix(".PV2\n====\n") || run.output.hasSuffix("\n====\n"))
        let usual = try read("-c", "2", "-V", "-x").output
        #expect(try usual == read("-c", "2", "-V", "-x", "-S", "").output && usual.hasSuffix("\n\n"))
    }

    @Test func `the file that is read is not written over`() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("wharf-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let copy = folder.appendingPathComponent("in.pcap")
        try FileManager.default.copyItem(at: URL(fileURLWithPath: Self.capture), to: copy)
        try FileManager.default.createSymbolicLink(
            at: folder.appendingPathComponent("link.pcap"), withDestinationURL: copy)
        for target in ["in.pcap", "link.pcap"] {
            let run = try wharf(
                "read", "-r", copy.path, "-w", folder.appendingPathComponent(target).path, "-Y", "ftp")
            #expect(run.status == 2 && run.errors.contains("is being read"))
        }
        #expect(FileManager.default.contentsEqual(atPath: copy.path, andPath: Self.capture))
        let wrong = try wharf("read", "-r", copy.path, "-w", folder.path + "/out.pcap", "-Y", "nosuch")
        #expect(wrong.status == 2 && !FileManager.default.fileExists(atPath: folder.path + "/out.pcap"))
        let written = try wharf("read", "-r", copy.path, "-w", folder.path + "/out.pcap", "-Y", "ftp.transfer == 1")
        #expect(written.status == 0)
        let again = try wharf(
            "read", "-n", "-r", folder.path + "/out.pcap", "-T", "fields", "-e", "ftp.request.command")
        #expect(again.output.contains("RETR") && !again.output.contains("PASV"))
    }

    @Test func `transferred files are exported beside what is printed`() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("wharf-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let run = try read("-c", "1000", "-q", "--export-objects", "ftp-data,\(folder.path)/all")
        #expect(run.status == 0 && run.output.isEmpty && run.errors.isEmpty, "\(run.errors)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path + "/all") == ["report.bin"])
        #expect(try Data(contentsOf: folder.appendingPathComponent("all/report.bin")).count == 20000)
        let list = try read("-Y", "frame.number == 1", "--export-objects", "ftp-data,\(folder.path)/none")
        #expect(list.output.split(separator: "\n").count == 1)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path + "/none").isEmpty)
    }

    @Test func `a filter chooses files by the numbers that are asked for`() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("wharf-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let options = ["-q", "-o", "tcp.relative_sequence_numbers:FALSE", "-Y", "tcp.seq == 1 && ftp-data"]
        let run = try wharf(
            ["read", "-r", Self.capture] + options
                + ["--export-objects", "ftp-data,\(folder.path)/a", "--export-objects", "ftp-data,\(folder.path)/b"])
        #expect(run.status == 0)
        for name in ["a", "b"] {
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path + "/" + name).isEmpty)
        }
    }

    @Test(arguments: [
        ("http,x", "http: Wharf exports what FTP transfers"), ("ftp-data", "it takes ftp-data,FOLDER"),
        ("ftp-data,", "it takes ftp-data,FOLDER"), ("ftp-data,/dev/null/x", "the folder cannot be made"),
    ])
    func `what cannot be exported is said`(_ value: String, _ reason: String) throws {
        let run = try read("--export-objects", value)
        #expect(run.status != 0 && run.errors.contains(reason) && run.output.isEmpty, "\(run.errors)")
    }

    /// As on a disk that is full, which is here a limit on the size of files.
    @Test func `a file that may not grow further ends with a whole block`() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("wharf-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for number in 0..<12 {
            try FileManager.default.copyItem(
                atPath: path("segmented.pcap"), toPath: "\(folder.path)/\(number).pcap")
        }
        for format in ["pcapng", "pcap"] {
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/bin/sh")
            process.currentDirectoryURL = folder
            process.arguments = [
                "-c", "trap '' XFSZ; ulimit -f 600; exec \"$0\" read *.pcap -F \(format) -w out", program.path,
            ]
            let errors = Pipe()
            process.standardError = errors
            try process.run()
            let said = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            process.waitUntilExit()
            #expect(process.terminationStatus == 2 && said.contains("out: "), "\(said)")
            let written = try wharf("read", "-n", "-r", folder.path + "/out")
            #expect(written.status == 0 && written.errors.isEmpty, "\(written.errors)")
            let lines = written.output.split(separator: "\n").count
            #expect((1..<3600).contains(lines))
        }
    }
}
