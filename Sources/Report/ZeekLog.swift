package import Analysis
import Bytes
import FTPProtocol

/// Writes what Zeek's `ftp.log` would hold: its columns, its types, its choice of commands.
package struct ZeekLog {
    private let story: Story
    private let showsSecrets: Bool
    private let selection: StorySelection?
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
    package init(
        _ story: Story, showsSecrets: Bool, _ selection: StorySelection? = nil, write: @escaping (String) -> Void
    ) {
        self.story = story
        self.selection = selection
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
        let rows = story.sessions.filter { selection?.sessions.contains($0.id) ?? true }.flatMap(rows(of:)).sorted {
            ($0.order, $0.number) < ($1.order, $1.number)
        }
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
        /// Of each command's step, those of its replies.
        var settled: [Int: [Int]] = [:]
        for (number, step) in session.steps.enumerated() {
            guard case .reply(let reply, let answers?, _) = step.kind else { continue }
            finals[answers] = reply
            settled[answers, default: []].append(number)
        }
        let negotiations = Dictionary(
            session.negotiations.compactMap { negotiation in negotiation.step.map { ($0, negotiation) } },
            uniquingKeysWith: { $1 })
        let transfers = Dictionary(
            session.transfers.compactMap { id in story.transfers[id].commandStep.map { ($0, id) } },
            uniquingKeysWith: { first, _ in first })
        var login = Login()
        var rows: [Row] = []
        for (number, step) in session.steps.enumerated() {
            guard case .command(let command, _, let isSecret) = step.kind else { continue }
            login.note(command, isSecret: isSecret)
            guard Self.logged.contains(command.verb) else { continue }
            let answers = settled[number] ?? []
            let fields = fields(
                command, transfers[number].map { story.transfers[$0] }, step, session, login, finals[number],
                ([number] + answers).lazy.compactMap { negotiations[$0] }.first)
            rows.append(
                Row(
                    order: answers.last.map { session.steps[$0].frame } ?? step.frame, number: session.id,
                    text: fields.joined(separator: "\t")))
        }
        return rows
    }

    /// Who is logged in, or trying to be, at some moment of a session.
    private struct Login {
        var user: String?
        var password: String?
        var isSecret = true

        mutating func note(_ command: Command, isSecret: Bool) {
            switch command.verb {
            case "USER": (user, password) = (command.argumentText, nil)
            case "PASS": (password, self.isSecret) = (command.argumentText, isSecret)
            default: break
            }
        }
    }

    private func fields(
        _ command: Command, _ transfer: Transfer?, _ step: Step, _ session: Session, _ login: Login, _ reply: Reply?,
        _ negotiation: Negotiation?
    ) -> [String] {
        [
            Self.time(story.index.frames[Int(step.frame)].time), uid(of: session), "\(session.client.address)",
            "\(session.client.port)", "\(session.server.address)", "\(session.server.port)",
            Self.text(login.user ?? "<unknown>"), password(login), "\(command.verb)",
            argument(command, transfer, session), "-", transfer?.announcedSize.map { "\($0)" } ?? "-",
            reply.map { "\($0.code)" } ?? "-", reply.map { Self.text($0.text) } ?? "-",
        ] + channel(command, session, negotiation) + ["-"]
    }

    private func password(_ login: Login) -> String {
        guard let password = login.password else { return "-" }
        let isGuest = Self.guests.contains(login.user?.lowercased() ?? "")
        return showsSecrets || isGuest || !login.isSecret ? Self.text(password) : "<hidden>"
    }

    private func argument(_ command: Command, _ transfer: Transfer?, _ session: Session) -> String {
        let isFile: Set<Verb> = ["APPE", "DELE", "RETR", "STOR", "STOU"]
        guard isFile.contains(command.verb) else {
            let text = Secrets.argument(of: command, isMasked: command.isSecret && !showsSecrets)
            return text.isEmpty ? "-" : Self.text(text)
        }
        let host = session.server.address
        let path = displayText(transfer?.path ?? command.argument)
        return Self.text(
            "ftp://\(host.isV4 ? "\(host)" : "[\(host)]")\(path.hasPrefix("/") ? "" : "/./")\(path)")
    }

    /// - Parameter negotiation: what the command, or its reply, settled.
    private func channel(_ command: Command, _ session: Session, _ negotiation: Negotiation?) -> [String] {
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
