import Foundation
import Testing

/// `wharf serve` against the clients that people have. Each one gets `file` as `$OUT/got` and puts it as `put`.
struct ServeClientTests {
    fileprivate static func has(_ names: String...) -> Bool { names.allSatisfy { Spawned.missing($0).isEmpty } }

    /// A folder with a file in it, and one for what the client brings home.
    private final class Place {
        let path = NSTemporaryDirectory() + "/wharf-\(UUID().uuidString)"
        let content: Data

        init() throws {
            content = Data((0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 8) })
            for folder in ["root/many/deep", "out"] {
                try FileManager.default.createDirectory(
                    atPath: "\(path)/\(folder)", withIntermediateDirectories: true)
            }
            for name in ["file", "many/one", "many/deep/two [1] é"] {
                try content.write(to: URL(fileURLWithPath: "\(path)/root/\(name)"))
            }
        }

        deinit { try? FileManager.default.removeItem(atPath: path) }

        func isWhole(_ name: String) -> Bool { FileManager.default.contents(atPath: "\(path)/\(name)") == content }
    }

    /// Runs a script of bash with a server beside it: `$PORT` is the server's, `$OUT` a folder, `$FILE` a file to send.
    /// The server records, and what it has recorded is told as it was.
    ///
    /// - Parameters:
    ///   - compares: whether the client has got `file` and there is the same as `put`.
    ///   - tells: the directions in which the whole file went, in one session.
    ///   - states: what else than complete a transfer may be told as.
    private func run(
        _ script: String, _ options: String..., place: Place? = nil, compares: Bool = true,
        tells directions: [String] = ["download", "upload"], besides states: Set<String> = [],
        _ location: SourceLocation = #_sourceLocation
    ) throws {
        try run(
            script, options: options, place: place, compares: compares, tells: directions, besides: states, location)
    }

    /// - Parameter space: a namespace of the network to do it in; there it is captured as well.
    private func run(
        _ script: String, options: [String], place: Place? = nil, in space: String? = nil, compares: Bool = true,
        tells directions: [String] = ["download", "upload"], besides states: Set<String> = [],
        _ location: SourceLocation = #_sourceLocation
    ) throws {
        let place = try place ?? Place()
        var options = options
        if !options.contains("--listen") && !options.contains("--listen-tls") {
            options += ["--listen", "127.0.0.1:0"]
        }
        if options.contains("TLS") {
            options.removeAll { $0 == "TLS" }
            let made = try Spawned.run(
                "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj",
                "/CN=localhost", "-keyout", "\(place.path)/key.pem", "-out", "\(place.path)/certificate.pem")
            #expect(made.status == 0)
            options += ["--tls-certificate", "\(place.path)/certificate.pem", "--tls-key", "\(place.path)/key.pem"]
        } else {
            options.append("--no-tls")
        }
        let within = space.map { ["ip", "netns", "exec", $0] + Sandbox.onOneProcessor } ?? []
        let capture = "\(place.path)/capture.pcapng"
        let capturing = try space.map { try Sandbox.capture($0, "-i", "lo", "-w", capture) }
        let server = try Spawned(
            URL(fileURLWithPath: "/usr/bin/env"),
            within + [
                program.path, "serve", "\(place.path)/root", "--record", "\(place.path)/records",
            ] + (options.contains("--no-anonymous") ? [] : ["--anonymous-write"]) + options)
        let port = try server.portsOfServer()[0]
        let client = try Spawned(
            URL(fileURLWithPath: "/usr/bin/env"), within + ["bash", "-euo", "pipefail", "-c", script],
            environment: [
                "PORT": "\(port)", "OUT": "\(place.path)/out", "FILE": "\(place.path)/root/many/one",
                "HOME": place.path, "SERVER": "\(server.identifier)",
            ])
        let status = client.finish()
        #expect(status == 0, "\(client.output)\n\(client.errors)", sourceLocation: location)
        if compares {
            #expect(place.isWhole("out/got"), "what was got", sourceLocation: location)
            #expect(place.isWhole("root/put"), "what was put", sourceLocation: location)
        }
        server.send(SIGTERM)
        let end = server.finish()
        #expect(end == 0, "\(server.errors)", sourceLocation: location)
        var stories = [try ToldStory(recordsIn: "\(place.path)/records", location)]
        if let capturing {
            capturing.send(SIGINT)
            let status = capturing.finish()
            #expect(status == 0, "\(capturing.errors)", sourceLocation: location)
            stories.append(try ToldStory([capture], location))
        }
        for story in stories {
            let faults = try story.faults(besides: states)
            #expect(faults.isEmpty, sourceLocation: location)
            for direction in compares ? directions : [] {
                let path = direction == "upload" ? "/put" : "/file"
                let isTold = try story.has(path, direction, like: "\(place.path)/root/file")
                #expect(isTold, "the \(direction) of \(path)", sourceLocation: location)
            }
        }
    }

    @Test(
        .enabled(if: has("curl"), "curl is not installed"),
        arguments: ["", "--disable-epsv", "-P 127.0.0.1", "-P 127.0.0.1 --disable-eprt"])
    func `curl, passive and active`(options: String) throws {
        try run(
            """
            curl -sS \(options) -o $OUT/got ftp://127.0.0.1:$PORT/file
            curl -sS \(options) -T $FILE ftp://127.0.0.1:$PORT/put
            curl -sS \(options) ftp://127.0.0.1:$PORT/ | grep -q ' put'
            """)
    }

    @Test(.enabled(if: has("curl"), "curl is not installed"))
    func `curl goes on with what was cut, and makes folders`() throws {
        try run(
            """
            head -c 1000 $FILE > $OUT/got
            curl -sS -C - -o $OUT/got ftp://127.0.0.1:$PORT/file
            head -c 1000 $FILE | curl -sS -T - ftp://127.0.0.1:$PORT/put
            curl -sS -C 1000 -T $FILE ftp://127.0.0.1:$PORT/put
            curl -sS --ftp-create-dirs -T $FILE ftp://127.0.0.1:$PORT/new/folder/x
            curl -sS -l ftp://127.0.0.1:$PORT/new/folder/ | grep -qx 'x.\\?'
            """, tells: [])
    }

    @Test(.enabled(if: has("curl"), "curl is not installed"), arguments: ["", "-P ::1"])
    func `curl over IPv6`(options: String) throws {
        try run(
            """
            curl -sS \(options) -g -o $OUT/got ftp://[::1]:$PORT/file
            curl -sS \(options) -g -T $FILE ftp://[::1]:$PORT/put
            """, "--listen", "[::1]:0")
    }

    @Test(.enabled(if: has("curl", "openssl"), "curl or openssl is not installed"))
    func `curl over TLS, agreed on or from the first byte on`() throws {
        try run(
            """
            curl -sSk --ssl-reqd -o $OUT/got ftp://127.0.0.1:$PORT/file
            curl -sSk --ssl-reqd -T $FILE ftp://127.0.0.1:$PORT/put
            ! curl -s ftp://127.0.0.1:$PORT/file
            """, "TLS", "--require-tls")
        try run(
            """
            curl -sSk -o $OUT/got ftps://127.0.0.1:$PORT/file
            curl -sSk -T $FILE ftps://127.0.0.1:$PORT/put
            """, "TLS", "--listen-tls", "127.0.0.1:0")
    }

    private static let lftp = """
        lftp -c "set ssl:verify-certificate no; set xfer:clobber yes; set net:max-retries 1; $1 open -u ftp,x $2;
        get file -o $OUT/got; put $FILE -o put; pget -n 4 file -o $OUT/pieces;
        mirror many $OUT/many; mirror -R $OUT/many back; cls -1 back/deep"
        cmp $OUT/pieces $FILE
        diff -r $OUT/many $OUT/../root/many
        diff -r $OUT/many $OUT/../root/back
        """

    @Test(
        .enabled(if: has("lftp"), "lftp is not installed"),
        arguments: [
            "set ftp:ssl-allow no;", "set ftp:ssl-allow no; set ftp:passive-mode no;",
            "set ftp:ssl-allow no; set ftp:use-mlsd yes;",
        ])
    func `lftp gets, puts, mirrors both ways and takes a file in pieces`(settings: String) throws {
        try run("set -- '\(settings)' ftp://127.0.0.1:$PORT\n" + Self.lftp)
    }

    @Test(.enabled(if: has("lftp", "openssl"), "lftp or openssl is not installed"))
    func `lftp over TLS, agreed on or from the first byte on`() throws {
        let settings = "set ftp:ssl-force yes; set ftp:ssl-protect-data yes;"
        try run("set -- '\(settings)' ftp://127.0.0.1:$PORT\n" + Self.lftp, "TLS", "--require-tls")
        try run("set -- '\(settings)' ftps://127.0.0.1:$PORT\n" + Self.lftp, "TLS", "--listen-tls", "127.0.0.1:0")
    }

    @Test(.enabled(if: has("tnftp"), "tnftp is not installed"), arguments: ["", "-A"])
    func `tnftp, passive and active`(options: String) throws {
        try run(
            """
            printf '%s\\n' 'user ftp x' binary "get file $OUT/got" "put $FILE put" 'cd many' 'mls deep -' quit |
                tnftp -nV \(options) 127.0.0.1 $PORT
            """)
    }

    @Test(.enabled(if: has("inetutils-ftp"), "inetutils-ftp is not installed"), arguments: ["-p", ""])
    func `inetutils' ftp, passive and active`(options: String) throws {
        try run(
            """
            printf '%s\\n' 'user ftp x' binary "get file $OUT/got" "put $FILE put" 'ls' quit |
                inetutils-ftp -nv \(options) 127.0.0.1 $PORT
            """)
    }

    @Test(
        .enabled(if: has("ncftpget", "ncftpput", "ncftpls"), "ncftp is not installed"), arguments: ["-F", "-E"])
    func `ncftp's programs, passive and active`(options: String) throws {
        try run(
            """
            cd $OUT
            ncftpget -V \(options) -u ftp -p x -P $PORT 127.0.0.1 . file && mv file got
            cp $FILE put
            ncftpput -V \(options) -u ftp -p x -P $PORT 127.0.0.1 / put
            ncftpls \(options) -u ftp -p x -P $PORT ftp://127.0.0.1/ | grep -q put
            """)
    }

    @Test(.enabled(if: has("wget"), "wget is not installed"), arguments: ["", "--no-passive-ftp"])
    func `wget, one file and a tree`(options: String) throws {
        try run(
            """
            wget -q \(options) -O $OUT/got ftp://127.0.0.1:$PORT/file
            cp $FILE $OUT/../root/put
            wget -q \(options) -r -nH -P $OUT/tree ftp://127.0.0.1:$PORT/many/
            cmp "$OUT/tree/many/deep/two [1] é" $FILE
            """, tells: ["download"])
    }

    @Test(.enabled(if: has("python3"), "python3 is not installed"))
    func `Python's ftplib, texts, facts and an interrupted transfer`() throws {
        try run(
            """
            exec python3 - <<'END'
            import ftplib, io, os
            out, source = os.environ["OUT"], open(os.environ["FILE"], "rb")
            for passive in (True, False):
                ftp = ftplib.FTP()
                ftp.connect("127.0.0.1", int(os.environ["PORT"]))
                ftp.login()
                ftp.set_pasv(passive)
                with open(out + "/got", "wb") as got: ftp.retrbinary("RETR file", got.write)
                source.seek(0)
                ftp.storbinary("STOR put", source)
                ftp.storlines("STOR text", io.BytesIO(b"one\\ntwo"))
                lines = []
                ftp.retrlines("RETR text", lines.append)
                assert lines == ["one", "two"], lines
                assert dict(ftp.mlsd())["file"]["size"] == "300000"
                assert sorted(ftp.nlst("many")) == ["many/deep", "many/one"], ftp.nlst("many")
                assert ftp.nlst("many/o*") == ["many/one"], ftp.nlst("many/o*")
                assert ftp.nlst("fil?") == ["file"] and ftp.nlst("file") == ["file"], ftp.nlst("file")
                ftp.voidcmd("TYPE I")
                assert ftp.size("file") == 300000
                ftp.rename("text", "other")
                ftp.delete("other")
                ftp.mkd('a "quoted" name')
                ftp.rmd('a "quoted" name')
                ftp.quit()
            END
            """)
    }

    /// A client and a way to the server.
    struct Way: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let programs: [String]
        /// Of the server.
        let options: [String]
        let script: String
        /// The directions in which the file went.
        let directions: [String]

        init(
            _ name: String, _ programs: [String], _ options: [String], _ script: String,
            tells directions: [String] = ["download", "upload"]
        ) {
            (testDescription, self.programs, self.options, self.script) = (name, programs, options, script)
            self.directions = directions
        }

        private static let v6 = ["--listen", "[::1]:0"]
        private static let quietly = "set ssl:verify-certificate no; set net:max-retries 1; set xfer:clobber yes;"

        private static func ftplib(_ kind: String, _ host: String, _ more: String = "") -> String {
            """
            exec python3 - <<'END'
            import ftplib, os, ssl
            context = ssl._create_unverified_context()
            for passive in (True, False):
                ftp = \(kind)
                ftp.connect("\(host)", int(os.environ["PORT"]))
                ftp.login()
                \(more)
                ftp.set_pasv(passive)
                with open(os.environ["OUT"] + "/got", "wb") as got: ftp.retrbinary("RETR file", got.write)
                with open(os.environ["FILE"], "rb") as source: ftp.storbinary("STOR put", source)
                ftp.quit()
            END
            """
        }

        static let all = [
            Way(
                "lftp, IPv6", ["lftp"], v6,
                """
                lftp -c "\(quietly) open -u ftp,x ftp://[::1]:$PORT; get file -o $OUT/got; put $FILE -o put"
                """),
            Way(
                "lftp, IPv6 and active", ["lftp"], v6,
                """
                lftp -c "\(quietly) set ftp:passive-mode no; open -u ftp,x ftp://[::1]:$PORT;
                get file -o $OUT/got; put $FILE -o put"
                """),
            Way(
                "lftp, active and TLS", ["lftp", "openssl"], ["TLS", "--require-tls"],
                """
                lftp -c "\(quietly) set ftp:passive-mode no; set ftp:ssl-force yes; set ftp:ssl-protect-data yes;
                open -u ftp,x ftp://127.0.0.1:$PORT; get file -o $OUT/got; put $FILE -o put"
                """),
            Way(
                "lftp, TLS for the commands only", ["lftp", "openssl"], ["TLS"],
                """
                lftp -c "\(quietly) set ftp:ssl-force yes; set ftp:ssl-protect-data no; set ftp:ssl-protect-list no;
                open -u ftp,x ftp://127.0.0.1:$PORT; get file -o $OUT/got; put $FILE -o put"
                """),
            Way(
                "tnftp, IPv6", ["tnftp"], v6,
                """
                printf '%s\\n' 'user ftp x' binary "get file $OUT/got" "put $FILE put" quit | tnftp -nV6 ::1 $PORT
                """),
            Way(
                "inetutils, IPv6", ["inetutils-ftp"], v6,
                """
                printf '%s\\n' 'user ftp x' binary "get file $OUT/got" "put $FILE put" quit |
                    inetutils-ftp -pnv6 ::1 $PORT
                """),
            Way(
                "wget, IPv6", ["wget"], v6,
                "wget -q -O $OUT/got 'ftp://[::1]:'$PORT/file; cp $FILE $OUT/../root/put", tells: ["download"]),
            Way("ftplib, IPv6", ["python3"], v6, ftplib("ftplib.FTP()", "::1")),
            // It cannot resume TLS sessions.
            Way(
                "ftplib, TLS", ["python3", "openssl"], ["TLS", "--require-tls", "--allow-new-tls-sessions"],
                ftplib("ftplib.FTP_TLS(context=context)", "127.0.0.1", "ftp.prot_p()")),
        ]

        /// What can be read on the wire as well.
        static let captured = [
            Way(
                "curl", ["curl"], [],
                """
                curl -sS -o $OUT/got ftp://127.0.0.1:$PORT/file
                curl -sS -P - -T $FILE ftp://127.0.0.1:$PORT/put
                """),
            Way(
                "lftp", ["lftp"], [],
                """
                lftp -c "\(quietly) open -u ftp,x ftp://127.0.0.1:$PORT; get file -o $OUT/got; put $FILE -o put;
                mirror many $OUT/many; mirror -R $OUT/many back; pget -n 3 file -o $OUT/pieces"
                """),
            Way(
                "tnftp", ["tnftp"], [],
                """
                printf '%s\\n' 'user ftp x' binary "get file $OUT/got" "put $FILE put" quit | tnftp -nV 127.0.0.1 $PORT
                """),
            Way(
                "inetutils", ["inetutils-ftp"], [],
                """
                printf '%s\\n' 'user ftp x' binary "get file $OUT/got" "put $FILE put" quit |
                    inetutils-ftp -nv 127.0.0.1 $PORT
                """),
            Way(
                "ncftp", ["ncftpget", "ncftpput"], [],
                """
                cd $OUT
                ncftpget -V -u ftp -p x -P $PORT 127.0.0.1 . file && mv file got
                cp $FILE put
                ncftpput -V -u ftp -p x -P $PORT 127.0.0.1 / put
                """),
            Way("ftplib", ["python3"], [], ftplib("ftplib.FTP()", "127.0.0.1")),
            Way("ftplib, IPv6", ["python3"], v6, ftplib("ftplib.FTP()", "::1")),
        ]

        var missing: [String] { programs.filter { !ServeClientTests.has($0) } }
    }

    @Test(arguments: Way.all)
    func `further ways to get a file and to put it`(way: Way) throws {
        guard way.missing.isEmpty else { return print("skipped: \(way.missing) not installed") }
        try run(way.script, options: way.options, tells: way.directions)
    }

    @Test(
        .enabled(if: Sandbox.reason == nil, "skipped: \(Sandbox.reason ?? "")"), arguments: Way.captured)
    func `what is captured on the wire is told like what is recorded`(way: Way) throws {
        guard way.missing.isEmpty else { return print("skipped: \(way.missing) not installed") }
        try Sandbox.with { _, space in try run(way.script, options: way.options, in: space) }
    }

    @Test(.enabled(if: has("python3"), "python3 is not installed"))
    func `fifty sessions leave no descriptor behind`() throws {
        try run(
            """
            exec python3 - <<'END'
            import ftplib, os, time, io
            def session(number):
                ftp = ftplib.FTP()
                ftp.connect("127.0.0.1", int(os.environ["PORT"]))
                ftp.login()
                ftp.set_pasv(number % 2 == 0)
                ftp.retrbinary("RETR file", lambda piece: None)
                ftp.storbinary("STOR tmp", io.BytesIO(b"x"))
                ftp.nlst()
                try: ftp.retrbinary("RETR nosuch", print)
                except ftplib.error_perm: pass
                ftp.makepasv()
                ftp.quit() if number % 3 else ftp.close()
            count = lambda: len(os.listdir("/proc/%s/fd" % os.environ["SERVER"]))
            for number in range(20): session(number)
            # Closing takes its moment; a descriptor that is left would have this wait until the test is ended.
            before = count()
            for number in range(50): session(number)
            while count() > before: time.sleep(0.01)
            END
            """, compares: false, besides: ["refused"])
    }

    @Test(.enabled(if: has("python3", "openssl"), "python3 or openssl is not installed"))
    func `what was sent in clear behind AUTH TLS is not taken for the client's word`() throws {
        try run(
            """
            exec python3 - <<'END'
            import os, socket, ssl
            plain = socket.create_connection(("127.0.0.1", int(os.environ["PORT"])))
            plain.recv(1000)
            plain.sendall(b"AUTH TLS\\r\\nUSER ftp\\r\\nPASS x\\r\\nDELE file\\r\\nHAL")
            assert plain.recv(1000).startswith(b"234"), "AUTH"
            context = ssl.create_default_context()
            context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
            safe = context.wrap_socket(plain)
            safe.sendall(b"NOOP\\r\\n")
            reply = safe.recv(1000)
            assert reply.startswith(b"200") and reply.count(b"\\n") == 1, reply
            safe.sendall(b"PWD\\r\\n")
            assert safe.recv(1000).startswith(b"530")
            END
            """, "TLS", compares: false)
    }

    @Test(.enabled(if: has("python3", "openssl"), "python3 or openssl is not installed"))
    func `a data connection with a TLS session of its own is refused`() throws {
        try run(
            """
            exec python3 - <<'END'
            import ftplib, os, ssl
            context = ssl.create_default_context()
            context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
            ftp = ftplib.FTP_TLS(context=context)
            ftp.connect("127.0.0.1", int(os.environ["PORT"]))
            ftp.login()
            ftp.prot_p()
            got = []
            try:
                ftp.retrbinary("RETR file", got.append)
                assert False, "it was served"
            except (ftplib.Error, OSError): pass
            assert not got
            END
            """, "TLS", compares: false, besides: ["aborted"])
    }

    @Test(.enabled(if: has("curl"), "curl is not installed"))
    func `users are added with a password from standard input, and see their own home`() throws {
        let place = try Place()
        let database = place.path + "/users.sqlite"
        for (name, home, more) in [
            ("alice", "root", ["--folder", "/many: list"]), ("bob", "out", ["--rights", "read-only"]),
        ] {
            let added = try wharf(
                ["user", "add", name, "--users", database, "--home", "\(place.path)/\(home)"] + more,
                input: Array("secret of \(name)\n".utf8))
            #expect(added.status == 0, "\(added.errors)")
        }
        let twice = try wharf(
            "user", "add", "alice", "--users", database, "--home", place.path, input: Array("x\n".utf8))
        #expect(twice.status != 0)
        let listed = try wharf("user", "list", "--users", database)
        #expect(listed.output.contains("alice") && listed.output.contains("bob") && !listed.output.contains("secret"))
        try run(
            """
            curl -sS -u 'alice:secret of alice' -o $OUT/got ftp://127.0.0.1:$PORT/file
            curl -sS -u 'alice:secret of alice' -T $FILE ftp://127.0.0.1:$PORT/put
            curl -sS -u 'bob:secret of bob' ftp://127.0.0.1:$PORT/got | cmp - $FILE
            ! curl -s -u 'alice:secret of alice' ftp://127.0.0.1:$PORT/many/one
            ! curl -s -u 'bob:secret of bob' -T $FILE ftp://127.0.0.1:$PORT/x
            ! curl -s -u 'alice:secret of bob' ftp://127.0.0.1:$PORT/file
            ! curl -s -u 'nobody:x' ftp://127.0.0.1:$PORT/file
            ! curl -s ftp://127.0.0.1:$PORT/file
            test ! -e $OUT/x
            """, "--users", database, "--no-anonymous", place: place, besides: ["refused"])
    }
}
