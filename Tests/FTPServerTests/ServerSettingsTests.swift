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
            ("- a", "serve.yaml:1: settings are written \"name: value\", one a line"),
        ])
    func refusing(text: String, message: String) {
        do {
            _ = try ServerSettings(path: "serve.yaml", text: text)
            Issue.record("it was taken")
        } catch { #expect("\(error)" == message) }
    }

    @Test("an empty file is a configuration")
    func empty() throws {
        #expect(try ServerSettings(path: "serve.yaml", text: "").sites.count == 1)
    }
}
