import FTPProtocol

/// Which commands a reply code can answer (RFC 959 §5.4 and the RFCs that added codes).
///
/// Replies come in the order of the commands, but captures lose some of either, servers do not answer every ABOR, and a
/// transfer's last reply comes after those of commands that were sent while it lasted. Codes that belong to few commands
/// bring the pairing back into step.
enum ReplyFit {
    /// - Parameter isUnderWay: whether the command has had a preliminary reply.
    static func of(_ code: ReplyCode, to verb: Verb, isUnderWay: Bool) -> Bool {
        if isUnderWay {
            // A transfer that has begun ends with one of these, and with nothing else.
            return code.kind == .preliminary || [226, 250].contains(code.rawValue) || code.rawValue >= 400
        }
        // Looked up only where a code asks: replies that fit nothing are held against thousands of commands.
        var role: VerbRole? { VerbTable.role(verb) }
        var transfers: Bool { role?.opensDataConnection ?? false }
        return switch code.rawValue {
        case 110, 125, 150: transfers
        case 120, 220: verb == "REIN" || verb == "HOST"
        case 211, 212, 213, 214: !transfers && role != .login
        case 215: verb == "SYST"
        case 221: verb == "QUIT"
        case 225: verb == "ABOR"
        case 226, 426: transfers || verb == "ABOR" || verb == "STAT" || verb == "SITE"
        case 227, 228, 229: role == .passive
        case 230, 232: ["USER", "PASS", "ACCT", "AUTH", "ADAT"].contains(verb)
        case 234, 334: verb == "AUTH"
        case 235, 335: verb == "ADAT" || verb == "AUTH"
        // SITE has commands of all kinds, among them MKDIR.
        case 257: ["PWD", "XPWD", "MKD", "XMKD", "SITE"].contains(verb)
        case 331, 336: verb == "USER" || verb == "PASS"
        case 332: ["USER", "PASS"].contains(verb) || transfers
        case 350: ["RNFR", "REST", "RANG", "SITE"].contains(verb)
        // These succeed with a code of their own, which stands above.
        case 200..<300: role != .passive && !["PWD", "XPWD", "SYST", "SIZE", "MDTM"].contains(verb)
        default: true
        }
    }
}
