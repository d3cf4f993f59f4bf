/// What the protocol says about one verb: a row of ``VerbTable``.
package struct VerbRow: Sendable {
    /// In upper case.
    package let verb: Verb
    /// The command as a manual writes it, `RETR <pathname>`; optional parts stand in brackets.
    package let syntax: String
    /// Whether an argument follows, and of which kind.
    package let argument: VerbArgument
    /// Whether a server refuses the verb before the login is complete.
    package let needsLogin: Bool
    /// What the command does to a session.
    package let role: VerbRole
    /// Where the verb is defined, `RFC 959 §4.1.3`.
    package let standard: String
    /// How firmly the verb stands in the protocol.
    package let status: VerbStatus
    /// What the command does, in one line, for HELP and tables.
    package let summary: Phrase
    /// What the client asks for by this command, and why, for someone who reads a session step by step.
    package let explanation: Phrase

    /// The verb is the first word of `syntax`.
    init(
        _ syntax: String, _ argument: VerbArgument = .none, _ role: VerbRole, _ standard: String,
        _ status: VerbStatus = .standard, needsLogin: Bool = true, summary: Phrase, explanation: Phrase
    ) {
        guard let verb = Verb(syntax.utf8.prefix { $0 != ASCII.space }) else {
            preconditionFailure("\(syntax) does not begin with an FTP verb")
        }
        self.verb = verb
        self.syntax = syntax
        self.argument = argument
        self.needsLogin = needsLogin
        self.role = role
        self.standard = standard
        self.status = status
        self.summary = summary
        self.explanation = explanation
    }
}

/// Whether a verb takes an argument, and of which kind.
package enum VerbArgument: Hashable, Sendable {
    case none
    case optional(VerbArgumentKind)
    case required(VerbArgumentKind)

    /// The kind of the argument; nil if there is none.
    package var kind: VerbArgumentKind? {
        switch self {
        case .none: nil
        case .optional(let kind), .required(let kind): kind
        }
    }

    /// Whether a server answers 501 when the argument is missing.
    package var isRequired: Bool {
        if case .required = self { true } else { false }
    }
}

/// What a verb's argument means.
package enum VerbArgumentKind: Hashable, Sendable, CaseIterable {
    case path, user, password, account, hostName
    /// `h1,h2,h3,h4,p1,p2` (RFC 959 §4.1.2).
    case hostPort
    /// `|af|address|port|` (RFC 2428 §2).
    case extendedHostPort
    /// `af,hal,h1,…,pal,p1,…` (RFC 1639 §2).
    case longHostPort
    /// `1`, `2` or `ALL` (RFC 2428 §3).
    case netProtocol
    case number, byteRange, marker
    case typeCode, structureCode, modeCode, protectionLevel
    /// The name of a security mechanism, `TLS` (RFC 2228 §3).
    case mechanism
    /// Security data in base64 (RFC 2228 §3).
    case securityData
    /// A time and a path (MFMT and its kin).
    case time
    /// Facts and a path, or a list of fact names.
    case facts
    /// A verb, for HELP.
    case verb
    /// A verb and its options, for OPTS.
    case option
    case languageTag, text
}

/// How firmly a verb stands in the protocol.
package enum VerbStatus: Hashable, Sendable, CaseIterable {
    /// In RFC 959 or an RFC that extends it.
    case standard
    /// In no RFC, or only in a draft, but spoken by several servers.
    case `extension`
    /// Once defined, since withdrawn or replaced.
    case obsolete
}
