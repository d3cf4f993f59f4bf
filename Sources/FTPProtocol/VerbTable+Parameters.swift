extension VerbTable {
    /// How, and over which connection, the next transfer runs (RFC 959 §4.1.2, RFC 1639, RFC 2428).
    static let parameterRows: [VerbRow] = [
        VerbRow(
            "PORT <h1,h2,h3,h4,p1,p2>", .required(.hostPort), .dataPort, "RFC 959 §4.1.2",
            summary: Phrase(en: "Active mode: name the client's data port", zh: "主动模式：给出客户端的数据端口"),
            explanation: Phrase(
                en: """
                    Active mode: the client listens, and tells the server to connect to it. The first four numbers are \
                    the address, the port is p1 × 256 + p2. A firewall or NAT in front of the client often blocks this.
                    """,
                zh: """
                    主动模式：客户端自己监听，让服务器来连接。前四个数是地址，端口号为 p1 × 256 + p2。\
                    客户端前面的防火墙或 NAT 往往会阻断这种连接。
                    """)),
        VerbRow(
            "PASV", .none, .passive, "RFC 959 §4.1.2",
            summary: Phrase(en: "Passive mode: ask for a server port", zh: "被动模式：请求服务器端口"),
            explanation: Phrase(
                en: """
                    Passive mode: the client asks the server to listen, and will connect to the address and port that \
                    the 227 reply names. This suits clients behind a firewall or NAT.
                    """,
                zh: """
                    被动模式：客户端请求服务器监听，然后连接到 227 应答给出的地址和端口。适合位于防火墙或 NAT 之后的客户端。
                    """)),
        VerbRow(
            "EPRT <|af|address|port|>", .required(.extendedHostPort), .dataPort, "RFC 2428 §2",
            summary: Phrase(en: "Active mode for IPv4 and IPv6", zh: "适用于 IPv4 和 IPv6 的主动模式"),
            explanation: Phrase(
                en: """
                    PORT for every network protocol: family (1 is IPv4, 2 is IPv6), address and port in plain text. The \
                    server will connect to the client there.
                    """,
                zh: "适用于各种网络协议的 PORT：地址族（1 为 IPv4，2 为 IPv6）、地址和端口以文本给出。服务器将连接到该处。")),
        VerbRow(
            "EPSV [<1|2|ALL>]", .optional(.netProtocol), .passive, "RFC 2428 §3",
            summary: Phrase(en: "Passive mode for IPv4 and IPv6", zh: "适用于 IPv4 和 IPv6 的被动模式"),
            explanation: Phrase(
                en: """
                    Passive mode whose answer names only a port: the client connects to the address it already talks to, \
                    so IPv6 and NAT do no harm. EPSV ALL promises that no other way will be used from here on.
                    """,
                zh: """
                    应答中只给出端口的被动模式：客户端连接到当前通信的地址，因此不受 IPv6 和 NAT 影响。EPSV ALL \
                    表示此后不再使用其他方式。
                    """)),
        VerbRow(
            "LPRT <af,hal,h1,…,pal,p1,…>", .required(.longHostPort), .dataPort, "RFC 1639 §2", .obsolete,
            summary: Phrase(en: "Active mode with addresses of any length", zh: "任意长度地址的主动模式"),
            explanation: Phrase(
                en: """
                    PORT for addresses of any length: every number is preceded by how many there are. EPRT has replaced \
                    it.
                    """,
                zh: "适用于任意长度地址的 PORT：地址和端口前都写明字节数。现已被 EPRT 取代。")),
        VerbRow(
            "LPSV", .none, .passive, "RFC 1639 §2", .obsolete,
            summary: Phrase(en: "Passive mode with addresses of any length", zh: "任意长度地址的被动模式"),
            explanation: Phrase(
                en: "PASV for addresses of any length, answered by 228. EPSV has replaced it.",
                zh: "适用于任意长度地址的 PASV，由 228 应答。现已被 EPSV 取代。")),
        VerbRow(
            "TYPE <A|E|I|L> [<N|T|C>|<bits>]", .required(.typeCode), .parameter, "RFC 959 §4.1.2",
            summary: Phrase(en: "Set the representation type", zh: "设置数据表示类型"),
            explanation: Phrase(
                en: """
                    I (image, binary) moves every byte as it is. A (ASCII) converts line ends to CR LF on the way, which \
                    damages anything but text. A is the default, so clients send TYPE I before most transfers.
                    """,
                zh: """
                    I（映像，即二进制）原样传送每个字节。A（ASCII）会在途中把行尾转换为 CR LF，会损坏非文本文件。默认是 A，\
                    因此客户端在大多数传输之前发送 TYPE I。
                    """)),
        VerbRow(
            "STRU <F|R|P>", .required(.structureCode), .parameter, "RFC 959 §4.1.2",
            summary: Phrase(en: "Set the file structure", zh: "设置文件结构"),
            explanation: Phrase(
                en: """
                    F means a plain run of bytes, R a sequence of records, P numbered pages. F is the default and almost \
                    the only one in use; R survives on mainframes.
                    """,
                zh: "F 表示普通字节流，R 表示记录序列，P 表示编号的页。默认是 F，几乎只用它；R 仍见于大型机。")),
        VerbRow(
            "MODE <S|B|C|Z>", .required(.modeCode), .parameter, "RFC 959 §4.1.2",
            summary: Phrase(en: "Set the transfer mode", zh: "设置传输模式"),
            explanation: Phrase(
                en: """
                    S (stream) sends the bare bytes and marks the end by closing the connection. B sends blocks with \
                    headers, C compresses runs, Z compresses with zlib. S is the default.
                    """,
                zh: """
                    S（流）直接发送字节，以关闭连接表示结束。B 发送带头部的数据块，C 压缩重复字节，Z 用 zlib 压缩。默认是 S。
                    """)),
        VerbRow(
            "REST <marker>", .required(.marker), .position, "RFC 959 §4.1.3, RFC 3659 §5",
            summary: Phrase(en: "Set where the next transfer begins", zh: "设置下次传输的起点"),
            explanation: Phrase(
                en: """
                    The next transfer shall not begin at the start of the file but at this offset (in stream mode a \
                    number of bytes). Clients resume broken transfers and fetch a file in several pieces this way.
                    """,
                zh: """
                    下一次传输不从文件开头开始，而从这个偏移量开始（流模式下为字节数）。客户端用它续传中断的文件，\
                    或分成几段下载一个文件。
                    """)),
        VerbRow(
            "RANG <start> <end>", .required(.byteRange), .position, "draft-bryan-ftp-range", .extension,
            summary: Phrase(en: "Set which bytes the next transfer moves", zh: "设置下次传输的字节范围"),
            explanation: Phrase(
                en: """
                    As REST, but with an end: the next transfer moves only the bytes from start to end, both included. \
                    It spares the client from breaking off.
                    """,
                zh: "类似 REST，但带有终点：下一次传输只传送从起点到终点（含两端）的字节，客户端不必中途断开。")),
        VerbRow(
            "ALLO <bytes> [R <bytes>]", .required(.number), .parameter, "RFC 959 §4.1.3",
            summary: Phrase(en: "Reserve storage for an upload", zh: "为上传预留空间"),
            explanation: Phrase(
                en: """
                    The client announces how large the coming upload is, so that the server can reserve room or refuse \
                    early. Many servers answer 202 because they need no reservation.
                    """,
                zh: "客户端预告即将上传的大小，以便服务器预留空间或尽早拒绝。许多服务器不需要预留，回答 202。")),
        VerbRow(
            "OPTS <command> [<options>]", .required(.option), .parameter, "RFC 2389 §4", needsLogin: false,
            summary: Phrase(en: "Set options of another command", zh: "设置另一条命令的选项"),
            explanation: Phrase(
                en: """
                    The client sets how another command behaves from now on, such as OPTS UTF8 ON for file names in \
                    UTF-8, or OPTS MLST with the facts it wants.
                    """,
                zh: "客户端设置另一条命令今后的行为，例如 OPTS UTF8 ON 表示文件名用 UTF-8，OPTS MLST 选择所需的属性。")),
        VerbRow(
            "LANG [<language>]", .optional(.languageTag), .parameter, "RFC 2640 §4", needsLogin: false,
            summary: Phrase(en: "Choose the language of replies", zh: "选择应答的语言"),
            explanation: Phrase(
                en:
                    "The client asks for replies in another language, such as zh or fr; without a name, in the default one.",
                zh: "客户端请求使用另一种语言的应答文本，例如 zh 或 fr；不带参数则恢复默认语言。")),
    ]
}
