import Foundation
import Testing

private enum Peers {
    /// Why they cannot be asked.
    static let reason: String? = {
        let missing = Spawned.missing("vsftpd", "curl", "tcpdump")
        return missing.isEmpty ? Sandbox.reason : "\(missing) not installed"
    }()
}

/// `wharf capture --story` beside a server, a client and tcpdump in two namespaces of the network.
@Suite(.serialized, .enabled(if: Peers.reason == nil, "skipped: \(Peers.reason ?? "")"))
struct CaptureStoryTests {
    /// A server that gives `served/file.bin`; it is ready when this returns.
    private func serve(_ folder: String, _ space: String, at address: String) throws -> Spawned {
        for name in ["served", "empty"] {
            try FileManager.default.createDirectory(atPath: "\(folder)/\(name)", withIntermediateDirectories: true)
        }
        try Data(repeating: 7, count: 2_000_000).write(to: URL(fileURLWithPath: "\(folder)/served/file.bin"))
        let settings = """
            listen=YES
            listen_address=\(address)
            background=NO
            anonymous_enable=YES
            anon_root=\(folder)/served
            no_anon_password=YES
            local_enable=NO
            secure_chroot_dir=\(folder)/empty
            seccomp_sandbox=NO
            anon_max_rate=1000000

            """
        try Data(settings.utf8).write(to: URL(fileURLWithPath: "\(folder)/vsftpd.conf"))
        let server = try Spawned("ip", "netns", "exec", space, "vsftpd", "\(folder)/vsftpd.conf")
        // It does not say when it listens.
        let asked = "while ! exec 3<>/dev/tcp/\(address)/21; do :; done 2>/dev/null; read -r line <&3"
        let status = try Spawned.run("ip", "netns", "exec", space, "bash", "-c", asked).status
        #expect(status == 0)
        return server
    }

    /// What is told of the first session, without columns of the live story, and without order.
    private func lines(_ text: String, label: Int) -> Set<String> {
        Set(
            text.split(separator: "\n").map { String($0.dropFirst(label)) }
                .filter { $0.contains("←") || $0.contains("→") || $0.contains("│") || $0.contains("╰") }
                .filter { !$0.hasPrefix("Session") && !$0.hasPrefix("ion 1") })
    }

    @Test(arguments: [true, false])
    func `the story is told while it happens, and the file tells the same`(isRemote: Bool) throws {
        try Sandbox.with { folder, space in
            let client = isRemote ? "\(space)-client" : space
            if isRemote {
                try Spawned.run("ip", "netns", "add", client)
                for command in [
                    ["ip", "link", "set", "wb", "netns", client], ["ip", "addr", "add", "192.0.2.1/24", "dev", "wa"],
                ] {
                    let status = try Sandbox.run(space, command)
                    #expect(status == 0)
                }
                for command in [
                    ["ip", "addr", "add", "192.0.2.2/24", "dev", "wb"], ["ip", "link", "set", "wb", "up"],
                ] {
                    let status = try Sandbox.run(client, command)
                    #expect(status == 0)
                }
            }
            defer { if isRemote { _ = try? Spawned.run("ip", "netns", "del", client) } }
            let address = isRemote ? "192.0.2.1" : "127.0.0.1"
            let interface = isRemote ? "wa" : "lo"
            let server = try serve(folder, space, at: address)
            defer { server.send(SIGKILL) }
            let capturing = try Sandbox.capture(
                space, "--ftp", "--story", "-i", interface, "-w", "\(folder)/wharf.pcapng", "--lang", "en")
            let peer = try Spawned(
                "ip", "netns", "exec", space, "tcpdump", "-Z", "root", "-U", "-i", interface, "-w",
                "\(folder)/peer.pcap",
                "tcp")
            let isListening = peer.says("listening on")
            #expect(isListening)

            let curl = try Spawned(
                "ip", "netns", "exec", client, "curl", "-s", "-o", "\(folder)/got",
                "ftp://\(address)/file.bin")
            let isAnnounced = capturing.tells("150 Opening BINARY mode data connection for file.bin")
            let isUnderWay = curl.isRunning
            #expect(isAnnounced && isUnderWay)
            let isTold = capturing.tells("ended with QUIT")
            #expect(isTold)
            let status = curl.finish()
            #expect(status == 0)
            capturing.send(SIGINT)
            let end = capturing.finish()
            #expect(end == 0, "\(capturing.errors)")
            let told = capturing.output
            for text in ["USER anonymous", "EPSV", "RETR file.bin", "226 Transfer complete", "1 transfer, complete"] {
                #expect(told.contains(text), "\(told)")
            }
            let story = try wharf("analyze", "\(folder)/wharf.pcapng", "--session", "1")
            #expect(lines(told, label: 4) == lines(story.output, label: 0))
            // tcpdump ends without what the kernel still has.
            let own = try frames("\(folder)/wharf.pcapng")
            var other: [Substring] = []
            while peer.isRunning, other.count < own.count { other = try frames("\(folder)/peer.pcap") }
            peer.send(SIGTERM)
            #expect(own.count > 50 && own == other, "\(own.difference(from: other))")
        }
    }

    /// What tells frames of a capture apart.
    private func frames(_ path: String) throws -> [Substring] {
        let fields = ["tcp.srcport", "tcp.dstport", "tcp.seq_raw", "tcp.ack_raw", "tcp.len", "tcp.flags"]
        let run = try wharf(["read", "-r", path, "-T", "fields"] + fields.flatMap { ["-e", $0] })
        return run.output.split(separator: "\n")
    }
}
