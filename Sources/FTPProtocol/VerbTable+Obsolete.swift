extension VerbTable {
    /// Verbs that newer RFCs have replaced or dropped (RFC 743, RFC 765, RFC 775).
    static let obsoleteRows: [VerbRow] = [
        experimental("XMKD <pathname>", of: "MKD", .required(.path), .fileAction),
        experimental("XRMD <pathname>", of: "RMD", .required(.path), .fileAction),
        experimental("XPWD", of: "PWD", .none, .information),
        experimental("XCUP", of: "CDUP", .none, .directory),
        experimental("XCWD <pathname>", of: "CWD", .required(.path), .directory),
        mail(
            "MLFL [<user>]", "RFC 765 §4.1.3",
            en: "Send mail over a data connection", zh: "通过数据连接发送邮件",
            enMore: "The text of the mail follows over a data connection.", zhMore: "邮件正文通过数据连接传送。"),
        mail(
            "MAIL [<user>]", "RFC 765 §4.1.3",
            en: "Send mail over the control connection", zh: "通过控制连接发送邮件",
            enMore: "The text follows over the control connection and ends with a line that is a single dot.",
            zhMore: "邮件正文通过控制连接发送，以只含一个点的行结束。"),
        mail(
            "MSND [<user>]", "RFC 765 §4.1.3",
            en: "Send a message to a terminal", zh: "向用户终端发送消息",
            enMore: "The text goes to the screen of a user who is logged in.", zhMore: "文本直接显示在已登录用户的屏幕上。"),
        mail(
            "MSOM [<user>]", "RFC 765 §4.1.3",
            en: "Send to a terminal, or else mail", zh: "发送到终端，否则发邮件",
            enMore: "The text goes to the user's screen, or to the mailbox of one who is not logged in.",
            zhMore: "用户已登录则显示在屏幕上，否则投递到邮箱。"),
        mail(
            "MSAM [<user>]", "RFC 765 §4.1.3",
            en: "Send to a terminal, and mail", zh: "发送到终端并发邮件",
            enMore: "The text goes to the user's mailbox, and to the screen of one who is logged in.",
            zhMore: "投递到邮箱；如果用户已登录，同时显示在屏幕上。"),
        mail(
            "MRSQ [<scheme>]", "RFC 765 §4.1.3",
            en: "Choose how several recipients are sent", zh: "选择多收件人的发送方式",
            enMore: "Says whether the list of recipients comes before or after the text.",
            zhMore: "说明收件人列表在正文之前还是之后给出。"),
        mail(
            "MRCP <user>", "RFC 765 §4.1.3",
            en: "Name one more recipient", zh: "再给出一个收件人",
            enMore: "One of several recipients of the same text.", zhMore: "同一正文的多个收件人之一。"),
        mail(
            "XRSQ [<scheme>]", "RFC 743",
            en: "Choose how several recipients are sent (trial form)", zh: "选择多收件人的发送方式（试验形式）",
            enMore: "The trial form of MRSQ.", zhMore: "MRSQ 的试验形式。"),
        mail(
            "XRCP <user>", "RFC 743",
            en: "Name one more recipient (trial form)", zh: "再给出一个收件人（试验形式）",
            enMore: "The trial form of MRCP.", zhMore: "MRCP 的试验形式。"),
        mail(
            "XSEN [<user>]", "RFC 737",
            en: "Send a message to a terminal (trial form)", zh: "向用户终端发送消息（试验形式）",
            enMore: "The trial form of MSND.", zhMore: "MSND 的试验形式。"),
        mail(
            "XSEM [<user>]", "RFC 737",
            en: "Send to a terminal, or else mail (trial form)", zh: "发送到终端，否则发邮件（试验形式）",
            enMore: "The trial form of MSOM.", zhMore: "MSOM 的试验形式。"),
        mail(
            "XMAS [<user>]", "RFC 737",
            en: "Send to a terminal, and mail (trial form)", zh: "发送到终端并发邮件（试验形式）",
            enMore: "The trial form of MSAM.", zhMore: "MSAM 的试验形式。"),
    ]

    /// A verb of RFC 775, which RFC 1123 §4.1.3.1 tells servers to go on accepting.
    private static func experimental(
        _ syntax: String, of verb: String, _ argument: VerbArgument, _ role: VerbRole
    ) -> VerbRow {
        VerbRow(
            syntax, argument, role, "RFC 775, RFC 1123 §4.1.3.1", .obsolete,
            summary: Phrase(en: "The same as \(verb)", zh: "与 \(verb) 相同"),
            explanation: Phrase(
                en:
                    "The older name of \(verb), from the time when directories were an experiment; some clients still use it.",
                zh: "\(verb) 的旧名称，来自目录命令尚属试验的时期；有些客户端仍在使用。"))
    }

    private static func mail(
        _ syntax: String, _ standard: String, en: String, zh: String, enMore: String, zhMore: String
    ) -> VerbRow {
        let argument: VerbArgument =
            syntax.contains("[") ? .optional(.user) : .required(.user)
        return VerbRow(
            syntax, argument, .mail, standard, .obsolete, needsLogin: false,
            summary: Phrase(en: en, zh: zh),
            explanation: Phrase(
                en: "FTP carried mail before SMTP existed. \(enMore) No server offers it today.",
                zh: "SMTP 出现之前，邮件由 FTP 传送。\(zhMore)如今没有服务器再提供。"))
    }
}
