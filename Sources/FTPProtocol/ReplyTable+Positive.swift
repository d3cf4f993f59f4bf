extension ReplyTable {
    /// 1yz: begun, more to come.
    static let preliminaryRows: [ReplyRow] = [
        ReplyRow(
            110,
            meaning: Phrase(en: "Restart marker", zh: "重新开始标记"),
            explanation: Phrase(
                en: """
                    In block or compressed mode the receiver has safely stored everything up to a marker. The text pairs \
                    the client's marker with the server's; a later REST with it resumes from there.
                    """,
                zh: """
                    在块模式或压缩模式下，接收方已把某个标记之前的数据安全保存。应答文本给出客户端标记与服务器标记的对应关系；\
                    以后用 REST 加上该标记即可从此处续传。
                    """)),
        ReplyRow(
            120,
            meaning: Phrase(en: "Ready in some minutes", zh: "若干分钟后就绪"),
            explanation: Phrase(
                en: "The server is up but not ready yet; it names how many minutes to wait and will then send 220.",
                zh: "服务器已启动但尚未就绪；它告知需要等待多少分钟，之后会发送 220。")),
        ReplyRow(
            125,
            meaning: Phrase(en: "Data connection already open, transfer starts", zh: "数据连接已打开，开始传输"),
            explanation: Phrase(
                en: """
                    The data connection exists already, so the server begins to send or receive at once. A second reply, \
                    usually 226, will tell how the transfer ended.
                    """,
                zh: "数据连接已经存在，服务器立即开始收发数据。传输结束后还会有第二个应答，通常是 226。")),
        ReplyRow(
            150,
            meaning: Phrase(en: "File okay, about to open the data connection", zh: "文件状态正常，即将打开数据连接"),
            explanation: Phrase(
                en: """
                    The server accepts the transfer and uses the data connection that PASV or PORT prepared. A second \
                    reply, usually 226, will tell how the transfer ended.
                    """,
                zh: "服务器接受了传输请求，将使用 PASV 或 PORT 准备好的数据连接。传输结束后还会有第二个应答，通常是 226。")),
        ReplyRow(
            151, "RFC 765",
            meaning: Phrase(en: "User not local, mail will be forwarded", zh: "非本地用户，邮件将被转发"),
            explanation: Phrase(
                en:
                    "An answer to the mail commands that FTP had before SMTP: the mail will be passed on to another host.",
                zh: "这是 SMTP 出现之前 FTP 邮件命令的应答：邮件将转发到另一台主机。")),
        ReplyRow(
            152, "RFC 765",
            meaning: Phrase(en: "User unknown, an operator will forward the mail", zh: "用户未知，邮件由操作员转发"),
            explanation: Phrase(
                en:
                    "An answer to the mail commands that FTP had before SMTP: a person will have to find the recipient.",
                zh: "这是 SMTP 出现之前 FTP 邮件命令的应答：需要由人工查找收件人。")),
    ]

    /// 2yz: done.
    static let completionRows: [ReplyRow] = [
        ReplyRow(
            200,
            meaning: Phrase(en: "Command okay", zh: "命令成功"),
            explanation: Phrase(
                en: "The server did what the command asked for; nothing more needs to be said.",
                zh: "服务器已按命令执行，没有其他需要说明的内容。")),
        ReplyRow(
            202,
            meaning: Phrase(en: "Command not needed here", zh: "此处不需要该命令"),
            explanation: Phrase(
                en:
                    "The server does not carry out this command because it has no use on this system; this is no error.",
                zh: "该命令在此系统上没有用处，服务器没有执行；这不是错误。")),
        ReplyRow(
            211,
            meaning: Phrase(en: "System status or feature list", zh: "系统状态或功能列表"),
            explanation: Phrase(
                en: "The answer to STAT or FEAT: the state of the server and session, or the extensions it offers.",
                zh: "对 STAT 或 FEAT 的应答：服务器与会话的状态，或者它支持的扩展功能列表。")),
        ReplyRow(
            212,
            meaning: Phrase(en: "Directory status", zh: "目录状态"),
            explanation: Phrase(
                en: "The answer to STAT with a directory: its listing, sent over the control connection.",
                zh: "对带目录参数的 STAT 的应答：目录列表直接通过控制连接返回。")),
        ReplyRow(
            213,
            meaning: Phrase(en: "File status", zh: "文件状态"),
            explanation: Phrase(
                en:
                    "Information about one file: its size after SIZE, its time of change after MDTM, its entry after STAT.",
                zh: "关于某个文件的信息：SIZE 之后是文件大小，MDTM 之后是修改时间，STAT 之后是文件条目。")),
        ReplyRow(
            214,
            meaning: Phrase(en: "Help", zh: "帮助信息"),
            explanation: Phrase(
                en: "The answer to HELP: the commands this server knows, or the use of one; meant for people.",
                zh: "对 HELP 的应答：该服务器支持的命令，或某条命令的用法；供人阅读。")),
        ReplyRow(
            215,
            meaning: Phrase(en: "System type", zh: "系统类型"),
            explanation: Phrase(
                en: "The answer to SYST: the server's kind of system. Many say \"UNIX Type: L8\" whatever they run on.",
                zh: "对 SYST 的应答：服务器的系统类型。许多服务器不论运行在什么系统上都回答 “UNIX Type: L8”。")),
        ReplyRow(
            220,
            meaning: Phrase(en: "Ready for a new user", zh: "服务就绪，等待新用户"),
            explanation: Phrase(
                en: """
                    The greeting: the server speaks first as soon as the control connection is open, often naming its \
                    software. Now the client may log in.
                    """,
                zh: "欢迎消息：控制连接建立后由服务器先发言，往往会报出软件名称。此后客户端可以登录。")),
        ReplyRow(
            221,
            meaning: Phrase(en: "Closing the control connection", zh: "关闭控制连接"),
            explanation: Phrase(
                en: "Good-bye: the server answers QUIT and closes the control connection.",
                zh: "告别：服务器回答 QUIT 并关闭控制连接。")),
        ReplyRow(
            225,
            meaning: Phrase(en: "Data connection open, no transfer", zh: "数据连接已打开，无传输"),
            explanation: Phrase(
                en: "A data connection is open but idle; also the answer to an ABOR that found nothing to stop.",
                zh: "数据连接已打开但空闲；ABOR 没有可中止的传输时也会得到此应答。")),
        ReplyRow(
            226,
            meaning: Phrase(en: "Transfer complete, closing the data connection", zh: "传输完成，关闭数据连接"),
            explanation: Phrase(
                en: """
                    The transfer, or the abort of one, succeeded, and the data connection closes. Only this reply proves \
                    to the client that an upload has arrived whole.
                    """,
                zh: "传输（或中止操作）成功，数据连接随之关闭。客户端只有收到这个应答，才能确认上传的文件已完整到达。")),
        ReplyRow(
            227,
            meaning: Phrase(en: "Entering passive mode", zh: "进入被动模式"),
            explanation: Phrase(
                en: """
                    The server listens for the data connection: the first four numbers are its IPv4 address, and the \
                    port is the fifth × 256 + the sixth. The client connects there.
                    """,
                zh: """
                    服务器开始监听数据连接：前四个数是它的 IPv4 地址，端口号等于第五个数 × 256 + 第六个数。客户端将连接到那里。
                    """)),
        ReplyRow(
            228, "RFC 1639 §2",
            meaning: Phrase(en: "Entering long passive mode", zh: "进入长地址被动模式"),
            explanation: Phrase(
                en: "The server listens for the data connection at an address of any length; the answer to LPSV.",
                zh: "服务器在任意长度的地址上监听数据连接；这是对 LPSV 的应答。")),
        ReplyRow(
            229, "RFC 2428 §3",
            meaning: Phrase(en: "Entering extended passive mode", zh: "进入扩展被动模式"),
            explanation: Phrase(
                en: """
                    The server listens for the data connection at the port between the bars. It names no address: the \
                    client uses the one it is already connected to, which works through NAT and for IPv6.
                    """,
                zh: """
                    服务器在竖线之间给出的端口上监听数据连接。应答中不含地址：客户端使用当前控制连接的服务器地址，\
                    因此可以穿越 NAT，也适用于 IPv6。
                    """)),
        ReplyRow(
            230,
            meaning: Phrase(en: "Logged in", zh: "登录成功"),
            explanation: Phrase(
                en: "The login is complete; the client may now list, read and write as far as its rights go.",
                zh: "登录完成；客户端现在可以在其权限范围内列目录、读写文件。")),
        ReplyRow(
            231, "RFC 640, not in RFC 959",
            meaning: Phrase(en: "Logged out", zh: "已退出登录"),
            explanation: Phrase(
                en: "The user is logged out and the service ends; an old code that some servers still send.",
                zh: "用户已退出登录，服务终止；这是少数服务器仍在使用的旧代码。")),
        ReplyRow(
            232, "RFC 2228 §5",
            meaning: Phrase(en: "Logged in by the security exchange", zh: "已通过安全数据交换登录"),
            explanation: Phrase(
                en:
                    "The security exchange, such as a client certificate, has proved who the user is; no PASS is needed.",
                zh: "安全数据交换（例如客户端证书）已证明用户身份，不再需要 PASS。")),
        ReplyRow(
            234, "RFC 2228 §5",
            meaning: Phrase(en: "Security exchange accepted", zh: "接受安全机制"),
            explanation: Phrase(
                en: """
                    The server accepts AUTH, and right after this line the TLS handshake begins. From here on the control \
                    connection cannot be read without the keys.
                    """,
                zh: "服务器接受 AUTH，紧接着就开始 TLS 握手。此后没有密钥就无法读取控制连接的内容。")),
        ReplyRow(
            235, "RFC 2228 §5",
            meaning: Phrase(en: "Security data accepted", zh: "安全数据已接受"),
            explanation: Phrase(
                en: "The security data was good and the exchange is complete.",
                zh: "安全数据有效，安全交换已完成。")),
        ReplyRow(
            250,
            meaning: Phrase(en: "File action done", zh: "文件操作完成"),
            explanation: Phrase(
                en: "The requested change of directory or file succeeded; also ends some transfers and MLST answers.",
                zh: "请求的目录或文件操作已成功；也用于结束某些传输以及 MLST 的应答。")),
        ReplyRow(
            257,
            meaning: Phrase(en: "Path name", zh: "路径名"),
            explanation: Phrase(
                en: """
                    The server names a directory in double quotes: the current one after PWD, the new one after MKD. A \
                    quote within the name appears twice.
                    """,
                zh: "服务器在双引号中给出目录：PWD 之后是当前目录，MKD 之后是新建的目录。名称中的双引号会写两次。")),
    ]

    /// 3yz: go on.
    static let intermediateRows: [ReplyRow] = [
        ReplyRow(
            331,
            meaning: Phrase(en: "User name okay, need password", zh: "用户名正确，需要密码"),
            explanation: Phrase(
                en: """
                    The server takes note of the name and asks for the password; a careful server says so even for names \
                    that do not exist.
                    """,
                zh: "服务器记下用户名并要求输入密码；谨慎的服务器对不存在的用户名也会这样回答。")),
        ReplyRow(
            332,
            meaning: Phrase(en: "Need account", zh: "需要账户"),
            explanation: Phrase(
                en: "Besides name and password the server wants an account; the client sends it by ACCT.",
                zh: "除用户名和密码外，服务器还要求提供账户；客户端用 ACCT 发送。")),
        ReplyRow(
            334, "RFC 2228 §5",
            meaning: Phrase(en: "Security mechanism accepted, security data needed", zh: "接受安全机制，需要安全数据"),
            explanation: Phrase(
                en: "The server knows the mechanism of AUTH and waits for the client's security data, sent by ADAT.",
                zh: "服务器支持 AUTH 指定的机制，等待客户端用 ADAT 发送安全数据。")),
        ReplyRow(
            335, "RFC 2228 §5",
            meaning: Phrase(en: "Security data accepted, more needed", zh: "安全数据已接受，还需要更多"),
            explanation: Phrase(
                en: "The security exchange goes well but takes another round: the client sends ADAT again.",
                zh: "安全交换进展正常，但还需要一轮：客户端再次发送 ADAT。")),
        ReplyRow(
            336, "RFC 2228 §5",
            meaning: Phrase(en: "User name okay, need password; challenge given", zh: "用户名正确，需要密码；附有质询"),
            explanation: Phrase(
                en: "As 331, but the text holds a challenge that the client must answer in PASS.",
                zh: "与 331 相同，但文本中含有质询，客户端须在 PASS 中作出回答。")),
        ReplyRow(
            350,
            meaning: Phrase(en: "Waiting for the second half", zh: "等待后续命令"),
            explanation: Phrase(
                en: """
                    The command is one half of a pair and the server waits for the other: RNTO after RNFR, a transfer \
                    after REST.
                    """,
                zh: "这条命令是成对命令的前一半，服务器等待另一半：RNFR 之后是 RNTO，REST 之后是传输命令。")),
        ReplyRow(
            354, "RFC 765",
            meaning: Phrase(en: "Start mail input", zh: "开始输入邮件"),
            explanation: Phrase(
                en: "An answer to the MAIL command that FTP had before SMTP: the text follows, a lone dot ends it.",
                zh: "这是 SMTP 出现之前 FTP 的 MAIL 命令的应答：接着输入正文，以单独一个点结束。")),
    ]

    /// 6yz: replies within a protected session.
    static let protectedRows: [ReplyRow] = [
        ReplyRow(
            631, "RFC 2228 §5",
            meaning: Phrase(en: "Reply protected against change", zh: "受完整性保护的应答"),
            explanation: Phrase(
                en: "The real reply is inside in base64, signed so that nobody can alter it, but not encrypted.",
                zh: "真正的应答以 base64 编码在其中，经过签名防止篡改，但没有加密。")),
        ReplyRow(
            632, "RFC 2228 §5",
            meaning: Phrase(en: "Reply encrypted and protected against change", zh: "加密并受完整性保护的应答"),
            explanation: Phrase(
                en: "The real reply is inside in base64, encrypted and signed.",
                zh: "真正的应答以 base64 编码在其中，经过加密和签名。")),
        ReplyRow(
            633, "RFC 2228 §5",
            meaning: Phrase(en: "Reply encrypted", zh: "加密的应答"),
            explanation: Phrase(
                en: "The real reply is inside in base64, encrypted but not signed.",
                zh: "真正的应答以 base64 编码在其中，经过加密但没有签名。")),
    ]
}
