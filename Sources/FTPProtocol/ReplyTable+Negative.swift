extension ReplyTable {
    /// 4yz: not now.
    static let transientRows: [ReplyRow] = [
        ReplyRow(
            421,
            meaning: Phrase(en: "Service not available, closing", zh: "服务不可用，关闭连接"),
            explanation: Phrase(
                en: """
                    The server ends the session by itself: it was idle too long, is full, or shuts down. The client may \
                    connect again later.
                    """,
                zh: "服务器主动结束会话：可能是空闲超时、连接数已满或正在关机。客户端可以稍后重新连接。")),
        ReplyRow(
            425,
            meaning: Phrase(en: "Cannot open data connection", zh: "无法打开数据连接"),
            explanation: Phrase(
                en: """
                    The data connection did not come about: neither PASV nor PORT came before, or a firewall or NAT \
                    stands between. With TLS it may also mean that the session was not resumed.
                    """,
                zh: """
                    数据连接未能建立：可能之前没有发送 PASV 或 PORT，也可能被防火墙或 NAT 阻断。使用 TLS 时，\
                    还可能是没有复用 TLS 会话。
                    """)),
        ReplyRow(
            426,
            meaning: Phrase(en: "Connection closed, transfer aborted", zh: "连接关闭，传输中止"),
            explanation: Phrase(
                en:
                    "The data connection broke, or ABOR ended it, before the transfer was complete; the file is cut short.",
                zh: "传输完成之前数据连接中断，或被 ABOR 终止；文件不完整。")),
        ReplyRow(
            430, "in use, in no RFC",
            meaning: Phrase(en: "Invalid user name or password", zh: "用户名或密码无效"),
            explanation: Phrase(
                en: "Some servers refuse a login by this code where RFC 959 has 530.",
                zh: "有些服务器用此代码拒绝登录，而 RFC 959 规定的是 530。")),
        ReplyRow(
            431, "RFC 2228 §5",
            meaning: Phrase(en: "A resource for security is missing", zh: "缺少安全处理所需的资源"),
            explanation: Phrase(
                en:
                    "The server cannot do the security exchange at present, for example because a certificate is missing.",
                zh: "服务器目前无法进行安全交换，例如缺少证书。")),
        ReplyRow(
            434, "in use, in no RFC",
            meaning: Phrase(en: "Requested host unavailable", zh: "请求的主机不可用"),
            explanation: Phrase(
                en: "A virtual host or the machine behind a proxy cannot be reached at present.",
                zh: "虚拟主机或代理后面的主机目前无法访问。")),
        ReplyRow(
            450,
            meaning: Phrase(en: "File unavailable for now", zh: "文件暂时不可用"),
            explanation: Phrase(
                en: "The file cannot be used at this moment, for example because another process holds it; try again.",
                zh: "文件此刻无法使用，例如正被其他进程占用；可以稍后重试。")),
        ReplyRow(
            451,
            meaning: Phrase(en: "Aborted, local error", zh: "操作中止，服务器本地错误"),
            explanation: Phrase(
                en: "Something went wrong on the server while it worked, such as a read error on its disk.",
                zh: "服务器在处理过程中出现问题，例如磁盘读取错误。")),
        ReplyRow(
            452,
            meaning: Phrase(en: "Not enough storage", zh: "存储空间不足"),
            explanation: Phrase(
                en: "The server's disk is full at present, so the upload was not taken.",
                zh: "服务器磁盘目前已满，未能接受上传。")),
    ]

    /// 5yz: no.
    static let permanentRows: [ReplyRow] = [
        ReplyRow(
            500,
            meaning: Phrase(en: "Command not recognised", zh: "无法识别的命令"),
            explanation: Phrase(
                en:
                    "The server does not know this command, or the line is too long. Clients then fall back to an older way.",
                zh: "服务器不认识这条命令，或者命令行过长。客户端通常会退而使用较旧的方式。")),
        ReplyRow(
            501,
            meaning: Phrase(en: "Error in the argument", zh: "参数语法错误"),
            explanation: Phrase(
                en: "The command is known, but its argument cannot be understood or is missing.",
                zh: "命令可以识别，但参数无法理解或缺失。")),
        ReplyRow(
            502,
            meaning: Phrase(en: "Command not implemented", zh: "命令未实现"),
            explanation: Phrase(
                en: "The server knows the command's name but does not offer it, or has it switched off.",
                zh: "服务器知道这条命令，但不提供或已禁用。")),
        ReplyRow(
            503,
            meaning: Phrase(en: "Wrong order of commands", zh: "命令顺序错误"),
            explanation: Phrase(
                en: "Another command must come first: USER before PASS, RNFR before RNTO, PBSZ before PROT.",
                zh: "必须先发送另一条命令：PASS 之前要有 USER，RNTO 之前要有 RNFR，PROT 之前要有 PBSZ。")),
        ReplyRow(
            504,
            meaning: Phrase(en: "Not implemented for that argument", zh: "不支持该参数"),
            explanation: Phrase(
                en:
                    "The command is offered, but not with this argument, for example MODE C or AUTH with an unknown name.",
                zh: "服务器支持该命令，但不支持此参数，例如 MODE C 或 AUTH 后跟未知机制名。")),
        ReplyRow(
            521, "RFC 1639 §2, RFC 4217",
            meaning: Phrase(en: "Address family or protection level not possible", zh: "不支持该地址族或保护级别"),
            explanation: Phrase(
                en: """
                    After LPRT or LPSV: the address family is not supported, the text lists those that are. With TLS: no \
                    data connection can be opened with the present PROT setting.
                    """,
                zh: """
                    在 LPRT 或 LPSV 之后：不支持该地址族，文本中列出支持的地址族。使用 TLS 时：当前的 PROT 设置不允许打开数据连接。
                    """)),
        ReplyRow(
            522, "RFC 2428 §2, RFC 4217",
            meaning: Phrase(en: "Network protocol or TLS setting refused", zh: "不支持该网络协议或 TLS 要求未满足"),
            explanation: Phrase(
                en: """
                    After EPRT or EPSV: the network protocol is not supported, those that are stand in parentheses (1 is \
                    IPv4, 2 is IPv6). With TLS: the data connection must be encrypted, or its handshake was not accepted.
                    """,
                zh: """
                    在 EPRT 或 EPSV 之后：不支持该网络协议，括号中列出支持的协议（1 为 IPv4，2 为 IPv6）。使用 TLS 时：\
                    数据连接必须加密，或其握手未被接受。
                    """)),
        ReplyRow(
            530,
            meaning: Phrase(en: "Not logged in", zh: "未登录"),
            explanation: Phrase(
                en: "The login was refused (name, password or rights are wrong), or the command needs a login first.",
                zh: "登录被拒绝（用户名、密码或权限有误），或者该命令需要先登录。")),
        ReplyRow(
            532,
            meaning: Phrase(en: "Need account for storing files", zh: "存储文件需要账户"),
            explanation: Phrase(
                en: "Reading is allowed without an account, but storing wants one; the client sends it by ACCT.",
                zh: "读取不需要账户，但存储文件需要；客户端用 ACCT 发送账户。")),
        ReplyRow(
            533, "RFC 2228 §5",
            meaning: Phrase(en: "Command's protection level denied by policy", zh: "命令的保护级别被策略拒绝"),
            explanation: Phrase(
                en: "The server's rules want another protection of the control connection, for example no CCC.",
                zh: "服务器策略要求控制连接采用其他保护级别，例如不允许 CCC。")),
        ReplyRow(
            534, "RFC 2228 §5",
            meaning: Phrase(en: "Refused by policy", zh: "请求被策略拒绝"),
            explanation: Phrase(
                en: "The server's rules forbid the security mechanism or the protection level asked for.",
                zh: "服务器策略不允许所请求的安全机制或保护级别。")),
        ReplyRow(
            535, "RFC 2228 §5",
            meaning: Phrase(en: "Security check failed", zh: "安全检查失败"),
            explanation: Phrase(
                en:
                    "The security data did not pass: a bad checksum, an expired ticket, a certificate that is not trusted.",
                zh: "安全数据未通过检查：校验和错误、票据过期或证书不受信任。")),
        ReplyRow(
            536, "RFC 2228 §5",
            meaning: Phrase(en: "PROT level not supported by the mechanism", zh: "安全机制不支持该 PROT 级别"),
            explanation: Phrase(
                en: "The mechanism has no such protection; TLS knows only C and P.",
                zh: "当前安全机制没有这种保护级别；TLS 只支持 C 和 P。")),
        ReplyRow(
            537, "RFC 2228 §5",
            meaning: Phrase(en: "Command protection not supported by the mechanism", zh: "安全机制不支持该命令保护级别"),
            explanation: Phrase(
                en: "The mechanism cannot protect commands in the way this command was sent.",
                zh: "当前安全机制无法以该命令所用的方式保护命令。")),
        ReplyRow(
            550,
            meaning: Phrase(en: "File unavailable", zh: "文件不可用"),
            explanation: Phrase(
                en: """
                    The file or directory does not exist, or the user may not do this to it; the code itself does not \
                    say which.
                    """,
                zh: "文件或目录不存在，或者用户没有相应权限；仅凭代码本身无法区分。")),
        ReplyRow(
            551,
            meaning: Phrase(en: "Aborted, page type unknown", zh: "操作中止，页类型未知"),
            explanation: Phrase(
                en: "In a transfer of page structure (STRU P) the server met a page type that it does not know.",
                zh: "在页结构（STRU P）传输中，服务器遇到不认识的页类型。")),
        ReplyRow(
            552,
            meaning: Phrase(en: "Storage allocation exceeded", zh: "超出存储配额"),
            explanation: Phrase(
                en: "The upload exceeds the user's or the directory's quota.",
                zh: "上传内容超出了用户或目录的配额。")),
        ReplyRow(
            553,
            meaning: Phrase(en: "File name not allowed", zh: "文件名不允许"),
            explanation: Phrase(
                en: "The server does not accept this file name, or the user may not write there.",
                zh: "服务器不接受该文件名，或者用户无权在此处写入。")),
        ReplyRow(
            554, "RFC 1123 §4.1.3",
            meaning: Phrase(en: "Invalid REST parameter", zh: "REST 参数无效"),
            explanation: Phrase(
                en: "The transfer cannot begin where REST asked, for example because that is past the end of the file.",
                zh: "无法从 REST 指定的位置开始传输，例如该位置超过文件末尾。")),
        ReplyRow(
            555, "RFC 1123 §4.1.3",
            meaning: Phrase(en: "TYPE or STRU mismatch", zh: "TYPE 或 STRU 不匹配"),
            explanation: Phrase(
                en: "APPE was refused because the file was stored in another type or structure than the present one.",
                zh: "APPE 被拒绝，因为文件存储时的类型或结构与当前设置不同。")),
    ]
}
