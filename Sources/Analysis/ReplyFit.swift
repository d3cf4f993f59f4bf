import FTPProtocol

/// Which commands a reply code can answer (RFC 959 §5.4 and the RFCs that added codes).
///
/// Replies come in the order of the commands, but captures lose some of either, and servers do not answer every ABOR.
/// Codes that belong to few commands bring the pairing back into step.
enum ReplyFit {
    case possible, impossible

    static func of(_ code: ReplyCode, to verb: Verb) -> ReplyFit {
        // Looked up only where a code asks: replies that fit nothing are held against thousands of commands.
        var transfers: Bool { VerbTable.row(verb)?.role.opensDataConnection ?? false }
        let isPossible: Bool =
            switch code.rawValue {
            case 110, 125, 150: transfers
            case 120, 220: verb == "REIN" || verb == "HOST"
            case 211: ["STAT", "FEAT", "HELP", "SITE", "OPTS"].contains(verb)
            case 213: ["SIZE", "MDTM", "STAT", "MFMT", "MFCT", "MFF", "HASH", "AVBL", "SITE", "DSIZ"].contains(verb)
            case 215: verb == "SYST"
            case 221: verb == "QUIT"
            case 225, 226, 426: transfers || verb == "ABOR" || verb == "STAT" || verb == "SITE"
            case 227: VerbTable.row(verb)?.role == .passive
            case 228: verb == "LPSV"
            case 229: verb == "EPSV"
            case 230, 232: ["USER", "PASS", "ACCT", "AUTH", "ADAT"].contains(verb)
            case 234, 334: verb == "AUTH"
            case 235, 335: verb == "ADAT" || verb == "AUTH"
            case 257: ["PWD", "XPWD", "MKD", "XMKD"].contains(verb)
            case 331, 336: verb == "USER" || verb == "PASS"
            case 332: ["USER", "PASS"].contains(verb) || transfers
            case 350: ["RNFR", "REST", "RANG"].contains(verb)
            default: true
            }
        return isPossible ? .possible : .impossible
    }
}
