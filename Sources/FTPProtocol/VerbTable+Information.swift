extension VerbTable {
    /// Questions about the server and the session (RFC 959 §4.1.3, RFC 2389).
    static let informationRows: [VerbRow] = [
        VerbRow(
            "PWD", .none, .information, "RFC 959 §4.1.3",
            summary: Phrase(en: "Ask for the working directory", zh: "查询当前工作目录"),
            explanation: Phrase(
                en: "The client asks in which directory it works; the 257 reply names it in quotes.",
                zh: "客户端询问当前所在的目录；257 应答在双引号中给出。")),
        VerbRow(
            "SYST", .none, .information, "RFC 959 §4.1.3", needsLogin: false,
            summary: Phrase(en: "Ask for the kind of system", zh: "查询系统类型"),
            explanation: Phrase(
                en: "The client asks what kind of system the server is, to guess how it writes listings and paths.",
                zh: "客户端询问服务器的系统类型，以推测其列表和路径的写法。")),
        VerbRow(
            "STAT [<pathname>]", .optional(.path), .information, "RFC 959 §4.1.3",
            summary: Phrase(en: "Ask for status, or list over this connection", zh: "查询状态，或在控制连接上列目录"),
            explanation: Phrase(
                en: """
                    Without a name: the state of the session, or how far a running transfer has come. With a name: a \
                    listing as LIST gives it, but over the control connection.
                    """,
                zh: "不带名称：会话状态，或正在进行的传输的进度。带名称：与 LIST 相同的列表，但通过控制连接返回。")),
        VerbRow(
            "HELP [<command>]", .optional(.verb), .information, "RFC 959 §4.1.3", needsLogin: false,
            summary: Phrase(en: "Ask for help", zh: "请求帮助"),
            explanation: Phrase(
                en: "The client asks which commands the server knows, or how one of them is used.",
                zh: "客户端询问服务器支持哪些命令，或某条命令的用法。")),
        VerbRow(
            "FEAT", .none, .information, "RFC 2389 §3", needsLogin: false,
            summary: Phrase(en: "Ask for the extensions offered", zh: "查询支持的扩展功能"),
            explanation: Phrase(
                en: """
                    The client asks which extensions of RFC 959 the server offers, one a line, so that it need not try \
                    them out.
                    """,
                zh: "客户端询问服务器支持 RFC 959 的哪些扩展，每行一个，这样就不必逐一试探。")),
        VerbRow(
            "AVBL [<pathname>]", .optional(.path), .information, "draft-peterson-streamlined-ftp-command-extensions",
            .extension,
            summary: Phrase(en: "Ask for the free space", zh: "查询可用空间"),
            explanation: Phrase(
                en: "The client asks how many bytes it may still store in a directory; 213 gives the number.",
                zh: "客户端询问在某个目录中还能存储多少字节；213 给出数字。")),
        VerbRow(
            "DSIZ [<pathname>]", .optional(.path), .information, "draft-peterson-streamlined-ftp-command-extensions",
            .extension,
            summary: Phrase(en: "Ask for the size of a directory", zh: "查询目录的总大小"),
            explanation: Phrase(
                en: "The client asks how many bytes all the files below a directory take together.",
                zh: "客户端询问某个目录下所有文件一共占多少字节。")),
        VerbRow(
            "CLNT <name>", .required(.text), .information, "in use, in no RFC", .extension, needsLogin: false,
            summary: Phrase(en: "Name the client's software", zh: "报告客户端软件名称"),
            explanation: Phrase(
                en: "The client says which program it is; the server may write it down or adapt to it.",
                zh: "客户端说明自己是什么软件；服务器可以记录下来或作相应调整。")),
        VerbRow(
            "CSID <name=value;…>", .required(.facts), .information,
            "draft-peterson-streamlined-ftp-command-extensions", .extension, needsLogin: false,
            summary: Phrase(en: "Exchange names of client and server software", zh: "交换客户端与服务器的软件信息"),
            explanation: Phrase(
                en: "The client says its name and version, and gets those of the server, in a form made for programs.",
                zh: "客户端给出自己的名称和版本，并以便于程序解析的形式得到服务器的相应信息。")),
    ]
}
