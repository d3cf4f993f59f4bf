import Foundation
import TestSupport
import Testing

/// `wharf capture` against what can happen to a capture.
@Suite(.serialized, .enabled(if: Sandbox.reason == nil, "skipped: \(Sandbox.reason ?? "")"))
struct CaptureProgramTests {
    /// Sends datagrams to a port of the loopback interface at which nobody listens, until it is ended.
    private func flood(_ space: String) throws -> Spawned {
        let script = "while :; do printf '%01000d' 7 >/dev/udp/127.0.0.1/9; done 2>/dev/null"
        return try Spawned("ip", "netns", "exec", space, "bash", "-c", script)
    }

    /// Waits until a file has so many bytes; whoever writes it is ended after a minute.
    private func wait(for path: String, bytes: Int, _ writer: Spawned) {
        while writer.isRunning, size(path) < bytes { sched_yield() }
    }

    private func size(_ path: String) -> Int {
        (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
    }

    /// How many frames a file has, and what is wrong with it.
    private func read(_ path: String) throws -> (frames: Int, run: Run) {
        let run = try wharf("read", "-r", path, "-T", "fields", "-e", "frame.number")
        return (run.output.split(separator: "\n").count, run)
    }

    @Test func `killed at any time, it leaves a file that can be read`() throws {
        try Sandbox.with { folder, space in
            let talker = try flood(space)
            for round in 1...8 {
                let file = "\(folder)/\(round).pcapng"
                let capturing = try Sandbox.capture(space, "-i", "lo", "-w", file)
                wait(for: file, bytes: round * 20_000, capturing)
                capturing.send(SIGKILL)
                let status = capturing.finish()
                #expect(status == SIGKILL)
                let (frames, run) = try read(file)
                #expect(frames > round * 10)
                // The kernel may break a write off: then the last block is cut, and all before it is told.
                #expect(run.status == 0 || run.errors.contains("cut"), "\(run.errors)")
            }
            talker.send(SIGKILL)
        }
    }

    @Test func `a full disk ends it with one word, and the file is whole`() throws {
        try Sandbox.with { folder, space in
            let disk = "\(folder)/disk"
            try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: true)
            #expect(try Spawned.run("mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", disk).status == 0)
            defer { _ = try? Spawned.run("umount", disk) }
            let capturing = try Sandbox.capture(space, "-i", "lo", "-w", "\(disk)/full.pcapng")
            let talker = try flood(space)
            let status = capturing.finish()
            #expect(status == 2)
            talker.send(SIGKILL)
            let told = capturing.errors.split(separator: "\n").filter { $0.contains("full.pcapng") }
            #expect(told.count == 2 && told.contains { $0.contains("No space left") }, "\(capturing.errors)")
            let (frames, run) = try read("\(disk)/full.pcapng")
            #expect(run.status == 0 && frames > 100, "\(run.errors)")
            #expect(capturing.errors.contains("\(frames) frames in"), "\(capturing.errors)")
        }
    }

    @Test func `interfaces may go, each is told of once, and the others go on`() throws {
        try Sandbox.with { folder, space in
            let file = "\(folder)/gone.pcapng"
            let capturing = try Sandbox.capture(space, "-i", "wa", "-i", "lo", "-w", file)
            try Spawned.run("ip", "netns", "exec", space, "ip", "link", "del", "wa")
            let isTold = capturing.says("wa: the interface is gone")
            #expect(isTold)
            let before = size(file)
            let talker = try flood(space)
            wait(for: file, bytes: before + 50_000, capturing)
            talker.send(SIGKILL)
            capturing.send(SIGINT)
            let status = capturing.finish()
            #expect(status == 0)
            #expect(capturing.errors.components(separatedBy: "is gone").count == 2, "\(capturing.errors)")
            let (frames, run) = try read(file)
            #expect(run.status == 0 && frames > 20, "\(run.errors)")
        }
    }

    @Test func `without any interface left it ends with 2`() throws {
        try Sandbox.with { folder, space in
            let capturing = try Sandbox.capture(space, "-i", "wa", "-w", "\(folder)/gone.pcapng")
            try Spawned.run("ip", "netns", "exec", space, "ip", "link", "del", "wa")
            let status = capturing.finish()
            #expect(status == 2)
            #expect(capturing.errors.contains("no interface is left"), "\(capturing.errors)")
            #expect(try read("\(folder)/gone.pcapng").run.status == 0)
        }
    }

    @Test func `a ring keeps its 24 newest files, and each is whole`() throws {
        try Sandbox.with { folder, space in
            let capturing = try Sandbox.capture(
                space, "-i", "lo", "-w", "\(folder)/ring.pcapng", "-b", "filesize:8", "-b", "files:24", "-a",
                "packets:1000")
            let talker = try flood(space)
            let status = capturing.finish()
            #expect(status == 0)
            talker.send(SIGKILL)
            let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
            #expect(names.count == 24)
            let numbers = names.compactMap { Int($0.split(separator: "_")[1]) }
            let last = try #require(numbers.last)
            #expect(last > 24 && numbers == Array(last - 23...last))
            var frames = 0
            for name in names {
                let (found, run) = try read("\(folder)/\(name)")
                #expect(run.status == 0 && found > 0)
                frames += found
            }
            let all = try wharf(["read", "-T", "fields", "-e", "frame.number"] + names.map { "\(folder)/\($0)" })
            #expect(all.output.split(separator: "\n").count == frames)
        }
    }

    @Test func `Ctrl-C ends it cleanly, with what the kernel still had`() throws {
        try Sandbox.with { folder, space in
            let file = "\(folder)/whole.pcapng"
            let capturing = try Sandbox.capture(space, "-i", "lo", "-w", file)
            let script = "for i in $(seq 50); do printf '%0100d' $i >/dev/udp/127.0.0.1/9; done 2>/dev/null; exit 0"
            #expect(try Spawned.run("ip", "netns", "exec", space, "bash", "-c", script).status == 0)
            capturing.send(SIGINT)
            let status = capturing.finish()
            #expect(status == 0)
            let sent = try wharf(
                "read", "-r", file, "-Y", "udp.dstport == 9 && !icmp", "-T", "fields", "-e", "udp.length")
            #expect(sent.output.split(separator: "\n") == Array(repeating: "108", count: 50))
        }
    }

    @Test func `whoever called sudo owns what was captured`() throws {
        try Sandbox.with { folder, space in
            let (user, group) = (12_345, 23_456)
            unsafe chown(folder, uid_t(user), gid_t(group))
            let file = "\(folder)/mine.pcapng"
            let capturing = try Sandbox.capture(
                space, "-i", "lo", "-w", file, environment: ["SUDO_UID": "\(user)", "SUDO_GID": "\(group)"])
            let talker = try flood(space)
            wait(for: file, bytes: 20_000, capturing)
            let ids = try String(contentsOfFile: "/proc/\(capturing.identifier)/status", encoding: .utf8)
                .split(separator: "\n").filter { $0.hasPrefix("Uid:") || $0.hasPrefix("Gid:") }
            talker.send(SIGKILL)
            capturing.send(SIGINT)
            let status = capturing.finish()
            #expect(status == 0)
            // Real, effective, saved and that of files.
            #expect(
                ids.map { $0.split(separator: "\t").dropFirst() }
                    == [user, group].map { Array(repeating: "\($0)", count: 4)[...] })
            let owner = try FileManager.default.attributesOfItem(atPath: file)
            #expect(owner[.ownerAccountID] as? Int == user && owner[.groupOwnerAccountID] as? Int == group)
        }
    }

    @Test func `a terminal that takes nothing keeps no frame from the file`() throws {
        try Sandbox.with { folder, space in
            let file = "\(folder)/all.pcapng"
            let capturing = try Sandbox.capture(space, "-i", "lo", "-w", file, "-P", "-c", "6000")
            let talker = try flood(space)
            // The list is much longer than what a pipe holds, and nobody reads it.
            wait(for: file, bytes: 4_000_000, capturing)
            #expect(size(file) >= 4_000_000)
            let status = capturing.finish()
            talker.send(SIGKILL)
            #expect(status == 0)
            #expect(capturing.output.split(separator: "\n").count == 6000)
            #expect(try read(file).frames == 6000)
        }
    }

    @Test(arguments: [">&-", "2>&-", "<&- >&- 2>&-"])
    func `outputs that are closed do not become the file`(_ closed: String) throws {
        try Sandbox.with { folder, space in
            let talker = try flood(space)
            let command = "exec '\(program.path)' capture -i lo -w '\(folder)/own.pcapng' -P -c 50 \(closed)"
            let status = try Spawned.run("ip", "netns", "exec", space, "bash", "-c", command).status
            talker.send(SIGKILL)
            let (frames, run) = try read("\(folder)/own.pcapng")
            #expect(frames == 50 && run.status == 0, "\(status) \(run.errors)")
        }
    }

    @Test func `what cannot be followed is refused before anything is captured`() throws {
        let fifo = FileManager.default.temporaryDirectory.appendingPathComponent("wharf-\(UUID().uuidString)").path
        unsafe mkfifo(fifo, 0o600)
        defer { try? FileManager.default.removeItem(atPath: fifo) }
        let run = try wharf("capture", "-i", "lo", "-w", fifo, "--story")
        #expect(run.status == 2 && run.errors.contains("not a file that can be read while"), "\(run.errors)")
    }

    @Test func `a file of one link type is refused for interfaces of two`() throws {
        let run = try wharf("capture", "-i", "lo", "-i", "any", "-F", "pcap", "-w", "/dev/null", "-a", "duration:1")
        #expect(run.status == 2 && !run.errors.contains("capturing on"), "\(run.errors)")
    }

    @Test func `where nobody reads the list any more, the capture ends`() throws {
        try Sandbox.with { folder, space in
            let talker = try flood(space)
            let list = "'\(program.path)' capture -i lo -w '\(folder)/some.pcapng' -P 2>'\(folder)/told' | head -n 3"
            let (status, output) = try Spawned.run("ip", "netns", "exec", space, "bash", "-c", list)
            talker.send(SIGKILL)
            #expect(status == 0 && output.split(separator: "\n").count == 3)
            #expect(try read("\(folder)/some.pcapng").run.status == 0)
        }
    }
}
