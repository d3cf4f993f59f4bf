/// One command of a client (RFC 959 §5.3).
package struct Command: Hashable, Sendable {
    /// What the server shall do.
    package var verb: Verb
    /// Everything after the one space that follows the verb; a name may itself begin or end with spaces.
    package var argument: [UInt8]

    /// A command to be sent; see ``wireForm``.
    package init(_ verb: Verb, _ argument: [UInt8] = []) {
        self.verb = verb
        self.argument = argument
    }

    /// Reads a line of a control connection, tolerantly.
    ///
    /// Spaces, control characters and stray bytes before the verb are passed over, and the verb may be of any case.
    /// Nil if no word of three to eight letters and digits, the first one a letter, begins the line.
    package init?(line: [UInt8]) {
        let start = line.drop { byte in Verb.folded(byte) == nil && (byte <= 0x20 || byte >= 0x7F) }
        let word = start.prefix { Verb.folded($0) != nil }
        guard (3...8).contains(word.count), let first = word.first, first >= UInt8(ascii: "A"), let verb = Verb(word)
        else { return nil }
        var rest = start[word.endIndex...]
        if let separator = rest.first {
            guard separator <= 0x20 else { return nil }
            rest = rest.dropFirst()
        }
        while let last = rest.last, last == UInt8(ascii: "\r") || last == UInt8(ascii: "\n") { rest = rest.dropLast() }
        self.init(verb, Array(rest))
    }

    /// As for an array.
    package init?(line: some Collection<UInt8>) { self.init(line: Array(line)) }

    /// The argument for eyes; see ``displayText(_:)``.
    package var argumentText: String { displayText(argument) }

    /// Whether the argument, or a part of it, must not be shown: a password, an account, security data.
    package var isSecret: Bool {
        switch verb {
        case "PASS", "ACCT", "ADAT", "MIC":
            // MIC signs a command but does not hide it (RFC 2228 §3): it may be the PASS itself.
            return true
        case "SITE":
            let words = argument.split(separator: UInt8(ascii: " "), maxSplits: 1)
            guard let first = words.first, let command = Verb(first) else { return false }
            return Self.secretSiteCommands.contains(command)
        default:
            return false
        }
    }

    /// SITE commands of well-known servers whose arguments hold a password.
    private static let secretSiteCommands: Set<Verb> = [
        "PSWD", "PASS", "PASSWD", "PASSWORD", "CHPASS", "CPWD", "GPASS", "ADDUSER", "GADDUSER", "NEWUSER",
    ]

    /// The command as it goes over the wire, with its line end.
    ///
    /// Nil when the argument holds CR, LF or NUL: it would become a second command.
    package var wireForm: [UInt8]? {
        guard !argument.contains(where: { $0 == UInt8(ascii: "\r") || $0 == UInt8(ascii: "\n") || $0 == 0 }) else {
            return nil
        }
        let name = Array(verb.description.utf8)
        // A data byte 255 is doubled (RFC 854).
        let escaped = argument.flatMap { $0 == Telnet.iac ? [$0, $0] : [$0] }
        return name + (argument.isEmpty ? [] : [UInt8(ascii: " ")] + escaped) + [
            UInt8(ascii: "\r"), UInt8(ascii: "\n"),
        ]
    }
}
