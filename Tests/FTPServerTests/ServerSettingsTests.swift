import Bytes
import FTPProtocol
import FTPStorage
import Testing

@testable import FTPServer

struct ServerSettingsTests {
    @Test("a configuration says what it says, and leaves the rest as it is")
    func reading() throws {
        let settings = try ServerSettings(
            path: "serve.yaml",
            text: """
                root: /srv
                listen: ["*:21", 2121]
                anonymous:
                  rights: none
                  folders: ["/in: list write"]
                  download-rate: none
                users: none
                tls:
                limits: {sessions: 7}
                sites:
                  other: {hosts: [ftp.example.com], root: /other}
                """)
        #expect(settings.sites.map(\.key) == ["", "other"])
        #expect(settings.sites[0].listen == [.init(host: "::", port: 21), .init(host: "127.0.0.1", port: 2121)])
        #expect(settings.sites[0].guests.rights == [])
        #expect(settings.sites[0].guests.folders.first?.rights == [.list, .write])
        #expect(settings.sites[0].userDatabase == nil)
        #expect(settings.sites[1].names == ["ftp.example.com"])
        #expect(settings.sites[1].limits.sessions == 7)
    }

    @Test(
        "what cannot be meant is refused with its line",
        arguments: [
            ("rooot: /srv", "serve.yaml:1: rooot: there is no such setting; did you mean root?"),
            (
                "root: /srv\nanonymous: false",
                "serve.yaml:2: anonymous: is a group of settings, which stand below it, indented"
            ),
            ("limits:\n  sessions: many", "serve.yaml:2: limits.sessions: has to be a number"),
            ("limits: {sessions: 0}", "serve.yaml:1: limits.sessions: has to be 1 … 10000000"),
            ("passive: {ports: 100-50}", "serve.yaml:1: passive.ports: has to be two ports, such as 50000-50100"),
            (
                "tls: {client-certificate: true}",
                "serve.yaml:1: tls.client-certificate: needs client-authority, by which certificates are judged"
            ),
            ("record: {tls: clear}", "serve.yaml:1: record.tls: needs record.directory, where sessions are recorded"),
            (
                "anonymous: {download-rate: 0}",
                "serve.yaml:1: anonymous.download-rate: has to be more than nothing; none is for no limit"
            ),
            (
                "sites:\n  a: {hosts: [\"*.a\"]}",
                "serve.yaml:2: sites.a.hosts: \"*.a\" is no name of a host; write ftp.example.org or [2001:db8::1]"
            ),
            (
                "listen: 2121\nsites: {a: {listen-tls: 2121}}",
                "serve.yaml:2: sites.a.listen-tls: 127.0.0.1:2121 is listened at already"
            ),
            ("hosts: A\nsites: {a: {}}", "serve.yaml:2: sites.a: a is a host of the first site already"),
            ("limits: {longest-idle-seconds: 29}", "serve.yaml:1: limits.longest-idle-seconds: has to be 30 … 86400"),
            ("tls: {key: a.pem}", "serve.yaml:1: tls.key: goes with certificate, in the same place"),
            ("root: a\nlisten: []", "serve.yaml:2: listen: is empty, and there is no other place to listen at"),
            (
                "sites:\n  a: {root: a}\n  b: {hosts: [c, A]}",
                "serve.yaml:3: sites.b.hosts: a is a host of the site a already"
            ),
            ("root: a\nlimits: {}\nroot: b", "serve.yaml:3: root: is there twice, the first time in line 1"),
            (
                "sites:\n  ftp.example.org:\n    root: a\n  \"ftp.example.org\": {root: b}",
                "serve.yaml:4: ftp.example.org: is there twice, the first time in line 2"
            ),
            ("limits: {sessions: 1, sessions: 2}", "serve.yaml:1: sessions: is there twice"),
            ("sites: {1: {root: a}, \"1\": {root: b}}", "serve.yaml:1: sites.1: is there twice"),
            (
                "sites: {ftp.example.org: {rooot: a}}",
                "serve.yaml:1: sites.ftp.example.org.rooot: there is no such setting; did you mean sites.ftp.example.org.root?"
            ),
            ("sites: [a]", "serve.yaml:1: sites: is a group of settings, which stand below it, indented"),
            (
                "anonymous:\n  folders: [/a: swim]",
                "serve.yaml:2: anonymous.folders: write \"/folder: list read\"; rights are list, read, write, append, delete, rename, mkdir, read-only, all, none"
            ),
            ("anonymous:\n  folders: [[/a]]", "serve.yaml:2: anonymous.folders: has to be a list of texts"),
            ("root: [a]", "serve.yaml:1: root: has to be text"),
            ("allow: {fxp: perhaps}", "serve.yaml:1: allow.fxp: has to be true or false"),
            ("log: {level: loud}", "serve.yaml:1: log.level: has to be error, warning, info or debug"),
            ("root: a: b", "serve.yaml:1: mapping values are not allowed in this context"),
            (
                "limits: {}\nroot: \"a\nlisten: 5",
                "serve.yaml:3: found unexpected end of stream (while scanning a quoted scalar, which begins in line 2)"
            ),
            ("root: a\nbanner: \u{1}", "serve.yaml:2: control characters are not allowed"),
            ("- a", "serve.yaml:1: settings are written \"name: value\", one a line"),
        ])
    func refusing(text: String, message: String) {
        do {
            _ = try ServerSettings(path: "serve.yaml", text: text)
            Issue.record("it was taken")
        } catch { #expect("\(error)" == message) }
    }

    @Test func `a site may be called as its host is, and what it leaves out is as above`() throws {
        let settings = try ServerSettings(
            path: "serve.yaml",
            text: """
                limits: {sessions: 7}
                sites:
                  ftp.example.org: {root: /org, tls: {required: true}}
                  ftp.example.com:
                    hosts: [files.example.com]
                    root: /com
                """)
        #expect(settings.sites.map(\.key) == ["", "ftp.example.org", "ftp.example.com"])
        #expect(settings.sites.map(\.names) == [[], ["ftp.example.org"], ["files.example.com"]])
        #expect(settings.sites.map(\.root) == [".", "/org", "/com"])
        #expect(settings.sites.map(\.policy.requiresTLS) == [false, true, false])
        #expect(settings.sites.map(\.limits.sessions) == [7, 7, 7])
    }

    @Test(
        arguments: [
            "folders: [\"/a: list\", \"/b: none\"]", "folders: [/a: list, /b: none]",
            "folders:\n    - /a: list\n    - /b: none", "folders:\n    - /a: list\n      /b: none",
            "folders:\n    /a: list\n    /b: none",
        ])
    func `rules need no quotes`(text: String) throws {
        let settings = try ServerSettings(path: "serve.yaml", text: "anonymous:\n  " + text)
        #expect(
            settings.sites[0].guests.folders == [
                .init(folder: .of("/a"), rights: .list), .init(folder: .of("/b"), rights: []),
            ])
    }

    @Test(
        arguments: [
            ("127.0.0.1", 21, 0, false), ("192.0.2.1", 21, 1, false), ("192.0.2.9", 21, 0, false),
            ("192.0.2.1", 990, 1, true), ("::", 990, 1, true), ("::", 2121, 0, false),
        ] as [(String, UInt16, Int, Bool)])
    func `a socket that is open already is for whoever would listen there`(
        address: String, port: UInt16, site: Int, isImplicit: Bool
    ) throws {
        let settings = try ServerSettings(
            path: "serve.yaml",
            text: """
                listen: ["127.0.0.1:21"]
                sites:
                  other: {listen: ["192.0.2.1:21"], listen-tls: ["*:990"]}
                """)
        let purpose = settings.purpose(of: Endpoint(try #require(IPAddress(address)), port))
        #expect(purpose.site == site && purpose.isImplicit == isImplicit)
    }

    @Test("an empty file is a configuration")
    func empty() throws {
        #expect(try ServerSettings(path: "serve.yaml", text: "").sites.count == 1)
    }
}
