package import Analysis
import Bytes
import FTPProtocol

/// Writes what Zeek's `ftp.log` would hold: its columns, its types, its choice of commands.
package struct ZeekLog {
    private let story: Story
    private let showsSecrets: Bool
    private let write: (String) -> Void

    /// The commands that Zeek logs (`FTP::logged_commands`).
    private static let logged: Set<Verb> = [
        "APPE", "DELE", "RETR", "STOR", "STOU", "ACCT", "PORT", "PASV", "EPRT", "EPSV",
    ]
    /// The users whose passwords Zeek shows (`FTP::guest_ids`).
    private static let guests: Set<String> = ["anonymous", "ftp", "ftpuser", "guest"]

    private static let columns: [(name: String, type: String)] = [
        ("ts", "time"), ("uid", "string"), ("id.orig_h", "addr"), ("id.orig_p", "port"), ("id.resp_h", "addr"),
        ("id.resp_p", "port"), ("user", "string"), ("password", "string"), ("command", "string"), ("arg", "string"),
        ("mime_type", "string"), ("file_size", "count"), ("reply_code", "count"), ("reply_msg", "string"),
        ("data_channel.passive", "bool"), ("data_channel.orig_h", "addr"), ("data_channel.resp_h", "addr"),
        ("data_channel.resp_p", "port"), ("fuid", "string"),
    ]

    /// - Parameter write: takes one line at a time, without its end.
    package init(_ story: Story, showsSecrets: Bool, write: @escaping (String) -> Void) {
        self.story = story
        self.showsSecrets = showsSecrets
        self.write = write
    }

    package func tell() {
        write(#"#separator \x09"#)
        write("#set_separator\t,")
        write("#empty_field\t(empty)")
        write("#unset_field\t-")
        write("#path\tftp")
        write("#fields\t" + Self.columns.map(\.name).joined(separator: "\t"))
        write("#types\t" + Self.columns.map(\.type).joined(separator: "\t"))
        // Zeek writes a command when it has been answered.
        let rows = story.sessions.flatMap(rows(of:)).sorted { ($0.order, $0.number) < ($1.order, $1.number) }
        for row in rows { write(row.text) }
        write("#close")
    }

    private struct Row {
        let order: UInt32
        let number: Int
        let text: String
    }

    private func rows(of session: Session) -> [Row] {
        var finals: [Int: Reply] = [:]
        var settled: [Int: [UInt32]] = [:]
        for step in session.steps {
            guard case .reply(let reply, let answers?, _) = step.kind else { continue }
            finals[answers] = reply
            settled[answers, default: []].append(step.frame)
        }
        let negotiations = Dictionary(grouping: session.negotiations, by: \.frame)
        let transfers = Dictionary(
            session.transfers.compactMap { id in story.transfers[id].commandStep.map { ($0, id) } },
            uniquingKeysWith: { first, _ in first })
        return session.steps.enumerated().compactMap { number, step in
            guard case .command(let command, _) = step.kind, Self.logged.contains(command.verb) else { return nil }
            return Row(
                order: step.frame, number: session.id,
                text: fields(
                    command, transfers[number].map { story.transfers[$0] }, step, session, finals[number],
                    ([step.frame] + (settled[number] ?? [])).flatMap { negotiations[$0] ?? [] }
                ).joined(separator: "\t"))
        }
    }

    private func fields(
        _ command: Command, _ transfer: Transfer?, _ step: Step, _ session: Session, _ reply: Reply?,
        _ negotiations: [Negotiation]
    ) -> [String] {
        let size = transfer.flatMap { $0.announcedSize ?? ($0.state == .complete ? $0.data?.bytes : nil) }
        let user = session.user.map { displayText($0) }
        return [
            Self.time(story.index.frames[Int(step.frame)].time), uid(of: session), "\(session.client.address)",
            "\(session.client.port)", "\(session.server.address)", "\(session.server.port)",
            Self.text(user ?? "<unknown>"), password(of: session, user), "\(command.verb)",
            argument(command, transfer, session), "-", size.map { "\($0)" } ?? "-",
            reply.map { "\($0.code)" } ?? "-", reply.map { Self.text($0.text) } ?? "-",
        ] + channel(command, session, negotiations) + ["-"]
    }

    private func password(of session: Session, _ user: String?) -> String {
        guard let password = session.password else { return "-" }
        let isGuest = Self.guests.contains(user?.lowercased() ?? "")
        return showsSecrets || isGuest ? Self.text(displayText(password)) : "<hidden>"
    }

    private func argument(_ command: Command, _ transfer: Transfer?, _ session: Session) -> String {
        let isFile: Set<Verb> = ["APPE", "DELE", "RETR", "STOR", "STOU"]
        guard isFile.contains(command.verb) else {
            let text = Secrets.argument(of: command, in: session, shown: showsSecrets)
            return text.isEmpty ? "-" : Self.text(text)
        }
        let host = session.server.address
        let path = displayText(transfer?.path ?? command.argument)
        return Self.text(
            "ftp://\(host.isV4 ? "\(host)" : "[\(host)]")\(path.hasPrefix("/") ? "" : "/./")\(path)")
    }

    /// - Parameter negotiations: those that the command and its replies settled.
    private func channel(_ command: Command, _ session: Session, _ negotiations: [Negotiation]) -> [String] {
        let isActive = ["PORT", "EPRT"].contains(command.verb)
        let negotiation = negotiations.first { $0.verb == command.verb && $0.isPassive != isActive }
        guard let negotiation, let announced = negotiation.announced else { return ["-", "-", "-", "-"] }
        let caller = negotiation.isPassive ? session.client.address : session.server.address
        return [
            negotiation.isPassive ? "T" : "F", "\(caller)", "\(announced.address)",
            "\(announced.port)",
        ]
    }

    /// Zeek's unique ids are random; this one is the same in every run: `C` and the connection in base 62.
    private func uid(of session: Session) -> String {
        let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
        // FNV-1a, twice with different seeds, over what tells connections apart.
        let key = "\(session.client) \(session.server) \(story.index.streams[session.stream].firstTime)"
        return "C"
            + [0xCBF2_9CE4_8422_2325, 0x8422_2325_CBF2_9CE4 as UInt64].map { seed in
                var hash = key.utf8.reduce(seed) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
                return String(
                    (0..<9).map { _ in
                        defer { hash /= 62 }
                        return alphabet[Int(hash % 62)]
                    })
            }.joined()
    }

    private static func time(_ nanoseconds: Int64) -> String {
        let micro = String(nanoseconds.magnitude % 1_000_000_000 / 1000)
        return "\(nanoseconds / 1_000_000_000)." + String(repeating: "0", count: 6 - micro.count) + micro
    }

    /// Zeek escapes what would break a line's columns.
    private static func text(_ text: String) -> String {
        if text.isEmpty { return "(empty)" }
        if text == "-" { return #"\x2d"# }
        return text.replacing("\t", with: #"\x09"#)
    }
}
