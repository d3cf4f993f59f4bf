extension VerbTable {
    /// Changes to files and questions about them (RFC 959 §4.1.3, RFC 3659, draft-somers-ftp-mfxx).
    static let fileRows: [VerbRow] = [
        VerbRow(
            "RNFR <pathname>", .required(.path), .fileAction, "RFC 959 §4.1.3",
            summary: Phrase(en: "Rename, first half: the old name", zh: "重命名前半：旧名称"),
            explanation: Phrase(
                en:
                    "The client names the file to be renamed. The server answers 350 and waits for RNTO with the new name.",
                zh: "客户端指出要重命名的文件。服务器回答 350，等待 RNTO 给出新名称。")),
        VerbRow(
            "RNTO <pathname>", .required(.path), .fileAction, "RFC 959 §4.1.3",
            summary: Phrase(en: "Rename, second half: the new name", zh: "重命名后半：新名称"),
            explanation: Phrase(
                en: """
                    The client gives the new name for the file of the RNFR just before. Renaming after an upload is the \
                    usual way to make a file appear only when it is whole.
                    """,
                zh: "客户端为前一条 RNFR 指定的文件给出新名称。上传后再改名是常见做法，可使文件在完整之后才出现。")),
        VerbRow(
            "DELE <pathname>", .required(.path), .fileAction, "RFC 959 §4.1.3",
            summary: Phrase(en: "Delete a file", zh: "删除文件"),
            explanation: Phrase(
                en: "The client asks the server to delete a file. There is no way back in the protocol.",
                zh: "客户端请求服务器删除文件。协议中没有恢复的办法。")),
        VerbRow(
            "RMD <pathname>", .required(.path), .fileAction, "RFC 959 §4.1.3",
            summary: Phrase(en: "Remove a directory", zh: "删除目录"),
            explanation: Phrase(
                en: "The client asks the server to remove a directory; most servers want it to be empty.",
                zh: "客户端请求服务器删除目录；大多数服务器要求目录为空。")),
        VerbRow(
            "RMDA <pathname>", .required(.path), .fileAction, "draft-peterson-streamlined-ftp-command-extensions",
            .extension,
            summary: Phrase(en: "Remove a directory and all below it", zh: "删除目录及其全部内容"),
            explanation: Phrase(
                en: "The client asks the server to remove a directory with everything in it, by one command.",
                zh: "客户端用一条命令请求服务器删除目录及其中的全部内容。")),
        VerbRow(
            "MKD <pathname>", .required(.path), .fileAction, "RFC 959 §4.1.3",
            summary: Phrase(en: "Make a directory", zh: "创建目录"),
            explanation: Phrase(
                en: "The client asks the server to make a directory. The 257 reply repeats its name in quotes.",
                zh: "客户端请求服务器创建目录。257 应答会在双引号中重复其名称。")),
        VerbRow(
            "SIZE <pathname>", .required(.path), .fileInformation, "RFC 3659 §4",
            summary: Phrase(en: "Ask for a file's size", zh: "查询文件大小"),
            explanation: Phrase(
                en: """
                    The client asks how many bytes a transfer of the file would take, to show progress or to know where \
                    to resume. The 213 reply holds the number.
                    """,
                zh: "客户端询问传输该文件需要多少字节，用于显示进度或确定续传位置。213 应答中给出数字。")),
        VerbRow(
            "MDTM <pathname>", .required(.path), .fileInformation, "RFC 3659 §3",
            summary: Phrase(en: "Ask when a file was last changed", zh: "查询文件修改时间"),
            explanation: Phrase(
                en: """
                    The client asks for the file's time of last change; 213 gives it in UTC as YYYYMMDDhhmmss. Some \
                    clients put a time before the name to set it, which MFMT does properly.
                    """,
                zh: """
                    客户端询问文件的最后修改时间；213 以 UTC 的 YYYYMMDDhhmmss 形式给出。有些客户端在名称前加上时间来设置它，\
                    规范的做法是 MFMT。
                    """)),
        VerbRow(
            "MLST [<pathname>]", .optional(.path), .fileInformation, "RFC 3659 §7",
            summary: Phrase(en: "Ask for the facts about one file", zh: "查询单个文件的属性"),
            explanation: Phrase(
                en: """
                    The client asks for the facts about one file or directory, such as type, size and time. The answer \
                    comes within the 250 reply, no data connection is needed.
                    """,
                zh: "客户端查询一个文件或目录的属性，如类型、大小和时间。结果直接在 250 应答中返回，不需要数据连接。")),
        VerbRow(
            "MFMT <time> <pathname>", .required(.time), .fileAction, "draft-somers-ftp-mfxx §3", .extension,
            summary: Phrase(en: "Set when a file was last changed", zh: "设置文件的修改时间"),
            explanation: Phrase(
                en:
                    "After an upload the client gives the file the time it has at home, so that later comparisons work.",
                zh: "上传之后，客户端把文件时间设为本地原有的时间，便于以后比较。")),
        VerbRow(
            "MFCT <time> <pathname>", .required(.time), .fileAction, "draft-somers-ftp-mfxx §4", .extension,
            summary: Phrase(en: "Set when a file was created", zh: "设置文件的创建时间"),
            explanation: Phrase(
                en: "The client sets the file's time of creation, where the server's file system keeps one.",
                zh: "客户端设置文件的创建时间（前提是服务器的文件系统保存该时间）。")),
        VerbRow(
            "MFF <fact=value;…> <pathname>", .required(.facts), .fileAction, "draft-somers-ftp-mfxx §5", .extension,
            summary: Phrase(en: "Set facts of a file", zh: "设置文件的属性"),
            explanation: Phrase(
                en: "The client changes facts as MLST shows them: times, UNIX mode, owner or group.",
                zh: "客户端修改 MLST 所显示的属性：时间、UNIX 权限、属主或属组。")),
        VerbRow(
            "COMB <target> <pathname>…", .required(.text), .fileAction, "in use, in no RFC", .extension,
            summary: Phrase(en: "Join several files into one", zh: "把多个文件合并为一个"),
            explanation: Phrase(
                en: """
                    A client that uploaded a large file in pieces at the same time asks the server to join them, in the \
                    order given, into the target.
                    """,
                zh: "客户端把大文件分成几段同时上传之后，请求服务器按给定顺序合并成目标文件。")),
        VerbRow(
            "SITE <command>", .required(.text), .site, "RFC 959 §4.1.3",
            summary: Phrase(en: "Commands of this server alone", zh: "服务器特有的命令"),
            explanation: Phrase(
                en: """
                    A door to what only this server offers, such as SITE CHMOD 644 name. SITE HELP usually tells what \
                    there is.
                    """,
                zh: "通向该服务器特有功能的入口，例如 SITE CHMOD 644 文件名。SITE HELP 通常会列出可用的命令。")),
    ]
}
