import Foundation
import TestSupport
import Testing

/// Which frames filters select of what fixtures of their own hold; the numbers are tshark 4.0's.
@Suite struct SelectedFramesTests {
    private func selected(_ filter: String, _ file: String) throws -> String {
        let run = try wharf(
            "read", "-n", "-r", "\(Fixtures.root)/\(file)", "-Y", filter, "-T", "fields", "-e", "frame.number")
        return run.status == 0 ? run.output.split(separator: "\n").joined(separator: " ") : run.errors
    }

    @Test(arguments: [
        ("ftp.request.arg == \"a\"", "6"), ("ftp.request.arg matches \"\\xef\"", "2 4 8 10 18"),
        ("ftp.request.arg[0:2] == c4:e3", ""), ("ftp.request.arg[0:1] == ef", "4 8 10 18"),
        ("ftp.request.arg contains \"😀\"", ""), ("lower(ftp.request.arg) contains \"ok\"", "10"),
        ("ftp.response.arg == \"\"", "7"), ("len(ftp.response.arg) == 0", "7"),
        ("frame.number < 10 and _ws.string.trailing_stray_characters", "5 6 7 9"),
    ])
    func `texts of FTP are ASCII up to a NUL`(filter: String, frames: String) throws {
        #expect(try selected(filter, "fields/ftp-bytes.pcap") == frames)
    }

    @Test(arguments: [
        ("pkt_comment", "1 2 3 5 6 7"), ("!pkt_comment", "4 8"), ("frame.comment == \"\"", "3"),
        ("frame.comment.expert", "1 2 3 5 6 7"), ("len(frame.comment) == 300", "6"),
        ("frame.comment == \"second of two\"", "2"), ("frame.comment == \"nul\"", "7"),
        ("_ws.expert.group == \"Comment\"", "1 2 3 5 6 7"), ("frame.protocols contains \"comment\"", ""),
    ])
    func `comments are a protocol before the frame`(filter: String, frames: String) throws {
        #expect(try selected(filter, "fields/comments.pcapng") == frames)
    }

    @Test func `trees show comments first`() throws {
        let tree = try wharf("read", "-n", "-r", "\(Fixtures.root)/fields/comments.pcapng", "-V", "-c", "1").output
        #expect(
            tree.hasPrefix(
                """
                Packet comments
                    one é comment
                        [Expert Info (Comment/Comment): one é comment]
                            [one é comment]
                            [Severity level: Comment]
                            [Group: Comment]
                Frame 1: 70 bytes
                """))
    }

    @Test(arguments: [
        ("x509af.algorithm.id == 1.2.840.113549.1.1.11", "12 34 64"),
        ("x509af.algorithm.id in {1.2.3, 1.2.840.113549.1.1.11}", "12 34 64"),
        ("x509af.algorithm.id < 1.2.840.113549.1.1.12", "12 34 64"), ("x509af.algorithm.id == 1.2.3", ""),
        ("x509if.oid contains 2.5", "12 34 64"), ("x509if.oid[1:] == 04:03", "12 34 64"),
        ("len(x509af.algorithm.id) == 9", "12 34 64"), ("x509af.algorithm.id & 1.2", "12 34 64"),
        ("string(x509af.algorithm.id) == \"1.2.840.113549.1.1.11\"", "12 34 64"),
    ])
    func `object identifiers are compared by their bytes`(filter: String, frames: String) throws {
        #expect(try selected(filter, "captures/auth-tls12.pcap") == frames)
    }

    @Test(arguments: ["\"1.2.3\"", "2a:86", "1", "3.2.1", "1.40.1", "foo", "0x2a"])
    func `what is no object identifier is refused`(literal: String) throws {
        let errors = try selected("x509if.oid == \(literal)", "captures/auth-tls12.pcap")
        #expect(errors.contains("no object identifier"), "\(errors)")
    }
}

/// Names that Wharf does not read, and where frames come from and go to.
@Suite struct ReadFormTests {
    private static let capture = path("passive-download.pcap")

    @Test(arguments: [
        ["-Y", "http.host"], ["-T", "fields", "-e", "http.host"], ["-q", "-z", "io,stat,0,http.host"],
        ["-q", "-z", "io,phs,http.host"], ["-q", "-z", "expert,http.host"],
    ])
    func `names that Wharf does not read are told once`(_ options: [String]) throws {
        let run = try wharf(["read", "-n", "-c", "2", "-r", Self.capture] + options)
        #expect(run.status == 0 && run.errors == "wharf: Wharf does not read http.host, so that no frame has it\n")
    }

    @Test func `a separator must be something`() throws {
        let wrong = try wharf(
            "read", "-r", Self.capture, "-T", "fields", "-e", "frame.number", "-E", "separator=")
        #expect(wrong.status == 1 && wrong.output.isEmpty && wrong.errors.contains("-E separator=: expected"))
    }

    @Test(arguments: ["/nonexistent.pcap", #filePath, "/tmp"])
    func `what cannot be read leaves tshark's status`(file: String) throws {
        let run = try wharf("read", "-r", file)
        #expect(run.status == 2 && run.output.isEmpty && run.errors.contains(file))
    }

    @Test func `frames come from standard input and go to standard output`() throws {
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: Self.capture)))
        let file = try wharf("read", "-n", "-r", Self.capture)
        #expect(try wharf(["read", "-n", "-r", "-"], input: bytes).output == file.output)
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("wharf-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appendingPathComponent("out.pcapng").path
        #expect(try wharf("read", "-r", Self.capture, "-Y", "ftp", "-w", path).status == 0)
        let written = try wharf("read", "-r", Self.capture, "-Y", "ftp", "-w", "-")
        #expect(try written.output == String(decoding: Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self))
        let names = ["-T", "fields", "-e", "ftp.request.command", "-e", "ftp.response.code"]
        let again = try wharf(["read", "-n", "-r", path] + names).output
        #expect(try again == wharf(["read", "-n", "-r", Self.capture, "-Y", "ftp"] + names).output && !again.isEmpty)
    }
}
