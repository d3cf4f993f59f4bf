extension VerbTable {
    /// Security (RFC 2228, RFC 4217), and what encrypted transfers between two servers need.
    static let securityRows: [VerbRow] = [
        VerbRow(
            "AUTH <mechanism>", .required(.mechanism), .security, "RFC 2228 §3, RFC 4217 §4", needsLogin: false,
            summary: Phrase(en: "Begin protection, usually TLS", zh: "启用安全保护，通常是 TLS"),
            explanation: Phrase(
                en: """
                    The client wants to protect the control connection before it sends a password, today always by TLS. \
                    After 234 the TLS handshake begins on this same connection.
                    """,
                zh: "客户端希望在发送密码之前保护控制连接，如今一般都用 TLS。收到 234 后，就在这条连接上开始 TLS 握手。")),
        VerbRow(
            "ADAT <base64>", .required(.securityData), .security, "RFC 2228 §3", needsLogin: false,
            summary: Phrase(en: "Send security data", zh: "发送安全数据"),
            explanation: Phrase(
                en: "One step of a security exchange such as Kerberos, in base64. TLS does not need it.",
                zh: "安全交换（如 Kerberos）中的一步，以 base64 编码。TLS 不需要它。")),
        VerbRow(
            "PBSZ <size>", .required(.number), .security, "RFC 2228 §3, RFC 4217 §8", needsLogin: false,
            summary: Phrase(en: "Set the protection buffer size", zh: "设置保护缓冲区大小"),
            explanation: Phrase(
                en: "The largest protected block. TLS has no use for it, but PBSZ 0 must come before PROT.",
                zh: "受保护数据块的最大长度。TLS 用不到它，但 PROT 之前必须先发送 PBSZ 0。")),
        VerbRow(
            "PROT <C|S|E|P>", .required(.protectionLevel), .security, "RFC 2228 §3, RFC 4217 §9", needsLogin: false,
            summary: Phrase(en: "Set the protection of data connections", zh: "设置数据连接的保护级别"),
            explanation: Phrase(
                en: """
                    P encrypts the data connections to come, C leaves them in clear. The control connection alone being \
                    encrypted does not protect the files.
                    """,
                zh: "P 表示加密后续的数据连接，C 表示明文。仅加密控制连接并不能保护文件内容。")),
        VerbRow(
            "CCC", .none, .security, "RFC 2228 §3, RFC 4217 §13", needsLogin: false,
            summary: Phrase(en: "Return the control connection to clear text", zh: "控制连接恢复明文"),
            explanation: Phrase(
                en: """
                    After the login was protected, the client gives up encryption of the control connection, so that \
                    firewalls can read the ports of the data connections again. Many servers refuse it.
                    """,
                zh: "在受保护的登录之后，客户端放弃控制连接的加密，使防火墙能重新读到数据连接的端口。许多服务器会拒绝。")),
        VerbRow(
            "MIC <base64>", .required(.securityData), .security, "RFC 2228 §3", needsLogin: false,
            summary: Phrase(en: "A command protected against change", zh: "受完整性保护的命令"),
            explanation: Phrase(
                en: "Holds another command in base64, signed so that nobody can alter it, but not encrypted.",
                zh: "其中以 base64 编码装有另一条命令，经过签名防止篡改，但没有加密。")),
        VerbRow(
            "CONF <base64>", .required(.securityData), .security, "RFC 2228 §3", needsLogin: false,
            summary: Phrase(en: "A command that is encrypted", zh: "加密的命令"),
            explanation: Phrase(
                en: "Holds another command in base64, encrypted but not signed.",
                zh: "其中以 base64 编码装有另一条命令，经过加密但没有签名。")),
        VerbRow(
            "ENC <base64>", .required(.securityData), .security, "RFC 2228 §3", needsLogin: false,
            summary: Phrase(en: "A command encrypted and protected against change", zh: "加密并受完整性保护的命令"),
            explanation: Phrase(
                en: "Holds another command in base64, encrypted and signed.",
                zh: "其中以 base64 编码装有另一条命令，经过加密和签名。")),
        VerbRow(
            "CPSV", .none, .passive, "in use, in no RFC", .extension,
            summary: Phrase(en: "Passive mode, the server being TLS client", zh: "被动模式，服务器作为 TLS 客户端"),
            explanation: Phrase(
                en: """
                    For an encrypted transfer between two servers: as PASV, but this server will begin the TLS handshake \
                    on the data connection, since one of the two must.
                    """,
                zh: "用于两台服务器之间的加密传输：与 PASV 相同，但由这台服务器在数据连接上发起 TLS 握手，因为总要有一方发起。")),
        VerbRow(
            "SSCN [<ON|OFF>]", .optional(.text), .security, "in use, in no RFC", .extension,
            summary: Phrase(en: "Let the server be TLS client on data connections", zh: "让服务器在数据连接上作 TLS 客户端"),
            explanation: Phrase(
                en: "For encrypted transfers between two servers: one of them is told to begin the TLS handshakes.",
                zh: "用于两台服务器之间的加密传输：指定其中一台发起 TLS 握手。")),
    ]
}
