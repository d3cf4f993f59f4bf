extension VerbTable {
    /// Verbs that are spoken somewhere but stand in no RFC.
    static let extensionRows: [VerbRow] = [
        VerbRow(
            "SPSV", .none, .passive, "draft-rosenau-ftp-single-port", .extension,
            summary: Phrase(en: "Passive mode on the control port", zh: "使用控制端口的被动模式"),
            explanation: Phrase(
                en: """
                    Passive mode without a further port: the data connection goes to the port of the control connection \
                    and is told apart by a number that the server gives here.
                    """,
                zh: "不需要额外端口的被动模式：数据连接仍连到控制连接的端口，靠服务器在此给出的编号加以区分。")),
        VerbRow(
            "ESTA [<address>]", .optional(.text), .parameter, "in use, in no RFC", .extension,
            summary: Phrase(en: "Set the server's own address in active mode", zh: "设置主动模式下服务器的本地地址"),
            explanation: Phrase(
                en:
                    "The client chooses from which of its addresses a server with several will open active data connections.",
                zh: "当服务器有多个地址时，客户端选择主动模式数据连接从哪个地址发起。")),
        VerbRow(
            "ESTP [<address>]", .optional(.text), .parameter, "in use, in no RFC", .extension,
            summary: Phrase(en: "Set the server's own address in passive mode", zh: "设置被动模式下服务器的本地地址"),
            explanation: Phrase(
                en:
                    "The client chooses on which of its addresses a server with several will listen for data connections.",
                zh: "当服务器有多个地址时，客户端选择被动模式下在哪个地址监听数据连接。")),
        VerbRow(
            "PRET <command>", .required(.text), .parameter, "in use, in no RFC", .extension,
            summary: Phrase(en: "Announce the transfer before PASV", zh: "在 PASV 之前预告传输命令"),
            explanation: Phrase(
                en: """
                    A server whose files lie on several machines must know which file is meant before it can name a port. \
                    The client therefore announces its next command first.
                    """,
                zh: "如果文件分布在多台机器上，服务器必须先知道要传哪个文件才能给出端口，因此客户端先预告下一条命令。")),
        VerbRow(
            "MACB <E|D>", .required(.text), .parameter, "in use, in no RFC", .extension,
            summary: Phrase(en: "Switch MacBinary on or off", zh: "开启或关闭 MacBinary"),
            explanation: Phrase(
                en: "Files of the old Mac OS have two parts; with MacBinary on they travel as one.",
                zh: "旧版 Mac OS 的文件由两部分组成；开启 MacBinary 后合并为一个文件传输。")),
        VerbRow(
            "XDUP [<number>]", .optional(.number), .parameter, "in use, in no RFC", .extension,
            summary: Phrase(en: "Be told which files exist already", zh: "要求告知已存在的文件"),
            explanation: Phrase(
                en: """
                    When an upload is refused because the file exists, the reply shall also name the other files there, \
                    so that the client need not try them. Usually sent as SITE XDUPE.
                    """,
                zh: "当上传因文件已存在而被拒绝时，要求应答列出其他已有文件，以免客户端逐一尝试。通常以 SITE XDUPE 发送。")),
    ]
}
