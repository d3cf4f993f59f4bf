import Foundation
import Testing

/// `wharf serve` and the system around it: what starts it, whose users it knows, and a disk that has an end.
struct ServeSystemTests {
    /// A folder of its own for each test.
    private final class Place {
        let path = NSTemporaryDirectory() + "/wharf-\(UUID().uuidString)"

        init(_ folders: String...) throws {
            for folder in folders {
                try FileManager.default.createDirectory(
                    atPath: "\(path)/\(folder)", withIntermediateDirectories: true)
            }
        }

        deinit { try? FileManager.default.removeItem(atPath: path) }

        func write(_ name: String, _ text: String, mode: Int = 0o644) throws {
            let isMade = FileManager.default.createFile(
                atPath: "\(path)/\(name)", contents: Data(text.utf8), attributes: [.posixPermissions: mode])
            try #require(isMade)
        }
    }

    /// Why mounts cannot be made that nobody else sees; nil if they can.
    private static func mountsAreMissing(_ programs: String...) -> String? {
        let missing = (["unshare", "mount"] + programs).filter { (try? Spawned.find($0)) == nil }
        if !missing.isEmpty { return "\(missing.joined(separator: ", ")) not installed" }
        let status = try? Spawned.run("unshare", "-m", "true").status
        return status == 0 ? nil : "namespaces of mounts may not be made here"
    }

    /// Starts a server behind a script of bash, whose `$1` is the folder, and which leaves the rest to `exec "$@"`.
    private func serve(
        _ place: Place, after script: String, _ options: [String], inMounts: Bool = true,
        environment: [String: String] = [:], input: FileHandle = .nullDevice
    ) throws -> Spawned {
        let command = ["bash", "-euc", script + "\nshift\nexec \"$@\"", "bash", place.path, program.path, "serve"]
        let whole = (inMounts ? ["unshare", "-m"] : []) + command + options + ["--no-tls"]
        return try Spawned(
            URL(fileURLWithPath: try Spawned.find(whole[0])), Array(whole.dropFirst()), environment: environment,
            input: input)
    }

    private func end(_ server: Spawned, _ location: SourceLocation = #_sourceLocation) {
        server.send(SIGTERM)
        let status = server.finish()
        #expect(status == 0, "\(server.errors)", sourceLocation: location)
    }

    /// Runs a script of bash, which knows `$PORT` and `$PLACE`.
    private func run(_ script: String, _ place: Place, port: Int, _ location: SourceLocation = #_sourceLocation) throws
    {
        let client = try Spawned(
            URL(fileURLWithPath: "/bin/bash"), ["-euo", "pipefail", "-c", script],
            environment: ["PORT": "\(port)", "PLACE": place.path, "HOME": place.path])
        let status = client.finish()
        #expect(status == 0, "\(client.output)\n\(client.errors)", sourceLocation: location)
    }

    // MARK: - A disk that is full

    private static let noSmallDisk = mountsAreMissing("python3")

    @Test(.enabled(if: noSmallDisk == nil, "skipped: \(noSmallDisk ?? "")"))
    func `an upload that fills the disk is told so, kept, and gone on with when there is room`() throws {
        let place = try Place("root")
        let server = try serve(
            place, after: #"mount -t tmpfs -o size=6m wharf "$1/root""#,
            ["--anonymous-write", "--listen", "127.0.0.1:0", place.path + "/root"])
        try run(
            """
            exec python3 - <<'END'
            import ftplib, io, os
            ftp = ftplib.FTP()
            ftp.connect("127.0.0.1", int(os.environ["PORT"]))
            ftp.login()
            ftp.voidcmd("TYPE I")
            content = os.urandom(5_000_000)
            def upload(start):
                data = ftp.transfercmd("STOR large", start or None)
                try: data.sendall(content[start:])
                except OSError: pass
                data.close()
                try: return ftp.voidresp()
                except ftplib.Error as error: return str(error)
            ftp.storbinary("STOR ballast", io.BytesIO(bytes(2_000_000)))
            reply = upload(0)
            assert reply.startswith("452"), reply
            assert sorted(ftp.nlst()) == ["ballast", "large.wharf-part"], ftp.nlst()
            ftp.voidcmd("TYPE I")
            kept = ftp.size("large")
            assert 0 < kept < 4_300_000, kept
            ftp.delete("ballast")
            reply = upload(kept)
            assert reply.startswith("226"), reply
            got = []
            ftp.retrbinary("RETR large", got.append)
            assert b"".join(got) == content
            assert ftp.nlst() == ["large"], ftp.nlst()
            ftp.quit()
            END
            """, place, port: try server.portsOfServer()[0])
        end(server)
    }

    @Test(
        .enabled(if: Spawned.missing("curl", "stat").isEmpty, "skipped: curl or stat not installed"),
        arguments: [("022", "002", "664"), ("022", "022", "644"), ("077", "022", "600"), ("022", "077", "600")])
    func `uploads get the bits that their mask leaves`(own: String, mask: String, bits: String) throws {
        let place = try Place("root")
        try place.write("text", "text")
        try place.write("config", "root: \(place.path)/root\nanonymous: {rights: all}\nuploads: {mask: \"\(mask)\"}\n")
        let server = try serve(
            place, after: "umask \(own)", ["--config", place.path + "/config", "--listen", "127.0.0.1:0"],
            inMounts: false)
        try run(
            """
            curl -sS -T $PLACE/text ftp://127.0.0.1:$PORT/file
            test "$(stat -c %a $PLACE/root/file)" = \(bits)
            """, place, port: try server.portsOfServer()[0])
        end(server)
    }

    // MARK: - The users of the machine

    private static let noPAM: String? = {
        if let reason = mountsAreMissing("curl", "stat") { return reason }
        if geteuid() != 0 { return "only root may ask PAM" }
        let folders = ["/lib", "/usr/lib", "/lib64", "/usr/lib64"].flatMap { folder in
            [folder] + ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).map { "\(folder)/\($0)" }
        }
        let isThere = folders.contains { FileManager.default.fileExists(atPath: $0 + "/security/pam_exec.so") }
        return isThere ? nil : "pam_exec is not installed"
    }()

    /// The files of /etc that this needs lie in the folder, and are mounted where only the server sees them.
    @Test(.enabled(if: noPAM == nil, "skipped: \(noPAM ?? "")"))
    func `users of the machine log in by PAM, and what they make is theirs`() throws {
        let place = try Place("pam.d", "alice/roots", "alice/shared", "low")
        try place.write(
            "passwd",
            """
            root:x:0:0:root:/root:/bin/sh
            alice:x:4711:4711::\(place.path)/alice:/bin/sh
            low:x:999:999::\(place.path)/low:/bin/sh

            """)
        try place.write("group", "root:x:0:\nalice:x:4711:\nfriends:x:4712:alice\n")
        try place.write(
            "pam.d/wharf-test",
            "auth required pam_exec.so quiet expose_authtok \(place.path)/check\naccount required pam_permit.so\n")
        // The password comes with a NUL behind it.
        try place.write("check", "#!/bin/sh\n[ \"$(tr -d '\\000')\" = right ]\n", mode: 0o755)
        try place.write("config", "pam: wharf-test\nanonymous: {allowed: false}\n")
        try place.write("alice/secret", "root's", mode: 0o600)
        let server = try serve(
            place,
            after: """
                chown 4711:4711 "$1/alice"
                chown 0:4712 "$1/alice/shared"
                chmod 770 "$1/alice/shared"
                chmod 755 "$1"
                for file in passwd group pam.d; do mount --bind "$1/$file" "/etc/$file"; done
                """, ["--config", place.path + "/config", "--listen", "127.0.0.1:0"])
        try run(
            """
            cd $PLACE
            echo text > text
            alice="curl -sS -u alice:right"
            url=ftp://127.0.0.1:$PORT
            $alice -T text $url/made
            $alice -T text $url/shared/made
            $alice -Q 'MKD folder' -Q 'MKD /shared/folder' $url/ > /dev/null
            for made in made shared/made folder shared/folder; do
                test "$(stat -c %u:%g alice/$made)" = 4711:4711
            done
            $alice $url/made | cmp - text
            ! curl -s -u alice:right -T text $url/roots/made
            ! curl -s -u alice:right $url/secret
            ! curl -s -u alice:right -Q 'SITE CHMOD 666 secret' $url/
            test "$(stat -c %u:%a alice/secret)" = 0:600
            test -z "$(ls alice/roots)"
            # What is hers to remove is removed by name, what is root's stays.
            $alice -Q 'RNFR shared/made' -Q 'RNTO moved' $url/ > /dev/null
            test "$(stat -c %u alice/moved)" = 4711
            ! curl -s -u alice:wrong $url/made
            ! curl -s -u low:right $url/
            ! curl -s -u root:right $url/
            ! curl -s -u nobody:right $url/
            ! curl -s $url/made
            """, place, port: try server.portsOfServer()[0])
        end(server)
    }

    // MARK: - Sockets that systemd has opened

    /// A socket that listens at a port that the system chooses.
    private func listeningSocket() throws -> (file: FileHandle, port: Int) {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        try #require(descriptor >= 0)
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = unsafe withUnsafeMutablePointer(to: &address) {
            unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe bind(descriptor, $0, length) | listen(descriptor, 8) | getsockname(descriptor, $0, &length)
            }
        }
        try #require(status == 0)
        return (file, Int(UInt16(bigEndian: address.sin_port)))
    }

    /// A socket at which a service says that it is ready (sd_notify(3)).
    private func noticeSocket(at path: String) throws -> FileHandle {
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        try #require(descriptor >= 0)
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        var limit = timeval(tv_sec: 30, tv_usec: 0)
        unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: Array(path.utf8)) }
        let status = unsafe withUnsafePointer(to: &address) {
            unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        try #require(status == 0)
        return file
    }

    @Test(.enabled(if: Spawned.missing("curl").isEmpty, "skipped: curl not installed"))
    func `a socket that is open already is served, and readiness is told`() throws {
        let place = try Place("root")
        try place.write("root/file", "text")
        let (socket, port) = try listeningSocket()
        let notice = try noticeSocket(at: place.path + "/notice")
        let server = try serve(
            place, after: "exec 3<&0 </dev/null; export LISTEN_PID=$$ LISTEN_FDS=1", [place.path + "/root"],
            inMounts: false, environment: ["NOTIFY_SOCKET": place.path + "/notice"], input: socket)
        #expect(try server.portsOfServer()[0] == port)
        var text = [UInt8](repeating: 0, count: 100)
        let count = unsafe recv(notice.fileDescriptor, &text, text.count, 0)
        #expect(text.prefix(max(0, count)).elementsEqual("READY=1".utf8))
        try run("test \"$(curl -sS ftp://127.0.0.1:$PORT/file)\" = text", place, port: port)
        end(server)
    }

    @Test(.enabled(if: Spawned.missing("curl").isEmpty, "skipped: curl not installed"))
    func `a socket that is open already is for the site that would listen there`() throws {
        let place = try Place("root", "other")
        try place.write("other/file", "text")
        let (socket, port) = try listeningSocket()
        let sites = "sites: {other: {listen: [\"127.0.0.1:\(port)\"], root: \(place.path)/other}}"
        try place.write("config", "root: \(place.path)/root\nlisten: [\"127.0.0.1:1\"]\n\(sites)\n")
        let server = try serve(
            place, after: "exec 3<&0 </dev/null; export LISTEN_PID=$$ LISTEN_FDS=1",
            ["--config", place.path + "/config"], inMounts: false, input: socket)
        let isThere = server.tells("Passive data connections")
        try #require(isThere, "\(server.errors)")
        try run("test \"$(curl -sS ftp://127.0.0.1:$PORT/file)\" = text", place, port: port)
        end(server)
    }

    @Test func `a socket that was meant for another process is not touched`() throws {
        let place = try Place("root")
        let (socket, port) = try listeningSocket()
        let server = try serve(
            place, after: "exec 3<&0 </dev/null; export LISTEN_PID=$PPID LISTEN_FDS=1",
            ["--listen", "127.0.0.1:0", place.path + "/root"], inMounts: false, input: socket)
        #expect(try server.portsOfServer()[0] != port)
        end(server)
    }
}
