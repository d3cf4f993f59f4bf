import Foundation
import TestSupport
import Testing

private let missing = Spawned.missing("curl", "openssl")

/// `wharf serve --record`: what the server writes of its sessions is told by `wharf analyze` as if it had been captured.
@Suite(.serialized, .enabled(if: missing.isEmpty, "skipped: \(missing.joined(separator: ", ")) not installed"))
struct RecordingTests {
    /// A server with a folder of its own, and what it records.
    private final class Recorded {
        let folder: String
        /// Where the system has put it, over IPv4 and IPv6.
        let ports: [Int]
        let server: Spawned
        var records: String { folder + "/records" }
        var port: Int { ports[0] }

        /// - Parameter limit: of each file that the server writes, in KiB.
        init(limit: Int? = nil, _ options: String...) throws {
            folder = FileManager.default.temporaryDirectory.appendingPathComponent("wharf-\(UUID().uuidString)").path
            try FileManager.default.createDirectory(atPath: folder + "/files", withIntermediateDirectories: true)
            try Spawned.run(
                "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout",
                folder + "/key.pem", "-out", folder + "/certificate.pem", "-subj", "/CN=localhost")
            let command = [
                program.path, "serve", folder + "/files", "--listen", "127.0.0.1:0", "--listen", "[::1]:0",
                "--anonymous-write", "--record", folder + "/records", "--tls-certificate",
                folder + "/certificate.pem", "--tls-key", folder + "/key.pem",
            ]
            let limit = limit.map { "trap '' XFSZ; ulimit -f \($0); " } ?? ""
            server = try Spawned(
                URL(fileURLWithPath: try Spawned.find("bash")),
                ["-c", limit + "exec \"$@\"", "bash"] + command + options)
            ports = try server.portsOfServer()
        }

        deinit { try? FileManager.default.removeItem(atPath: folder) }

        func fill(_ name: String, _ count: Int) throws {
            var generator = SystemRandomNumberGenerator()
            let piece = (0..<10_007).map { _ in UInt8.random(in: 0...255, using: &generator) }
            var bytes = Data()
            while bytes.count < count { bytes += piece }
            try bytes.prefix(count).write(to: URL(fileURLWithPath: "\(folder)/files/\(name)"))
        }

        /// Ends the server, and gives the files it has written.
        func stop() throws -> [String] {
            server.send(SIGTERM)
            let status = server.finish()
            #expect(status == 0, "\(server.errors)")
            return try files()
        }

        func files() throws -> [String] {
            try FileManager.default.contentsOfDirectory(atPath: records).sorted().map { "\(records)/\($0)" }
        }
    }

    private func story(_ file: String) throws -> [String: Any] {
        let run = try wharf("analyze", "--json", file)
        #expect(run.status == 0 && run.errors.isEmpty, "\(run.errors)")
        return try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    }

    /// What tshark has against the frames.
    private func expectSound(_ file: String) throws {
        guard Spawned.missing("tshark").isEmpty else { return }
        let found = try Spawned.run(
            "tshark", "-r", file, "-o", "tcp.check_checksum:TRUE", "-o", "ip.check_checksum:TRUE", "-Y",
            "tcp.checksum.status == 0 || ip.checksum.status == 0 || tcp.analysis.flags || _ws.malformed")
        #expect(found.status == 0 && found.output.isEmpty, "\(found.output)")
    }

    private func curl(_ arguments: String...) throws -> Int32 {
        try Spawned(URL(fileURLWithPath: try Spawned.find("curl")), ["-sS"] + arguments).finish()
    }

    @Test(arguments: [["127.0.0.1"], ["127.0.0.1", "--ftp-port", "-"], ["[::1]"], ["127.0.0.1", "--ssl-reqd", "-k"]])
    func `a session is told with its file`(_ way: [String]) throws {
        let recorded = try Recorded()
        try recorded.fill("down.bin", 1_000_000)
        let url = "ftp://\(way[0]):\(recorded.ports[way[0] == "[::1]" ? 1 : 0])"
        let source = recorded.folder + "/files/down.bin"
        let options = Array(way.dropFirst())
        _ = try Spawned(
            URL(fileURLWithPath: try Spawned.find("curl")),
            ["-sS"] + options + ["-o", recorded.folder + "/got", url + "/down.bin"]
        ).finish()
        _ = try Spawned(
            URL(fileURLWithPath: try Spawned.find("curl")), ["-sS"] + options + ["-T", source, url + "/up.bin"]
        ).finish()
        let files = try recorded.stop()
        #expect(files.count == 2 && files.allSatisfy { $0.hasSuffix("-anonymous.pcapng") }, "\(files)")
        #expect(FileManager.default.contentsEqual(atPath: source, andPath: recorded.folder + "/got"))
        #expect(FileManager.default.contentsEqual(atPath: source, andPath: recorded.folder + "/files/up.bin"))
        let sum = try Spawned.run("sha256sum", source).output.prefix(64)
        for file in files {
            try expectSound(file)
            let run = try wharf("analyze", file)
            #expect(run.output.contains("1 transfer, complete"), "\(run.output)")
            #expect(run.output.contains("recorded in clear") == way.contains("--ssl-reqd"), "\(run.output)")
            let told = try #require((try story(file)["files"] as? [[String: Any]])?.first)
            #expect((told["digests"] as? [String: String])?["sha256"] == String(sum))
            #expect(told["size"] as? Int == 1_000_000 && told["whole"] as? Bool == true)
            let rights = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
            #expect(rights == 0o600)
        }
    }

    @Test func `a download that the client cuts is told as cut`() throws {
        let recorded = try Recorded()
        try recorded.fill("large.bin", 20_000_000)
        let status = try curl(
            "--limit-rate", "1M", "--max-time", "1", "-o", "/dev/null", "ftp://127.0.0.1:\(recorded.port)/large.bin")
        #expect(status == 28)
        let file = try #require(try recorded.stop().first)
        try expectSound(file)
        let output = try wharf("analyze", file).output
        #expect(output.contains("cut: 426"), "\(output)")
    }

    @Test func `a session under way can be read`() throws {
        let recorded = try Recorded()
        let client = try Spawned(
            "bash", "-c",
            "exec 3<>/dev/tcp/127.0.0.1/\(recorded.port); printf 'USER alice\\r\\nNOOP\\r\\nPASS secret\\r\\n' >&3; grep -m1 530 <&3; sleep 30"
        )
        #expect(client.tells("530"))
        let file = try #require(try recorded.files().first)
        let run = try wharf("read", "-r", file, "-Y", "ftp", "-V", "--ftp-port", "\(recorded.port)")
        let story = try wharf("analyze", file)
        #expect(story.status == 0 && story.output.contains("530 "), "\(story.output)")
        #expect(!run.output.contains("secret"))
        client.send(SIGKILL)
        _ = try recorded.stop()
    }

    @Test(
        .enabled(if: Spawned.missing("tshark", "python3").isEmpty, "tshark or python3 is not installed"),
        arguments: ["TLSv1_2", "TLSv1_3"])
    func `tshark decrypts what was recorded with its keys`(_ version: String) throws {
        let recorded = try Recorded("--record-tls", "keys")
        let client = """
            import ftplib, ssl
            context = ssl._create_unverified_context()
            context.minimum_version = context.maximum_version = ssl.TLSVersion.\(version)
            ftp = ftplib.FTP_TLS(context=context)
            ftp.connect("127.0.0.1", \(recorded.port))
            ftp.login("anonymous", "x@y")
            ftp.mkd("made")
            ftp.quit()
            """
        _ = try Spawned.run("python3", "-c", client)
        let file = try #require(try recorded.stop().first)
        try expectSound(file)
        let decrypted = try Spawned.run("tshark", "-r", file, "-d", "tcp.port==\(recorded.port),ftp", "-Y", "ftp")
            .output
        #expect(decrypted.contains("Request: MKD made") && decrypted.contains("Response: 257"), "\(decrypted)")
        let output = try wharf("analyze", file).output
        #expect(output.contains("(AUTH)") && !output.contains("MKD"), "\(output)")
    }

    @Test func `a disk that is full ends the recording, and the session goes on`() throws {
        let recorded = try Recorded(limit: 200)
        try recorded.fill("large.bin", 2_000_000)
        #expect(try curl("-o", recorded.folder + "/got", "ftp://127.0.0.1:\(recorded.port)/large.bin") == 0)
        let file = try #require(try recorded.stop().first)
        #expect(recorded.server.errors.components(separatedBy: "ends here").count == 2, "\(recorded.server.errors)")
        let run = try wharf("analyze", file)
        #expect(run.status == 0 && run.output.contains("RETR large.bin"), "\(run.output)\(run.errors)")
    }
}
