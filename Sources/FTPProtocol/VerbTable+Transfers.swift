extension VerbTable {
    /// What moves over a data connection (RFC 959 §4.1.3, RFC 3659 §7), and what stops it.
    static let transferRows: [VerbRow] = [
        VerbRow(
            "RETR <pathname>", .required(.path), .download, "RFC 959 §4.1.3",
            summary: Phrase(en: "Download a file", zh: "下载文件"),
            explanation: Phrase(
                en: """
                    The client asks for a file. The server answers 150, sends the contents over the data connection, and \
                    226 over the control connection when all is sent.
                    """,
                zh: "客户端请求一个文件。服务器先回答 150，通过数据连接发送内容，全部发完后在控制连接上回答 226。")),
        VerbRow(
            "STOR <pathname>", .required(.path), .upload, "RFC 959 §4.1.3",
            summary: Phrase(en: "Upload a file, replacing an old one", zh: "上传文件（覆盖原有文件）"),
            explanation: Phrase(
                en: """
                    The client sends a file over the data connection; one of the same name is replaced. The client marks \
                    the end by closing the data connection, and the server confirms by 226.
                    """,
                zh: "客户端通过数据连接发送文件；同名文件会被覆盖。客户端关闭数据连接表示结束，服务器用 226 确认。")),
        VerbRow(
            "APPE <pathname>", .required(.path), .append, "RFC 959 §4.1.3",
            summary: Phrase(en: "Upload, adding to the end of a file", zh: "上传并追加到文件末尾"),
            explanation: Phrase(
                en: """
                    As STOR, but what is sent goes to the end of the file if it exists already. Clients use it to resume \
                    a broken upload, after asking by SIZE how much has arrived.
                    """,
                zh: "与 STOR 类似，但如果文件已存在，数据追加到末尾。客户端先用 SIZE 查询已到达多少，再用它续传中断的上传。")),
        VerbRow(
            "STOU [<pathname>]", .optional(.path), .uniqueUpload, "RFC 959 §4.1.3, RFC 1123 §4.1.2.9",
            summary: Phrase(en: "Upload under a name the server chooses", zh: "以服务器选定的唯一名称上传"),
            explanation: Phrase(
                en: """
                    As STOR, but the server picks a name that no file has yet and tells it in the 150 reply \
                    (FILE: name), so that nothing can be overwritten.
                    """,
                zh: "与 STOR 类似，但由服务器选定一个尚未使用的文件名，并在 150 应答中告知（FILE: 名称），因此不会覆盖任何文件。")),
        VerbRow(
            "LIST [<pathname>]", .optional(.path), .listing, "RFC 959 §4.1.3",
            summary: Phrase(en: "List a directory, for people", zh: "列出目录（供人阅读）"),
            explanation: Phrase(
                en: """
                    The client asks for a listing of a directory, or of the current one. It comes over a data \
                    connection, in whatever form the server's system likes, often that of ls -l.
                    """,
                zh: "客户端请求某个目录（默认当前目录）的列表。列表通过数据连接传送，格式由服务器系统决定，常见的是 ls -l 格式。")),
        VerbRow(
            "NLST [<pathname>]", .optional(.path), .nameListing, "RFC 959 §4.1.3",
            summary: Phrase(en: "List the names in a directory", zh: "只列出目录中的名称"),
            explanation: Phrase(
                en: """
                    The client asks for the bare names, one a line, over a data connection; command-line clients use it \
                    to fetch many files by one command.
                    """,
                zh: "客户端只请求名称，每行一个，通过数据连接传送；命令行客户端用它来实现批量下载。")),
        VerbRow(
            "MLSD [<pathname>]", .optional(.path), .factListing, "RFC 3659 §7",
            summary: Phrase(en: "List a directory, for programs", zh: "列出目录（供程序解析）"),
            explanation: Phrase(
                en: """
                    The client asks for a listing in a form made for programs: each line gives facts such as type, size \
                    and time in UTC, then the name. It comes over a data connection.
                    """,
                zh: "客户端请求便于程序解析的列表：每行先给出类型、大小、UTC 时间等属性，再给出名称。列表通过数据连接传送。")),
        VerbRow(
            "THMB <format> <width> <height> <pathname>", .required(.text), .download,
            "draft-peterson-streamlined-ftp-command-extensions", .extension,
            summary: Phrase(en: "Download a thumbnail of a picture", zh: "下载图片的缩略图"),
            explanation: Phrase(
                en: "The client asks for a small version of a picture, in the format and size it names.",
                zh: "客户端请求图片的缩略图，并指定格式和大小。")),
        VerbRow(
            "ABOR", .none, .control, "RFC 959 §4.1.3",
            summary: Phrase(en: "Stop the running transfer", zh: "中止正在进行的传输"),
            explanation: Phrase(
                en: """
                    The client breaks off the transfer. The server answers 426 for the transfer and 226 for the abort, \
                    or only one of them if the transfer was over already. Telnet IP and Synch signals may come before it.
                    """,
                zh: """
                    客户端中断传输。服务器先用 426 回答传输，再用 226 回答中止；若传输已经结束则只有其中一个。之前可能有 Telnet \
                    的 IP 和 Synch 信号。
                    """)),
        VerbRow(
            "NOOP", .none, .control, "RFC 959 §4.1.3", needsLogin: false,
            summary: Phrase(en: "Do nothing", zh: "空操作"),
            explanation: Phrase(
                en: """
                    The client only wants an answer, so that neither the server nor a firewall takes the control \
                    connection for idle and closes it.
                    """,
                zh: "客户端只是想得到一个应答，防止服务器或防火墙把控制连接当作空闲而关闭。")),
    ]
}
