import Foundation
import Testing

/// What `wharf serve` is told, what it says of it, and what SIGHUP changes.
struct ServeSettingsTests {
    /// A folder for one test, in which the server keeps all it keeps.
    private final class Place {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("wharf-\(UUID().uuidString)").path
        var root: String { path + "/root" }
        var configuration: String { path + "/serve.yaml" }

        init() throws {
            try FileManager.default.createDirectory(atPath: root + "/incoming", withIntermediateDirectories: true)
            try Data("x".utf8).write(to: URL(fileURLWithPath: root + "/file"))
        }

        deinit { try? FileManager.default.removeItem(atPath: path) }

        func configure(_ text: String) throws {
            try Data(text.utf8).write(to: URL(fileURLWithPath: configuration))
        }

        func text(_ name: String) -> String {
            FileManager.default.contents(atPath: "\(path)/\(name)").map { String(decoding: $0, as: UTF8.self) } ?? ""
        }

        func add(_ name: String, to database: String = "users", _ options: String...) throws -> String {
            let run = try wharf(
                ["user", "add", name, "--users", "\(path)/\(database)", "--home", root] + options,
                input: Array("secret\n".utf8))
            #expect(run.status == 0, "\(run.errors)")
            return "\(path)/\(database)"
        }
    }

    private func serve(_ options: [String]) throws -> Spawned {
        let server = try Spawned(program, ["serve"] + options)
        let isThere = server.tells("Passive data connections")
        #expect(isThere, "\(server.errors)")
        return server
    }

    private func serve(_ options: String...) throws -> Spawned { try serve(options) }

    private func port(of server: Spawned) throws -> Int {
        let first = try #require(server.output.split(separator: "\n").first)
        return try #require(first.split(separator: ":").last.flatMap { Int($0) })
    }

    private func end(_ server: Spawned) {
        server.send(SIGTERM)
        let status = server.finish()
        #expect(status == 0, "\(server.errors)")
    }

    private func expectSaid(_ server: Spawned, _ text: String, _ location: SourceLocation = #_sourceLocation) {
        let isSaid = server.says(text)
        #expect(isSaid, "\(server.errors)", sourceLocation: location)
    }

    // MARK: - What it is told

    @Test(arguments: [
        (["serve", "--log-level", "loud"], "'error', 'warning', 'info' or 'debug'", "wharf serve ["),
        (["serve", "--listen", "here"], "0.0.0.0:21", "wharf serve ["),
        (["serve", "--passive-ports", "5"], "50000-50100", "wharf serve ["),
        (["serve", "--external-address", "::1"], "an IPv4 address", "wharf serve ["),
        (["serve", "--max-sessions", "0"], "from 1 on", "wharf serve ["),
        (["serve", "--tls-key", "x"], "--tls-certificate", "wharf serve ["),
        (["serve", "--no-tls", "--require-tls"], "exclude one another", "wharf serve ["),
        (["user", "add", "bob", "--home", "/", "--rights", "swim"], "read-only, all and none", "wharf user add ["),
        (["user", "add", "bob", "--home", "/", "--folder", "x: list"], "/folder: list read", "wharf user add ["),
        (["user", "add", "ftp", "--home", "/"], "cannot be the name", "wharf user add ["),
        (["user", "set", "bob"], "say what is to change", "wharf user set ["),
        (["user", "set", "bob", "--quota", "lots"], "4 GiB, or none", "wharf user set ["),
        (["user", "set", "bob", "--sessions", "0"], "from 1 on", "wharf user set ["),
    ])
    func `a wrong value is told with how the command is used`(arguments: [String], words: String, usage: String) throws
    {
        let run = try wharf(arguments)
        #expect(run.status == 64)
        #expect(run.errors.contains(words) && run.errors.contains("Usage: \(usage)"), "\(run.errors)")
    }

    @Test func `a folder for uploads has to be there, below the root`() throws {
        let place = try Place()
        func refusal(_ folder: String) throws -> String {
            let run = try wharf(
                "serve", place.root, "--no-tls", "--listen", "127.0.0.1:0", "--anonymous-upload", folder)
            #expect(run.status == 1)
            return run.errors
        }
        #expect(try refusal("/nosuch").contains("mkdir -p '\(place.root)/nosuch'"))
        #expect(try refusal("\(place.root)/incoming").contains("write /incoming\n"))
        #expect(try refusal("/file").contains("below \(place.root), and: "))
        try FileManager.default.createSymbolicLink(atPath: place.root + "/out", withDestinationPath: "../..")
        #expect(try refusal("/out/nosuch").contains("mkdir -p"))
        let server = try serve(
            place.root, "--no-tls", "--listen", "127.0.0.1:0", "--anonymous-upload", "/incoming")
        end(server)
    }

    @Test func `a port that is taken is told in a sentence`() throws {
        let place = try Place()
        let server = try serve(place.root, "--no-tls", "--listen", "127.0.0.1:0")
        let taken = "127.0.0.1:\(try port(of: server))"
        for options in [["--listen", taken], ["--listen", "127.0.0.1:0", "--metrics", taken]] {
            let run = try wharf(["serve", place.root, "--no-tls"] + options)
            #expect(run.status == 1)
            let told = run.errors.split(separator: "\n").filter { !$0.contains("running as root") }
            #expect(
                told == [
                    "wharf: cannot listen at \(taken): something else listens there (ss -ltnp shows what); end it, or choose another port"
                ])
        }
        end(server)
    }

    // MARK: - What it says

    @Test func `what is served is said with whom it is served to`() throws {
        let place = try Place()
        let (users, disabled) = (try place.add("alice"), try place.add("bob", to: "disabled"))
        let off = try wharf("user", "set", "bob", "--users", disabled, "--disable")
        #expect(off.status == 0, "\(off.errors)")
        for (options, line, isWarned) in [
            ([], "\(place.root) to guests, for reading, at ", false),
            (["--anonymous-write"], "\(place.root) to guests, at ", false),
            (
                ["--anonymous-upload", "/incoming"],
                "\(place.root) to guests, for reading, with other rights in /incoming, at ", false
            ),
            (["--users", users], "\(place.root) to guests, for reading, and users their homes, at ", false),
            (["--users", users, "--no-anonymous"], "users their homes, at ", false),
            (["--users", disabled, "--no-anonymous"], "nobody yet, at ", true),
            (["--no-anonymous"], "nobody yet, at ", true),
        ] as [([String], String, Bool)] {
            let server = try serve([place.root, "--no-tls", "--listen", "127.0.0.1:0"] + options)
            #expect(server.output.hasPrefix("Serving \(line)127.0.0.1:"), "\(server.output)")
            #expect(server.output.contains("    curl ") != isWarned)
            #expect(server.output.contains("-u NAME") == (!isWarned && options.contains("--no-anonymous")))
            end(server)
            #expect(server.errors.contains("nobody can log in") == isWarned, "\(server.errors)")
            #expect(!isWarned || server.errors.contains("wharf user add"))
        }
    }

    @Test func `each site is said with its own places`() throws {
        let place = try Place()
        try place.configure(
            """
            root: \(place.root)
            listen: ["127.0.0.1:0"]
            sites:
              ftp.example.org: {listen: ["127.0.0.1:0"]}
              by-name: {hosts: [a.example, b.example]}
            """)
        let server = try serve("--config", place.configuration, "--no-tls")
        let lines = server.output.split(separator: "\n")
        try #require(lines.count > 3)
        let what = "\(place.root) to guests, for reading"
        #expect(lines[0].hasPrefix("Serving \(what), at 127.0.0.1:") && !lines[0].contains(" and "))
        #expect(
            lines[1].hasPrefix(
                "Site ftp.example.org: serving \(what), to those who ask for ftp.example.org, at 127.0.0.1:"))
        #expect(lines[2] == "Site by-name: serving \(what), to those who ask for a.example or b.example")
        end(server)
    }

    @Test func `who is there is told with the server that he has come to`() throws {
        let place = try Place()
        let servers = try (0...1).map { _ in try serve(place.root, "--no-tls", "--listen", "127.0.0.1:0") }
        let ports = try servers.map { try port(of: $0) }
        let clients = try ports.map { try #require(Dialogue(port: $0)) }
        for client in clients { #expect(client.logIn()) }
        let listed = try wharf("who").output.split(separator: "\n")
        let rows = try #require(
            try JSONSerialization.jsonObject(with: Data(try wharf("who", "--json").output.utf8)) as? [[String: Any]])
        #expect(listed.first?.hasPrefix("server ") == true)
        for port in ports {
            let server = "127.0.0.1:\(port)"
            #expect(listed.count { $0.hasPrefix(server + " ") } == 1)
            #expect(rows.count { $0["server"] as? String == server } == 1)
        }
        servers[0].send(SIGKILL)
        _ = servers[0].finish()
        let run = try wharf("who")
        #expect(run.status == 0 && run.errors.isEmpty, "\(run.errors)")
        #expect(!run.output.contains("127.0.0.1:\(ports[0]) ") && run.output.contains("127.0.0.1:\(ports[1]) "))
        end(servers[1])
    }

    // MARK: - SIGHUP

    @Test func `SIGHUP has log, transfers, recording, metrics and bans follow the file, and drops nobody`() throws {
        let place = try Place()
        let metrics = (Dialogue.freePort(), Dialogue.freePort())
        let start = """
            root: \(place.root)
            listen: ["127.0.0.1:0"]

            """
        try place.configure(
            start + """
                log: {level: warning, xferlog: \(place.path)/transfers}
                metrics: 127.0.0.1:\(metrics.0)
                """)
        let server = try serve("--config", place.configuration, "--no-tls")
        let port = try port(of: server)
        let client = try #require(Dialogue(port: port))
        #expect(client.logIn())
        func download() {
            client.send("EPSV\r\n")
            guard let port = client.line().split(separator: "|").compactMap({ Int($0) }).last,
                let data = Dialogue(port: port)
            else { return }
            #expect(client.say("RETR file") == "150")
            #expect(data.rest() == "x")
            #expect(client.line().hasPrefix("226"))
        }
        download()
        // As logrotate(8) does.
        try FileManager.default.moveItem(atPath: place.path + "/transfers", toPath: place.path + "/transfers.1")
        try place.configure(
            start + """
                log: {format: json, xferlog: \(place.path)/transfers}
                metrics: 127.0.0.1:\(metrics.1)
                record: {directory: \(place.path)/records}
                bans: {attempts: 1}
                """)
        server.send(SIGHUP)
        expectSaid(server, "\"event\":\"settings read again\"")
        #expect(client.say("NOOP") == "200")
        download()
        let text = { (port: Int) in
            let dialogue = Dialogue(port: port)
            dialogue?.send("GET /metrics HTTP/1.0\r\n\r\n")
            return dialogue?.rest() ?? ""
        }
        #expect(text(metrics.0).isEmpty && text(metrics.1).contains("wharf_sessions 1"))
        let second = try #require(Dialogue(port: port))
        #expect(second.line().hasPrefix("220"))
        #expect(second.say("USER root") == "331" && second.say("PASS guess") == "421")
        #expect(second.rest().isEmpty)
        #expect(Dialogue(port: port)?.line().hasPrefix("421") == true)
        end(server)
        #expect(place.text("transfers.1").split(separator: "\n").count == 1)
        #expect(place.text("transfers").split(separator: "\n").count == 1)
        #expect(server.errors.contains("\"event\":\"transfer complete\""))
        let records = try FileManager.default.contentsOfDirectory(atPath: place.path + "/records")
        #expect(records.count == 1, "only the session that came later is recorded: \(records)")
    }

    @Test func `what SIGHUP cannot change is told, and what is wrong changes nothing`() throws {
        let place = try Place()
        let start = "root: \(place.root)\n"
        try place.configure(start + "listen: [\"127.0.0.1:0\"]")
        let server = try serve("--config", place.configuration, "--no-tls")
        let port = try port(of: server)
        try place.configure(start + "listen: [\"127.0.0.1:1\"]\nuser: nobody\nbanner: Anew.")
        server.send(SIGHUP)
        expectSaid(server, "settings read again")
        #expect(server.errors.contains("wharf: another place to listen at takes a restart\n"))
        #expect(server.errors.contains("wharf: another user to become takes a restart\n"))
        #expect(Dialogue(port: port)?.line() == "220 Anew.\r")
        try place.configure(start + "sites: {a.b: {root: .}}\nlog: {format: json}")
        server.send(SIGHUP)
        expectSaid(server, "\"settings read again\"")
        #expect(server.errors.contains("there are other sites now, which takes a restart"))
        #expect(Dialogue(port: port)?.line() == "220 Anew.\r")
        try place.configure(start + "bannner: Never.\nlog: {format: text}")
        server.send(SIGHUP)
        expectSaid(server, "wharf: nothing is changed: \(place.configuration):2: bannner: there is no such setting")
        #expect(Dialogue(port: port)?.line() == "220 Anew.\r")
        let taken = try serve(place.root, "--no-tls", "--listen", "127.0.0.1:0")
        try place.configure(
            start + "metrics: 127.0.0.1:\(try self.port(of: taken))\nlog: {format: json, xferlog: /nosuch/log}")
        server.send(SIGHUP)
        expectSaid(server, "the log stays as it was")
        #expect(server.errors.contains("something else listens there"))
        #expect(server.errors.contains("; metrics stay where they were\n"))
        end(taken)
        end(server)
    }

    @Test(.enabled(if: geteuid() == 0, "skipped: only root can become somebody else"))
    func `a server that has become somebody else records, and keeps its certificate at SIGHUP`() throws {
        let place = try Place()
        let made = try Spawned.run(
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj",
            "/CN=localhost", "-keyout", "\(place.path)/key.pem", "-out", "\(place.path)/certificate.pem")
        #expect(made.status == 0)
        let server = try serve(
            place.root, "--listen", "127.0.0.1:0", "--user", "nobody", "--record", place.path + "/records",
            "--xferlog", place.path + "/transfers",
            "--tls-certificate", place.path + "/certificate.pem", "--tls-key", place.path + "/key.pem")
        server.send(SIGHUP)
        expectSaid(server, "settings read again")
        #expect(server.errors.contains("wharf: the certificate stays as it was: "))
        #expect(!server.errors.contains("/transfers"))
        #expect(server.output.contains("TLS by AUTH TLS; SHA-256 of the certificate: "))
        let client = try #require(Dialogue(port: try port(of: server)))
        #expect(client.line().hasPrefix("220") && client.say("AUTH TLS") == "234")
        end(server)
        let records = try FileManager.default.contentsOfDirectory(atPath: place.path + "/records")
        #expect(records.count == 1, "\(server.errors)")
    }

    @Test(
        .enabled(if: geteuid() == 0, "skipped: only root can become somebody else"),
        arguments: ["--record", "--xferlog"])
    func `what the server may not write as somebody else is told at once`(option: String) throws {
        let place = try Place()
        let path = "\(place.path)/mine"
        if option == "--record" {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        } else {
            try Data().write(to: URL(fileURLWithPath: path))
        }
        let run = try wharf(
            "serve", place.root, "--no-tls", "--listen", "127.0.0.1:0", "--user", "nobody", option, path)
        #expect(run.status == 1)
        #expect(
            run.errors.hasSuffix("\(path): nobody may not write there; chown nobody '\(path)' lets it\n"),
            "\(run.errors)")
    }

    @Test func `a file that the configuration names and is not there is told with its line`() throws {
        let place = try Place()
        for (text, told) in [
            ("root: /no/such", ":1: root: /no/such: No such file or directory."),
            ("anonymous:\n  root: /no/such", ":2: anonymous.root: /no/such: No such file or directory."),
            ("users: /no/such/users", ":1: users: /no/such/users: the database of users cannot be opened: "),
            ("tls:\n  certificate: /no/such", ":2: tls.certificate: /no/such holds no certificate in PEM"),
        ] {
            try place.configure("listen: \"127.0.0.1:0\"\n" + text)
            let run = try wharf("serve", "--config", place.configuration)
            let line = 1 + (Int(told.dropFirst().prefix(1)) ?? 0)
            #expect(run.status == 1)
            #expect(run.errors.contains("\(place.configuration):\(line)\(told.dropFirst(2))"), "\(run.errors)")
        }
    }

    // MARK: - wharf user

    @Test func `what a user may do is changed, and taken back`() throws {
        let place = try Place()
        let users = try place.add(
            "alice", "--quota", "10 kB", "--quota-files", "5", "--folder", "/a: list", "--folder", "/b: none")
        func set(_ options: String...) throws -> String {
            let run = try wharf(["user", "set", "alice", "--users", users] + options)
            #expect(run.status == 0, "\(run.errors)")
            return try wharf("user", "list", "--users", users).output
        }
        let home = "alice  \(place.root)"
        let listed = try wharf("user", "list", "--users", users).output
        #expect(listed == "\(home)  all; /a: list; /b: none; quota 10000 bytes; quota 5 files\n")
        #expect(
            try set("--quota", "none", "--folder", "/c: read", "--rights", "read-only")
                == "\(home)  read-only; /c: read; quota 5 files\n")
        #expect(
            try set(
                "--quota-files", "none", "--download-rate", "1 kB", "--upload-rate", "2 kB", "--sessions", "3",
                "--disable")
                == "\(home)  disabled; read-only; /c: read; down 1000 bytes/s; up 2000 bytes/s; 3 sessions\n")
        #expect(
            try set(
                "--download-rate", "none", "--upload-rate", "none", "--sessions", "none", "--enable", "--folder",
                "none",
                "--home", place.root + "/incoming") == "\(home)/incoming  read-only\n")
        let missing = try wharf("user", "set", "alice", "--users", users, "--home", "/nosuch")
        #expect(missing.status == 1 && missing.errors.hasPrefix("wharf: /nosuch: "), "\(missing.errors)")
    }

    @Test(arguments: [
        ["list"], ["set", "alice", "--disable"], ["passwd", "alice"], ["remove", "alice"],
    ])
    func `a database that is mistyped is told, and not made`(command: [String]) throws {
        let place = try Place()
        let database = place.path + "/nosuch"
        let run = try wharf(["user"] + command + ["--users", database], input: Array("x\n".utf8))
        #expect(run.status == 1)
        #expect(run.errors.hasPrefix("wharf: \(database): ") && run.errors.contains("wharf user add"))
        #expect(!FileManager.default.fileExists(atPath: database))
    }

    @Test(arguments: [["set", "bob", "--disable"], ["passwd", "bob"], ["remove", "bob"]])
    func `a user who is none is told`(command: [String]) throws {
        let place = try Place()
        let users = try place.add("alice")
        let run = try wharf(["user"] + command + ["--users", users], input: Array("x\n".utf8))
        #expect(run.status == 1 && run.errors.contains("bob"))
    }
}
