import Foundation
import TestSupport
import Testing

/// `-Y` in every command that has it.
@Suite struct FilterOptionTests {
    private static let capture = path("passive-download.pcap")
    private static let many = path("many-small-files-down.pcap")

    @Test(arguments: [
        ["analyze"], ["follow", "--stream", "0"], ["graph", "io"], ["stat"], ["export", "--to", "/nonexistent"],
        ["read"], ["read", "-q", "-z", "io,phs,tcp.prot == 21"], ["stat", "conv,tcp,tcp.prot == 21"],
    ])
    func `a wrong filter is shown with its place, and ends with 2 before anything is read`(_ command: [String]) throws {
        var arguments = command
        if !command.contains(where: { $0.contains("tcp.prot") }) { arguments += ["-Y", "tcp.prot == 21"] }
        let run = try wharf(arguments + [Self.capture])
        #expect(run.status == 2 && run.output.isEmpty)
        #expect(run.errors.hasPrefix("wharf: ") && run.errors.contains("    tcp.prot == 21\n    ^~~~~~~~\n"))
    }

    @Test func `a field in a set stands for its values, and not for what lies between them`() throws {
        // Frames that quote a packet have each of these fields twice; tshark's answers.
        for (filter, count) in [("ip.ttl in {ip.len}", 0), ("ip.hdr_len in {ip.ttl}", 0), ("ip.ttl in {ip.id}", 44)] {
            let capture = path("../fields/icmp.pcap")
            let run = try wharf(["read", "-nr", capture, "-Y", filter, "-Tfields", "-eframe.number"])
            #expect(run.output.split(separator: "\n").count == count, "\(filter)")
        }
    }

    @Test func `macros work wherever filters do`() throws {
        let macro = ["--macro", "port=tcp.port == $1", "-Y", "${port:21}"]
        let read = try wharf(["read", "-n", "-r", Self.capture] + macro)
        #expect(try read.output == wharf("read", "-n", "-r", Self.capture, "-Y", "tcp.port == 21").output)
        #expect(try wharf(["stat", "io,phs"] + macro + [Self.capture]).status == 0)
        let inName = ["stat", "io,phs,${port:21}", Self.capture, "--macro", "port=tcp.port == $1"]
        let spelled = try wharf("stat", "io,phs,tcp.port == 21", Self.capture).output
        #expect(try wharf(inName).output == spelled.replacingOccurrences(of: "tcp.port == 21", with: "${port:21}"))
    }

    @Test func `analyze tells sessions and transfers that have a frame of it`() throws {
        let one = try wharf("analyze", "--json", "-Y", "ftp.transfer == 3", Self.many)
        let document = try JSONSerialization.jsonObject(with: Data(one.output.utf8)) as? [String: Any]
        let transfers = document?["transfers"] as? [[String: Any]]
        #expect(transfers?.map { $0["id"] as? Int } == [3])
        let text = try wharf("analyze", "-Y", "ftp.transfer == 3", Self.many).output
        let table = text.split(separator: "\n").suffix(3)
        #expect(
            table.first?.hasPrefix("Transfers   up 0, down 1") == true && table.last?.contains("file-04.txt") == true)
        #expect(
            try wharf("analyze", "-Y", "udp", "--lang", "en", Self.capture).output.contains(
                "no frame of any FTP session"))
        let zeek = try wharf("analyze", "--format", "zeek", "-Y", "udp", Self.capture).output
        #expect(zeek.hasSuffix("string\n#close\n"))
    }

    @Test func `export writes the files of transfers that have a frame of it`() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("wharf-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let run = try wharf("export", Self.many, "--to", folder.path, "-Y", "ftp.request.arg contains \"file-08\"")
        #expect(run.status == 0)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["file-08.txt"])
    }

    @Test func `follow shows what the frames carried, or the streams that have one`() throws {
        let filter = "ftp.request.command == \"PASS\" or ftp.response.code == 230"
        let turns = try wharf("follow", "--session", "1", "-Y", filter, Self.capture)
        let lines = turns.output.split(separator: "\n").filter { $0.hasPrefix(" ") }
        #expect(lines.map { $0.split(separator: " ").first } == ["11", "12"])
        #expect(!turns.output.contains("secret"))
        let stream = try wharf("follow", "-Y", "ftp.response.code == 230", Self.capture)
        #expect(try stream.output == wharf("follow", "--stream", "0", Self.capture).output)
        #expect(try wharf("follow", "-Y", "udp", Self.capture).status == 1)
        let raw = try wharf("follow", "-Y", "tcp", "--format", "raw", Self.capture)
        #expect(raw.status == 1 && raw.errors.contains("2 streams"))
        #expect(try wharf("follow", "-Y", "tcp", "--tap", "follow,tcp,raw,0", Self.capture).status == 64)
    }

    @Test func `graphs have no other frames`() throws {
        let data = try wharf("graph", "io", "-Y", "ftp-data", Self.capture)
        #expect(data.output.contains("data-frame=\"28\"") && !data.output.contains("data-frame=\"3\""))
        #expect(data.output.contains("ftp-data</title>") || data.output.contains("ftp-data · "))
        let control = try wharf("graph", "stevens", "-Y", "ftp", Self.capture)
        #expect(control.output.contains("data-frame=\"59\"") && !control.output.contains("data-frame=\"28\""))
        let none = try wharf("graph", "io", "-Y", "udp", Self.capture)
        #expect(none.status == 1 && none.errors.contains("no frame"))
    }

    @Test func `stat counts no other frames, and read -z all of them as tshark does`() throws {
        #expect(try wharf("stat", "io,phs", "-Y", "arp", Self.capture).output.contains("frames:2 bytes:84\n  arp"))
        let ftp = try wharf("stat", "ftp", "-Y", "ftp.response.code == 230", Self.capture).output
        #expect(ftp.contains("230        1") && !ftp.contains("331"))
        let overview = try wharf("stat", "-Y", "ftp", Self.capture).output
        #expect(overview.contains("frames          20"))
        let joint = try wharf("stat", "conv,tcp,frame.number < 20", "-Y", "ftp", Self.capture).output
        #expect(joint.contains("Filter:(ftp) and (frame.number < 20)"))
        #expect(try wharf("stat", "hosts", "-Y", "ftp", Self.capture).errors.contains("-Y does not go with it"))
        #expect(try wharf("stat", "credentials", "-Y", "frame.number < 5", Self.capture).output.contains("nobody"))
        let read = try wharf("read", "-q", "-z", "io,phs", "-Y", "arp", "-r", Self.capture).output
        #expect(try read == wharf("read", "-q", "-z", "io,phs", "-r", Self.capture).output)
    }

    @Test func `shells complete what is being written behind -Y`() throws {
        let script = try wharf("--generate-completion-script", "bash").output
        let calls = script.split(separator: "\n").filter { $0.contains("---completion") }
        for command in ["analyze", "export", "follow", "graph", "read", "stat"] {
            #expect(calls.contains { $0.contains("---completion \(command) ") }, "\(command)")
        }
        let run = try wharf(
            [
                "---completion", "read", "--", "--display-filter", "3", "25", "wharf", "read", "-Y",
                "tcp.port == 21 and tcp.po",
            ],
            environment: ["SAP_SHELL": "bash", "SAP_SHELL_VERSION": "5.2"])
        #expect(run.output.contains("tcp.port == 21 and tcp.port"), "\(run.errors)")
    }
}
