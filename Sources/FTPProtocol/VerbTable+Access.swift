extension VerbTable {
    /// Who the client is, and in which directory it works (RFC 959 §4.1.1, RFC 7151).
    static let accessRows: [VerbRow] = [
        VerbRow(
            "USER <user-name>", .required(.user), .login, "RFC 959 §4.1.1", needsLogin: false,
            summary: Phrase(en: "Give the user name", zh: "给出用户名"),
            explanation: Phrase(
                en: """
                    The client says who wants to log in. "anonymous" or "ftp" asks for a guest login. The server usually \
                    answers 331 and waits for the password.
                    """,
                zh: "客户端说明要以哪个用户登录。“anonymous” 或 “ftp” 表示匿名登录。服务器通常回答 331，等待密码。")),
        VerbRow(
            "PASS <password>", .required(.password), .login, "RFC 959 §4.1.1", needsLogin: false,
            summary: Phrase(en: "Give the password", zh: "给出密码"),
            explanation: Phrase(
                en: """
                    The client sends the password of the user just named; without TLS it crosses the network readable by \
                    anyone. A guest sends an e-mail address, or anything at all. 230 means that the login is complete.
                    """,
                zh: """
                    客户端发送刚才那个用户的密码；如果没有 TLS，密码以明文经过网络，任何人都能读到。匿名用户一般发送电子邮件地址，\
                    也可以是任意内容。230 表示登录成功。
                    """)),
        VerbRow(
            "ACCT <account>", .required(.account), .login, "RFC 959 §4.1.1", needsLogin: false,
            summary: Phrase(en: "Give the account", zh: "给出账户"),
            explanation: Phrase(
                en: """
                    The client names an account for billing or rights, if the server has asked for one by 332 or 532. \
                    Few servers do.
                    """,
                zh: "如果服务器用 332 或 532 要求账户，客户端用此命令给出用于计费或授权的账户。现在很少有服务器这样做。")),
        VerbRow(
            "HOST <hostname>", .required(.hostName), .login, "RFC 7151 §3", needsLogin: false,
            summary: Phrase(en: "Name the virtual host", zh: "指定虚拟主机"),
            explanation: Phrase(
                en: """
                    Several FTP sites can share one address. Before logging in, the client says which of them it means, \
                    as a browser does with the Host header.
                    """,
                zh: "多个 FTP 站点可以共用一个地址。客户端在登录前说明要访问哪一个，类似浏览器的 Host 头。")),
        VerbRow(
            "CWD <pathname>", .required(.path), .directory, "RFC 959 §4.1.1",
            summary: Phrase(en: "Change the working directory", zh: "改变工作目录"),
            explanation: Phrase(
                en: """
                    The client chooses the directory that later names refer to. Clients also use it to find out whether \
                    a name is a directory: 250 says yes, 550 no.
                    """,
                zh: "客户端选择以后的文件名所相对的目录。也常用来判断某个名称是否为目录：250 表示是，550 表示不是。")),
        VerbRow(
            "CDUP", .none, .directory, "RFC 959 §4.1.1",
            summary: Phrase(en: "Change to the parent directory", zh: "转到上级目录"),
            explanation: Phrase(
                en: """
                    The client moves one directory up. It is a command of its own because not every system writes the \
                    parent directory as "..".
                    """,
                zh: "客户端转到上一级目录。之所以单独设一条命令，是因为并非所有系统都用 “..” 表示上级目录。")),
        VerbRow(
            "SMNT <pathname>", .required(.path), .directory, "RFC 959 §4.1.1",
            summary: Phrase(en: "Mount another file system", zh: "挂载另一个文件系统"),
            explanation: Phrase(
                en: """
                    The client asks for another file system structure while staying logged in. Servers on today's \
                    systems have no use for it and answer 202 or 502.
                    """,
                zh: "客户端请求在保持登录的情况下换用另一个文件系统。现代系统上的服务器用不到它，会回答 202 或 502。")),
        VerbRow(
            "REIN", .none, .logout, "RFC 959 §4.1.1", needsLogin: false,
            summary: Phrase(en: "Log out, keep the connection", zh: "退出登录但保留连接"),
            explanation: Phrase(
                en: """
                    The client logs out without closing the connection: all settings return to their defaults, and the \
                    server waits for another USER.
                    """,
                zh: "客户端退出登录但不断开连接：所有设置恢复默认值，服务器等待新的 USER。")),
        VerbRow(
            "QUIT", .none, .logout, "RFC 959 §4.1.1", needsLogin: false,
            summary: Phrase(en: "Log out and close", zh: "退出并关闭连接"),
            explanation: Phrase(
                en: """
                    The client says good-bye. The server finishes a transfer that is still running, answers 221 and \
                    closes the control connection.
                    """,
                zh: "客户端告别。服务器先完成仍在进行的传输，然后回答 221 并关闭控制连接。")),
    ]
}
