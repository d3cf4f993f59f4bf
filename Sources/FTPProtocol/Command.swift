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

    /// Reads a line of a control connection, tolerantly: see ``CommandOutline``.
    package init?(line: [UInt8]) {
        guard let outline = CommandOutline(line) else { return nil }
        self.init(outline.verb, Array(line[outline.argument]))
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

/// Where a line of a control connection has its command, for whoever does not need the argument by itself.
package struct CommandOutline: Sendable {
    package let verb: Verb
    /// The verb's letters, and everything behind the character that follows them up to the line end: places in the line.
    package let name: Range<Int>
    package let argument: Range<Int>

    /// Spaces, control characters and stray bytes before the verb are passed over, and the verb may be of any case.
    /// Nil if no word of three to eight letters and digits, the first one a letter, begins the line.
    package init?(_ line: [UInt8]) {
        var start = 0
        while start < line.count, Verb.folded(line[start]) == nil, line[start] <= 0x20 || line[start] >= 0x7F {
            start += 1
        }
        var end = start
        var code: UInt64 = 0
        while end < line.count, let letter = Verb.folded(line[end]) {
            guard end - start < 8 else { return nil }
            code = code << 8 | UInt64(letter)
            end += 1
        }
        guard end - start >= 3, line[start] >= UInt8(ascii: "A") else { return nil }
        guard end == line.count || line[end] <= 0x20 else { return nil }
        let rest = min(end + 1, line.count)
        var last = line.count
        while last > rest, line[last - 1] == UInt8(ascii: "\r") || line[last - 1] == UInt8(ascii: "\n") { last -= 1 }
        verb = Verb(code: code)
        name = start..<end
        argument = rest..<last
    }
}
