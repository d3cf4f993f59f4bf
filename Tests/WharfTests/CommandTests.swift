import Foundation
import TestSupport
import Testing

/// The program as its users run it.
@Suite struct CommandTests {
    @Test func `analyze tells the story on standard output and nothing else`() throws {
        let run = try wharf("analyze", path("passive-download.pcap"))
        #expect(run.status == 0 && run.errors.isEmpty)
        #expect(run.output.contains("227 Entering Passive Mode"))
        #expect(!run.output.contains("\u{1B}"))
    }

    @Test func `a capture may come through a pipe, compressed or not`() throws {
        let plain = try wharf("analyze", path("format.pcap")).output.split(separator: "\n").dropFirst()
        for name in ["format.pcap", "format.pcap.gz", "format.pcapng"] {
            let bytes = try Array(Data(contentsOf: URL(fileURLWithPath: path(name))))
            let run = try wharf("analyze", "-", input: bytes)
            #expect(run.status == 0)
            #expect(run.output.split(separator: "\n").dropFirst() == plain)
        }
    }

    @Test func `the files of a ring are one capture, in whatever order they are given`() throws {
        let names = ["ring_00001.pcap", "ring_00002.pcap", "ring_00003.pcap"].map(path)
        let forwards = try wharf("analyze", names[0], names[1], names[2])
        let backwards = try wharf("analyze", names[2], names[1], names[0])
        #expect(forwards.status == 0)
        #expect(forwards.output == backwards.output)
        #expect(forwards.output.contains("a631bc2d21b96c69767f85d186322d78"))
    }

    @Test func `a cut file gives its story and one line about the cut`() throws {
        let run = try wharf("analyze", path("truncated.pcap"))
        #expect(run.status == 0)
        #expect(run.output.contains("/docs/report.bin"))
        #expect(run.errors.split(separator: "\n").count == 1)
        #expect(run.errors.contains("truncated.pcap: cut short: packet 34 begins at byte"))
    }

    @Test(arguments: [("/nonexistent.pcap", "No such file"), (#filePath, "not a capture file"), ("/tmp", "directory")])
    func `what cannot be read is named with the reason`(file: String, reason: String) throws {
        let run = try wharf("analyze", file)
        #expect(run.status == 1)
        #expect(run.output.isEmpty)
        #expect(run.errors.contains(file) && run.errors.contains(reason))
    }

    @Test func `the language comes from the environment unless it is given`() throws {
        let chinese = try wharf("analyze", path("format.pcap"), environment: ["LANG": "zh_CN.UTF-8"])
        #expect(chinese.output.contains("会话 1"))
        let overruled = try wharf("analyze", "--lang", "en", path("format.pcap"), environment: ["LANG": "zh_CN.UTF-8"])
        #expect(overruled.output.contains("Session 1"))
        let first = try wharf("analyze", path("format.pcap"), environment: ["LC_ALL": "C", "LANG": "zh_CN.UTF-8"])
        #expect(first.output.contains("Session 1"))
    }

    @Test func `colour appears when it is asked for`() throws {
        #expect(try wharf("analyze", "--color", "always", path("format.pcap")).output.contains("\u{1B}["))
    }

    @Test func `the JSON is JSON`() throws {
        let run = try wharf("analyze", "--json", path("format.pcap"))
        let object = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
        #expect(object?["format"] as? String == "wharf-story-1")
    }

    @Test func `export writes files and says what it wrote`() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("wharf-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let run = try wharf("export", path("passive-download.pcap"), "--to", folder.path + "/a/b")
        #expect(run.status == 0)
        #expect(run.output.contains("a631bc2d21b96c69767f85d186322d78"))
        let written = try Data(contentsOf: folder.appendingPathComponent("a/b/report.bin"))
        #expect(written.count == 20000)
    }

    @Test(arguments: ["/proc/nothing", #filePath])
    func `a folder that cannot be made is an error, not a crash`(folder: String) throws {
        let run = try wharf("export", path("format.pcap"), "--to", folder)
        #expect(run.status == 1)
        #expect(run.errors.contains(folder))
    }

    private static let hasFullDevice = FileManager.default.fileExists(atPath: "/dev/full")

    // `read` ends as tshark does.
    @Test(.enabled(if: hasFullDevice, "skipped: there is no /dev/full"), arguments: [("analyze", 1), ("read", 2)])
    func `a full disk is an error`(_ command: String, _ status: Int32) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = [
            "-c", "\"$0\" \(command) \"$1\" > /dev/full", program.path,
            path("format.pcap"),
        ]
        process.standardError = Pipe()
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == status)
    }

    @Test(arguments: ["io", "throughput", "stevens", "tcptrace", "rtt", "window"])
    func `graph draws each kind as SVG, of the stream with the most data unless told otherwise`(kind: String) throws {
        let run = try wharf("graph", kind, path("passive-download.pcap"))
        #expect(run.status == 0 && run.errors.isEmpty)
        #expect(run.output.hasPrefix("<svg ") && run.output.hasSuffix("</svg>\n"))
        #expect(run.output.contains("data-frame="))
        if kind != "io" {
            #expect(try wharf("graph", kind, path("passive-download.pcap"), "--transfer", "1").output == run.output)
        }
    }

    @Test func `graph says what it cannot draw, and what would work`() throws {
        let file = path("passive-download.pcap")
        let stream = try wharf("graph", "rtt", file, "--stream", "99")
        #expect(stream.status == 1 && stream.errors.contains("no stream 99"))
        let short = try wharf("graph", "io", file, "--interval", "0.000000001")
        #expect(short.status == 1 && short.errors.contains("--interval"))
        let empty = try wharf("graph", "io", path("empty.pcap"))
        #expect(empty.status == 1 && empty.errors.contains("empty.pcap"))
        #expect(try wharf("graph", "rtt", file, "--dips").status == 64)
    }

    @Test(arguments: ["segmented.pcap", "abort.pcap", "empty.pcap", "retransmission-server.pcap"])
    func `the dips of any capture can be told`(capture: String) throws {
        for form in ["--dips", "--json"] {
            let run = try wharf("graph", "io", "--dips", form, path(capture))
            #expect(run.status == (capture == "empty.pcap" ? 1 : 0), "\(run.errors)")
        }
    }

    @Test func `the dips of a rate can be had as JSON`() throws {
        let run = try wharf("graph", "io", path("passive-download.pcap"), "--dips", "--json")
        #expect(run.status == 0)
        let document = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
        #expect(document?["format"] as? String == "wharf-dips-1")
    }
}
