import FTPProtocol

extension Message {
    /// The phrase in every language. A message without one does not compile.
    var phrase: Phrase {
        switch self {
        case .interfaces: Phrase(en: "{0} interfaces", zh: "{0} 个接口")
        case .oneInterface: Phrase(en: "1 interface", zh: "1 个接口")
        case .frames: Phrase(en: "{0} frames", zh: "{0} 帧")
        case .files: Phrase(en: "{0} files from {1} on", zh: "{0} 个文件，从 {1} 起")
        case .noSessions: Phrase(en: "No FTP session in this capture.", zh: "此抓包中没有 FTP 会话。")
        case .noSessionSelected:
            Phrase(en: "The filter selects no frame of any FTP session.", zh: "没有 FTP 会话的任何一帧符合过滤器。")
        case .followNoStream:
            Phrase(en: "the filter selects no frame of any TCP stream", zh: "没有 TCP 流的任何一帧符合过滤器")
        case .followManyStreams:
            Phrase(
                en: "the filter selects frames of {0} streams, and raw bytes are those of one: choose it with --stream",
                zh: "过滤器选中了 {0} 个流的帧,而原始字节只能属于一个流:请用 --stream 指定")
        case .noSessionsHint:
            Phrase(
                en:
                    "FTP is recognised on port 21 and, on any port, by what is said. If the transfer ran on this "
                    + "very machine, its packets crossed the loopback interface: capture there.",
                zh:
                    "端口 21 上的 FTP 会被识别；其他端口则按对话内容识别。如果传输就发生在本机，数据包走的是环回"
                    + "接口：请在环回接口上抓包。")
        case .emptyCapture: Phrase(en: "no frame at all", zh: "一帧也没有")
        case .lostByCapture:
            Phrase(
                en:
                    "The capturing machine itself dropped {0} frames: what seems lost below may never have been "
                    + "lost on the wire.",
                zh: "抓包的机器自己丢弃了 {0} 帧：下面看似丢失的内容在线路上未必真的丢失。")
        case .session: Phrase(en: "Session {0}", zh: "会话 {0}")
        case .inClear: Phrase(en: "in clear", zh: "明文")
        case .recordedInClear: Phrase(en: "{0}, recorded in clear", zh: "{0}，以明文记录")
        case .explicitTLS: Phrase(en: "{0} (AUTH)", zh: "{0}（AUTH 加密）")
        case .implicitTLS: Phrase(en: "{0} (implicit)", zh: "{0}（隐式）")
        case .anonymous: Phrase(en: "anonymous", zh: "匿名")
        case .unknownUser: Phrase(en: "user unknown", zh: "用户未知")
        case .unreadableTransfers: Phrase(en: "transfers not readable", zh: "传输内容不可读")
        case .noTransfers: Phrase(en: "no transfer", zh: "没有传输")
        case .oneTransfer: Phrase(en: "1 transfer, {0}", zh: "1 次传输，{0}")
        case .manyTransfers: Phrase(en: "{0} transfers, {1}", zh: "{0} 次传输，{1}")
        case .frameColumn: Phrase(en: "frame", zh: "帧")
        case .timeColumn: Phrase(en: "time", zh: "时间")
        case .connected: Phrase(en: "connected in {0}", zh: "连接用时 {0}")
        case .connectedUnknownTime: Phrase(en: "connected", zh: "已连接")
        case .capturedFromMiddle: Phrase(en: "the capture begins in the middle of this session", zh: "抓包从会话中途开始")
        case .windowScale: Phrase(en: "window scale {0} / {1}", zh: "窗口扩大因子 {0} / {1}")
        case .noWindowScale: Phrase(en: "no window scaling", zh: "无窗口扩大")
        case .unanswered: Phrase(en: "connection attempt ({0} SYN) never answered", zh: "连接请求（{0} 个 SYN）始终无人应答")
        case .refusedConnection:
            Phrase(
                en: "connection refused: nothing listens at port {0}",
                zh: "连接被拒绝：端口 {0} 上没有程序在监听")
        case .icmpRefused: Phrase(en: "a router or the host answered: {0}", zh: "路由器或主机回应：{0}")
        case .gapFromClient: Phrase(en: "not in the capture: {0} bytes from the client", zh: "抓包中缺少客户端发出的 {0} 字节")
        case .gapFromServer: Phrase(en: "not in the capture: {0} bytes from the server", zh: "抓包中缺少服务器发出的 {0} 字节")
        case .encryptedFromHere: Phrase(en: "encrypted from here on", zh: "从这里起加密")
        case .clearAgain: Phrase(en: "in clear again", zh: "恢复明文")
        case .certificate: Phrase(en: "certificate {0}, issued by {1}", zh: "证书 {0}，由 {1} 签发")
        case .unreadableConnections:
            Phrase(
                en:
                    "encrypted data connections between these two hosts: {0}, of this or another encrypted "
                    + "session; what was agreed for them is encrypted too",
                zh: "这两台主机之间加密的数据连接：{0} 个，属于本会话或另一个加密会话；为它们商定的内容也是加密的")
        case .endQuit: Phrase(en: "ended with QUIT", zh: "以 QUIT 正常结束")
        case .endClosedByServer: Phrase(en: "closed by the server", zh: "由服务器关闭")
        case .endClosedByClient: Phrase(en: "closed by the client without QUIT", zh: "客户端未发 QUIT 就关闭")
        case .endResetByServer: Phrase(en: "reset by the server (RST)", zh: "被服务器复位（RST）")
        case .endResetByClient: Phrase(en: "reset by the client (RST)", zh: "被客户端复位（RST）")
        case .endOpen: Phrase(en: "still open when the capture ends", zh: "抓包结束时会话仍未结束")
        case .noReply: Phrase(en: "no final reply to {0}", zh: "{0} 没有得到最终应答")
        case .commandInFrames: Phrase(en: "spread over frames {0} to {1}", zh: "跨帧 {0} 至 {1}")
        case .portArithmetic: Phrase(en: "port {0}", zh: "端口 {0}")
        case .extendedPort: Phrase(en: "port {0}", zh: "端口 {0}")
        case .portUnreadable: Phrase(en: "the port cannot be read", zh: "端口无法读出")
        case .announcedElsewhere: Phrase(en: "announced {0}, used {1}", zh: "宣告 {0}，实际使用 {1}")
        case .thirdParty: Phrase(en: "on a third host, {0}", zh: "在第三台主机 {0} 上")
        case .defaultPort: Phrase(en: "to the default data port", zh: "到默认数据端口")
        case .privateAnnounced: Phrase(en: "{0} is a private address", zh: "{0} 是私有地址")
        case .download: Phrase(en: "download", zh: "下载")
        case .upload: Phrase(en: "upload", zh: "上传")
        case .listing: Phrase(en: "listing", zh: "目录列表")
        case .dataConnection:
            Phrase(
                en: "{0} over {1} → {2} (stream {3}, from frame {4})",
                zh: "{0}，经由 {1} → {2}（流 {3}，始于帧 {4}）")
        case .otherAttempts: Phrase(en: "other connections to the same port: {0}", zh: "到同一端口的其他连接：{0}")
        case .inferred:
            Phrase(
                en: "found by elimination: what was agreed is not in the capture",
                zh: "用排除法找到：商定的内容不在抓包中")
        case .dataConnectionUnknown:
            Phrase(
                en: "data connection unknown: what was agreed is not in the capture",
                zh: "数据连接未知：商定的内容不在抓包中")
        case .noDataConnection: Phrase(en: "no data connection: nobody connected to {0}", zh: "没有数据连接：无人连接 {0}")
        case .dataUnanswered:
            Phrase(
                en: "data connection {0} → {1}: {2} SYN, never answered (from frame {3})",
                zh: "数据连接 {0} → {1}：{2} 个 SYN，始终无人应答（始于帧 {3}）")
        case .dataRefused:
            Phrase(
                en: "data connection {0} → {1} refused with RST (frame {2})",
                zh: "数据连接 {0} → {1} 被 RST 拒绝（帧 {2}）")
        case .amount:
            Phrase(
                en: "{0} ({1} bytes) in {2}, {3}; frames {4} to {5}",
                zh: "{0}（{1} 字节），用时 {2}，{3}；帧 {4} 至 {5}")
        case .separator: Phrase(en: "; ", zh: "；")
        case .colon: Phrase(en: ": ", zh: "：")
        case .amountAtOnce: Phrase(en: "{0} ({1} bytes) at once; frame {2}", zh: "{0}（{1} 字节），一次到达；帧 {2}")
        case .amountEmpty: Phrase(en: "no bytes", zh: "没有数据")
        case .amountUnseen: Phrase(en: "{0} ({1} bytes), none of them in the capture", zh: "{0}（{1} 字节），均不在抓包中")
        case .offsetPart: Phrase(en: "from byte {0} on", zh: "从字节 {0} 起")
        case .rangePart: Phrase(en: "bytes {0} to {1}", zh: "字节 {0} 至 {1}")
        case .firstByte: Phrase(en: "first byte {0} after {1}", zh: "{1} 之后 {0} 出现首字节")
        case .firstByteBefore: Phrase(en: "first byte {0} before {1}", zh: "首字节比 {1} 早 {0}")
        case .finalReply: Phrase(en: ", {0} {1} after the last byte", zh: "，末字节之后 {1} 得到 {0}")
        case .finalReplyBefore: Phrase(en: ", {0} {1} before the last byte", zh: "，{0} 比末字节早 {1}")
        case .retransmissions: Phrase(en: "{0} retransmitted ({1})", zh: "重传 {0} 次（{1}）")
        case .roundTrip: Phrase(en: "round trip {0} / {1} / {2}", zh: "往返时间 {0} / {1} / {2}")
        case .handshakeOnly: Phrase(en: "handshake {0}", zh: "握手 {0}")
        case .inFlight: Phrase(en: "at most {0} in flight of a {1} window", zh: "在途最多 {0}，窗口 {1}")
        case .zeroWindows: Phrase(en: "zero window {0} ×", zh: "零窗口 {0} 次")
        case .outOfOrder: Phrase(en: "{0} out of order", zh: "{0} 个乱序")
        case .missingBytes: Phrase(en: "not in the capture: {0} bytes in {1} places:", zh: "抓包中缺少 {0} 字节，共 {1} 处：")
        case .missingAt: Phrase(en: "{0} at byte {1}", zh: "字节 {1} 处缺 {0}")
        case .encryptedData: Phrase(en: "encrypted: contents and checksum cannot be read", zh: "已加密：无法读取内容和校验值")
        case .listingEntries: Phrase(en: "entries {0}", zh: "条目 {0}")
        case .moreEntries: Phrase(en: ", {0} more", zh: "，另有 {0} 个")
        case .offloaded:
            Phrase(
                en: "segments up to {0} bytes above the MSS of {1}: offloaded",
                zh: "报文段最大 {0} 字节，超过 MSS {1}：网卡卸载所致")
        case .complete: Phrase(en: "complete", zh: "完成")
        case .aborted: Phrase(en: "aborted", zh: "中止")
        case .cut: Phrase(en: "cut", zh: "中断")
        case .blocked: Phrase(en: "blocked", zh: "受阻")
        case .refused: Phrase(en: "refused", zh: "被拒绝")
        case .causeAbortCommand: Phrase(en: "the client sent ABOR", zh: "客户端发送了 ABOR")
        case .causeServerReply: Phrase(en: "the server gave up", zh: "服务器放弃")
        case .causeDataConnectionClosed: Phrase(en: "the data connection was closed early", zh: "数据连接被提前关闭")
        case .causeDataConnectionReset: Phrase(en: "the data connection was reset (RST)", zh: "数据连接被复位（RST）")
        case .causeControlConnectionEnded: Phrase(en: "the control connection ended first", zh: "控制连接先结束")
        case .causeCaptureEnds: Phrase(en: "the capture ends first", zh: "抓包先结束")
        case .causeRepliesNotCaptured: Phrase(en: "its final reply is not in the capture", zh: "抓包中没有最终应答")
        case .causeDataConnectionUnanswered: Phrase(en: "the data connection was never answered", zh: "数据连接无人应答")
        case .causeDataConnectionRefused: Phrase(en: "the data connection was refused with RST", zh: "数据连接被 RST 拒绝")
        case .causeNobodyConnected: Phrase(en: "nobody opened the data connection", zh: "无人建立数据连接")
        case .transfers: Phrase(en: "Transfers", zh: "传输")
        case .transferSummary:
            Phrase(
                en: "up {0}, down {1}, listings {2}; files {3}",
                zh: "上传 {0}，下载 {1}，列表 {2}；文件共 {3}")
        case .numberColumn: Phrase(en: "#", zh: "#")
        case .fileColumn: Phrase(en: "file", zh: "文件")
        case .howColumn: Phrase(en: "how", zh: "方式")
        case .sizeColumn: Phrase(en: "size", zh: "大小")
        case .durationColumn: Phrase(en: "time", zh: "用时")
        case .rateColumn: Phrase(en: "rate", zh: "速率")
        case .stateColumn: Phrase(en: "state", zh: "状态")
        case .active: Phrase(en: "active", zh: "主动")
        case .passive: Phrase(en: "passive", zh: "被动")
        case .gapNote: Phrase(en: "{0} bytes not captured", zh: "缺 {0} 字节")
        case .codingDamaged: Phrase(en: "the transfer mode's coding breaks off", zh: "传输模式的编码中断")
        case .offsetNote: Phrase(en: "from {0}", zh: "从 {0} 起")
        case .filesInPieces: Phrase(en: "Files in pieces", zh: "分段的文件")
        case .piecesOf: Phrase(en: "{0} pieces (transfers {1})", zh: "{0} 段（传输 {1}）")
        case .whole: Phrase(en: "whole, {0}", zh: "完整，{0}")
        case .notWhole: Phrase(en: "{0} of {1} in the capture", zh: "抓包中有 {0}，共 {1}")
        case .knownUpTo: Phrase(en: "{0} in the capture, full size unknown", zh: "抓包中有 {0}，总大小未知")
        case .explainHandshake:
            Phrase(
                en:
                    "The client opens the control connection with TCP's handshake of three segments (SYN, "
                    + "SYN-ACK, ACK). All commands and replies go over this one connection; files and listings "
                    + "will get connections of their own.",
                zh:
                    "客户端用 TCP 三次握手（SYN、SYN-ACK、ACK）建立控制连接。所有命令和应答都走这一条连接；文件和"
                    + "目录列表则各用单独的连接。")
        case .explainMSS:
            Phrase(
                en:
                    "MSS is the most payload a segment may carry: {0} bytes. With 20 bytes of TCP, {2} of {3} "
                    + "and 14 of Ethernet header that makes frames of up to {1} bytes; options such as time stamps "
                    + "come out of the same room. The card removes preamble, start delimiter and frame check "
                    + "sequence before a capture sees the frame.",
                zh:
                    "MSS 是一个报文段最多携带的数据量：{0} 字节。加上 TCP 首部 20 字节、{3} 首部 {2} 字节和以太网"
                    + "首部 14 字节，帧长最多 {1} 字节；时间戳等选项也占用这段空间。前导码、帧起始定界符和帧校验序"
                    + "列在抓包之前已被网卡去掉。")
        case .explainFrameLength:
            Phrase(
                en: "The largest segment carried {0} bytes: the MSS less the TCP options that each segment repeats.",
                zh: "最大的报文段携带 {0} 字节：即 MSS 减去每个报文段都带的 TCP 选项。")
        case .explainMiddle:
            Phrase(
                en:
                    "The handshake and what was said before are not in the capture. Wharf follows the session "
                    + "from here on; the login and the directory it was in may be unknown.",
                zh: "握手和之前的对话不在抓包中。Wharf 从这里开始跟踪会话；登录情况和当前目录可能未知。")
        case .explainUnanswered:
            Phrase(
                en:
                    "The client asked to connect and nobody answered, not even with a refusal: the host is down, "
                    + "or a firewall silently drops the packets.",
                zh: "客户端请求连接，却没有任何回应，连拒绝也没有：主机已关机，或防火墙悄悄丢弃了数据包。")
        case .explainRefused:
            Phrase(
                en:
                    "The host answered the SYN with RST: it is up, but no program listens at port {0}. Is the "
                    + "FTP server running, and at this port?",
                zh: "主机用 RST 回应 SYN：主机在运行，但端口 {0} 上没有程序在监听。FTP 服务器启动了吗？端口对吗？")
        case .explainAnonymous:
            Phrase(
                en:
                    "“anonymous” (or “ftp”) is the name for visitors without an account: the server asks for a "
                    + "password all the same, and by custom gets an e-mail address, which it does not check.",
                zh:
                    "“anonymous”（或“ftp”）是没有帐户的访客使用的名字：服务器照样索要密码，按惯例访客给出电子邮件"
                    + "地址，服务器并不核对。")
        case .explainAnonymousPassword:
            Phrase(
                en: "In an anonymous login this is no secret, so it is shown.",
                zh: "匿名登录的这个“密码”不是秘密，所以直接显示。")
        case .explainPassword:
            Phrase(
                en: "Wharf masks the password unless asked with --show-secrets.",
                zh: "Wharf 默认将密码遮住，除非使用 --show-secrets。")
        case .explainPassivePort:
            Phrase(
                en:
                    "Of the six numbers {0} the first four are the address {1} and the last two the port: {2}. "
                    + "The server now waits there, and the client will connect.",
                zh: "六个数 {0} 中，前四个是地址 {1}，后两个给出端口：{2}。服务器在那里等待，由客户端去连接。")
        case .explainExtendedPassivePort:
            Phrase(
                en:
                    "The extended form says only the port, {0}; the address is the one that the control "
                    + "connection already has. That is why it also works over IPv6 and through address translation.",
                zh: "扩展形式只给出端口 {0}；地址就是控制连接所用的地址。因此它也适用于 IPv6 和地址转换。")
        case .explainActivePort:
            Phrase(
                en:
                    "Active mode: from {0} the server learns where the client waits, address {1} and port {2}. "
                    + "The server will connect to the client.",
                zh: "主动模式：服务器从 {0} 得知客户端等待的地址 {1} 和端口 {2}，由服务器去连接客户端。")
        case .explainPassiveFirewall:
            Phrase(
                en:
                    "What a firewall sees: a second connection from the client to the server, to port {0}, which "
                    + "nobody could know before this reply. The server's firewall must let its passive port range "
                    + "in; the client's needs nothing.",
                zh:
                    "防火墙看到的是：客户端向服务器的端口 {0} 发起第二条连接，而这个端口在此应答之前无人知晓。服"
                    + "务器一侧的防火墙必须放行被动端口范围；客户端一侧无需设置。")
        case .explainActiveFirewall:
            Phrase(
                en:
                    "What a firewall sees: a connection from the server (usually from port 20) to the client, "
                    + "from outside to inside. Firewalls and address translation in front of clients block this, "
                    + "which is why passive mode is the usual one today.",
                zh:
                    "防火墙看到的是：服务器（通常从端口 20）向客户端发起、由外向内的连接。客户端前面的防火墙和地"
                    + "址转换会阻挡它，所以如今通常使用被动模式。")
        case .explainNAT:
            Phrase(
                en:
                    "The address that was announced, {0}, is not the one that was used, {1}: the server sits "
                    + "behind address translation, or is misconfigured, and the client (or a router on the way) "
                    + "replaced the address by that of the control connection.",
                zh:
                    "宣告的地址 {0} 与实际使用的 {1} 不同：服务器位于地址转换之后或配置有误，客户端（或途中的路由"
                    + "器）用控制连接的地址替换了它。")
        case .explainClientNAT:
            Phrase(
                en:
                    "The address that the client announced, {0}, is not the one that the server connected to, "
                    + "{1}: the client sits behind address translation, and a router on the way, or the server, "
                    + "replaced the address by that of the control connection.",
                zh:
                    "客户端宣告的地址 {0} 与服务器实际连接的 {1} 不同：客户端位于地址转换之后，途中的路由器或服务"
                    + "器用控制连接的地址替换了它。")
        case .explainThirdParty:
            Phrase(
                en:
                    "The listener is on {0}, a host that has no part in this control connection: a transfer from "
                    + "server to server (FXP), or an attempt to make the server connect to somebody else (FTP "
                    + "bounce).",
                zh:
                    "监听者在 {0}，它不参与这条控制连接：这是服务器之间的直接传输（FXP），或者是企图让服务器去连"
                    + "接他人（FTP 反弹攻击）。")
        case .explainDownload:
            Phrase(
                en:
                    "The file itself comes over this second connection, from server to client. The end of the "
                    + "connection marks the end of the file; then the server confirms on the control connection.",
                zh:
                    "文件本身通过第二条连接从服务器传到客户端。连接的结束标志文件的结束；随后服务器在控制连接上确"
                    + "认。")
        case .explainUpload:
            Phrase(
                en:
                    "The file itself goes over this second connection, from client to server. The client closes "
                    + "it at the end of the file; then the server confirms on the control connection.",
                zh: "文件本身通过第二条连接从客户端传到服务器。文件传完后客户端关闭它；随后服务器在控制连接上确认。")
        case .explainListing:
            Phrase(
                en: "A listing is text, but it too comes over a data connection of its own.",
                zh: "目录列表虽然是文本，也要通过单独的数据连接传送。")
        case .explainRetransmissions:
            Phrase(
                en:
                    "Retransmitted segments are bytes that were sent again because their acknowledgment did not "
                    + "come in time: something was lost, or late.",
                zh: "重传的报文段是因为没有及时收到确认而再次发送的数据：有东西丢失或迟到了。")
        case .explainOffload:
            Phrase(
                en:
                    "A segment of {0} bytes is larger than the MSS of {1}. That is no fault: the host hands the "
                    + "card large pieces and the card cuts them up (or joins what arrives); the capture sees them "
                    + "in between.",
                zh:
                    "{0} 字节的报文段大于 MSS {1}。这不是故障：主机把大块数据交给网卡，由网卡切分（或把收到的合并"
                    + "）；抓包看到的是中间的样子。")
        case .explainBlockedPassive:
            Phrase(
                en:
                    "The server announced a port but the client's connection to it did not come about. Usual "
                    + "causes: the server's firewall does not let its passive ports in, or the server announced an "
                    + "address that the client cannot reach. The control connection works, so the host itself is "
                    + "reachable.",
                zh:
                    "服务器宣告了端口，但客户端连接它没有成功。常见原因：服务器的防火墙没有放行被动端口，或服务器"
                    + "宣告了客户端无法到达的地址。控制连接正常，说明主机本身可达。")
        case .explainBlockedActive:
            Phrase(
                en:
                    "The server could not connect to the client. Usual causes: a firewall or address translation "
                    + "in front of the client lets no connection in. The way out is passive mode.",
                zh:
                    "服务器无法连接客户端。常见原因：客户端前面的防火墙或地址转换不允许外来连接。解决办法是使用被"
                    + "动模式。")
        case .explainTLS:
            Phrase(
                en:
                    "From here on both sides speak TLS. The handshake tells the version, and up to TLS 1.2 the "
                    + "server's certificate; commands, replies, names and passwords cannot be read any more.",
                zh:
                    "从这里起双方使用 TLS。握手会透露版本，在 TLS 1.2 及以前还会透露服务器证书；命令、应答、文件"
                    + "名和密码都不能再读到。")
        case .explainEncryptedControl:
            Phrase(
                en:
                    "Firewalls cannot read the ports that are agreed on either, so they cannot open them for "
                    + "FTPS: the server's passive port range must be open beforehand.",
                zh: "防火墙同样读不到商定的端口，因此无法为 FTPS 临时放行：服务器的被动端口范围必须事先开放。")
        case .explainClear:
            Phrase(
                en:
                    "After CCC the control connection goes back to clear text, so that firewalls can read the "
                    + "ports. The password went over encrypted before.",
                zh: "CCC 之后控制连接恢复明文，以便防火墙读取端口。密码此前已经加密传送。")
        case .explainGap:
            Phrase(
                en:
                    "The capture lacks these bytes though the connection carried them: the capturing machine "
                    + "could not keep up, or the packets took another way.",
                zh: "连接上确实传过这些字节，但抓包里没有：抓包的机器来不及处理，或数据包走了别的路径。")
        case .explainUnreadable:
            Phrase(
                en:
                    "With TLS on the control connection nobody can tell from outside which data connection "
                    + "belongs to which command. A server that records its own sessions, or the TLS keys, would "
                    + "tell.",
                zh:
                    "控制连接使用 TLS 时，外人无法知道哪个数据连接属于哪条命令。能记录自身会话的服务器，或者 TLS "
                    + "密钥，才能揭示。")
        case .explainEndQuit:
            Phrase(
                en: "QUIT ended the session in good order: the server said goodbye and closed the connection.",
                zh: "会话以 QUIT 有序结束：服务器告别并关闭连接。")
        case .explainEndReset:
            Phrase(
                en: "RST ends a connection at once, without the usual farewell; what was still on its way is lost.",
                zh: "RST 立即结束连接，没有正常的告别；仍在途中的数据丢失。")
        case .explainEndClosed:
            Phrase(
                en:
                    "The connection was closed with FIN, but without QUIT and 221: an idle time-out, a program "
                    + "that stopped, or simply a client that does not say goodbye.",
                zh: "连接以 FIN 关闭，但没有 QUIT 和 221：可能是空闲超时、程序停止，或者客户端不告别。")
        case .explainEndOpen: Phrase(en: "The capture stops before the session does.", zh: "抓包先于会话结束。")
        case .explainCut:
            Phrase(
                en:
                    "The data connection or the control connection ended in the middle, and the server never "
                    + "said that the transfer was complete: what arrived may be only a part.",
                zh: "数据连接或控制连接中途结束，服务器始终没有表示传输完成：收到的可能只是一部分。")
        case .explainAborted:
            Phrase(
                en:
                    "The transfer had begun but was broken off before its end. What arrived can be resumed with "
                    + "REST, or APPE for uploads.",
                zh: "传输已经开始，但在结束前被中止。已收到的部分可以用 REST（上传用 APPE）续传。")
        case .explainTelnet:
            Phrase(
                en:
                    "The bytes before the command are Telnet signals (Interrupt Process, Data Mark): they are to "
                    + "make the server look at the control connection even in the middle of a transfer.",
                zh: "命令前面的字节是 Telnet 信号（中断进程、数据标记）：用来让服务器在传输途中也去查看控制连接。")
        case .explainRecordedInClear:
            Phrase(
                en:
                    "The server accepts AUTH, and right after this line the TLS handshake begins. On the wire everything "
                    + "that follows was encrypted; here it stands as it was said, for one of the two ends has recorded it.",
                zh: "服务器接受 AUTH，紧接着就开始 TLS 握手。此后的内容在线路上是加密的；这里之所以是明文，是因为由通信的一端记录。")
        case .noSuchSession: Phrase(en: "there is no session {0}: this capture has {1}", zh: "没有会话 {0}：此抓包共有 {1} 个会话")
        case .givenTwice: Phrase(en: "{0}: given twice, read once", zh: "{0}：重复给出，只读一次")
        case .exportedFile:
            Phrase(
                en: "{0}   {1}   {2} bytes   md5 {3}   sha256 {4}",
                zh: "{0}   {1}   {2} 字节   md5 {3}   sha256 {4}")
        case .exportedPart:
            Phrase(
                en: "{0}   {1}   {5}: {2} bytes written   md5 {3}   sha256 {4}",
                zh: "{0}   {1}   {5}：已写 {2} 字节   md5 {3}   sha256 {4}")
        case .exportedDamaged:
            Phrase(
                en: "{0}   {1}   damaged: its transfer mode's coding breaks off after {2} bytes",
                zh: "{0}   {1}   已损坏：传输模式的编码在 {2} 字节后中断")
        case .exportedIncomplete:
            Phrase(
                en: "{0}   {1}   incomplete: {2} bytes written, {3} missing in {4} places, left as holes: {5}",
                zh: "{0}   {1}   不完整：已写 {2} 字节，缺 {3} 字节，共 {4} 处，留作空洞：{5}")
        case .exportedNothing: Phrase(en: "No file was transferred in this capture.", zh: "此抓包中没有传输过文件。")
        case .exportSkippedEncrypted:
            Phrase(
                en: "{0}   not exported: the data connection is encrypted",
                zh: "{0}   未导出：数据连接已加密")
        case .exportSummaryOne: Phrase(en: "1 file, {1} bytes written to {2}", zh: "已写出 1 个文件、{1} 字节到 {2}")
        case .exportSummary: Phrase(en: "{0} files, {1} bytes written to {2}", zh: "已写出 {0} 个文件、{1} 字节到 {2}")
        case .followStream: Phrase(en: "Stream {0}", zh: "流 {0}")
        case .followControl: Phrase(en: "control connection of session {0}", zh: "会话 {0} 的控制连接")
        case .followTransfer: Phrase(en: "Transfer {0}", zh: "传输 {0}")
        case .followData: Phrase(en: "data connection of transfer {0}", zh: "传输 {0} 的数据连接")
        case .followTurn: Phrase(en: "{0} bytes, frames {1}–{2}", zh: "{0} 字节，第 {1}–{2} 帧")
        case .followTurnInFrame: Phrase(en: "{0} bytes, frame {1}", zh: "{0} 字节，第 {1} 帧")
        case .followGap: Phrase(en: "not in the capture: {0} bytes", zh: "抓包中缺少 {0} 字节")
        case .followMore:
            Phrase(
                en: "… {0} more bytes; --format hex shows all, --format raw writes them",
                zh: "……还有 {0} 字节；--format hex 全部显示，--format raw 原样写出")
        case .followNothing: Phrase(en: "Nothing was said here.", zh: "这里没有任何数据。")
        case .noSuchStream:
            Phrase(
                en: "there is no stream {0}: this capture has {1}, counted from 0", zh: "没有流 {0}：此抓包共有 {1} 个流，从 0 数起")
        case .noSuchTransfer: Phrase(en: "there is no transfer {0}: this capture has {1}", zh: "没有传输 {0}：此抓包共有 {1} 次传输")
        case .noDataToFollow:
            Phrase(
                en: "transfer {0} has no data connection in this capture", zh: "传输 {0} 在此抓包中没有数据连接")
        case .followMissing:
            Phrase(
                en: "{0} bytes in {1} places are not in the capture and were left out",
                zh: "抓包中缺少 {0} 字节，共 {1} 处，已略去")
        case .followExists:
            Phrase(
                en: "{0}: there is such a file already; give another name", zh: "{0}：已有同名文件，请换一个名字")
        case .followBinary:
            Phrase(
                en: "raw bytes may upset a terminal: name a file with --output, or force it with --output -",
                zh: "原始字节可能扰乱终端：请用 --output 指定文件，或用 --output - 强制输出")
        case .graphIO: Phrase(en: "Rate over time", zh: "速率随时间的变化")
        case .graphThroughput: Phrase(en: "Throughput and goodput over time", zh: "吞吐量与有效吞吐量随时间的变化")
        case .graphStevens: Phrase(en: "Sequence numbers over time (Stevens)", zh: "序号随时间的变化（Stevens）")
        case .graphTCPTrace: Phrase(en: "Sequence numbers over time (tcptrace)", zh: "序号随时间的变化（tcptrace）")
        case .graphRoundTrip: Phrase(en: "Round-trip time", zh: "往返时间")
        case .graphWindow: Phrase(en: "Receive window and bytes in flight", zh: "接收窗口与在途字节")
        case .graphAxis: Phrase(en: "{0} ({1})", zh: "{0}（{1}）")
        case .graphTimeAxis: Phrase(en: "time", zh: "时间")
        case .graphAcknowledgedAxis: Phrase(en: "acknowledged sequence number", zh: "已确认的序号")
        case .graphRateAxis: Phrase(en: "rate", zh: "速率")
        case .graphPacketRateAxis: Phrase(en: "packets per second", zh: "每秒包数")
        case .graphCountAxis: Phrase(en: "events per interval", zh: "每个间隔内的事件数")
        case .graphLengthAxis: Phrase(en: "segment length", zh: "段长度")
        case .graphSequenceAxis: Phrase(en: "relative sequence number", zh: "相对序号")
        case .graphRoundTripAxis: Phrase(en: "round-trip time", zh: "往返时间")
        case .graphBytesAxis: Phrase(en: "bytes", zh: "字节数")
        case .graphInterval: Phrase(en: "interval {0}", zh: "间隔 {0}")
        case .graphMean: Phrase(en: "mean of {0}", zh: "{0} 内的平均值")
        case .graphStream: Phrase(en: "stream {0}", zh: "流 {0}")
        case .graphWholeCapture: Phrase(en: "whole capture", zh: "整个抓包")
        case .graphPartlyAbove: Phrase(en: "{0} (in part above the graph)", zh: "{0}（部分超出图的上边）")
        case .graphFrame: Phrase(en: "frame {0}", zh: "帧 {0}")
        case .graphFrames: Phrase(en: "frames {0} to {1}, {2} in all", zh: "帧 {0} 至 {1}，共 {2} 个")
        case .graphSequenceTip: Phrase(en: "seq {0}", zh: "序号 {0}")
        case .graphPackets: Phrase(en: "{0} packets/s", zh: "每秒 {0} 个包")
        case .graphEmpty: Phrase(en: "nothing to show", zh: "没有可显示的内容")
        case .graphTraffic: Phrase(en: "rate", zh: "速率")
        case .graphThroughputLine: Phrase(en: "throughput", zh: "吞吐量")
        case .graphGoodput: Phrase(en: "goodput (newly acknowledged)", zh: "有效吞吐量（新确认的字节）")
        case .graphSegmentLength: Phrase(en: "segment length", zh: "段长度")
        case .graphSequence: Phrase(en: "segment", zh: "段")
        case .graphSegment: Phrase(en: "segment", zh: "段")
        case .graphAcknowledgment: Phrase(en: "acknowledged", zh: "已确认")
        case .graphReceiveWindow: Phrase(en: "receive window", zh: "接收窗口")
        case .graphSACK: Phrase(en: "SACK block", zh: "SACK 块")
        case .graphMissing: Phrase(en: "missing from the capture", zh: "抓包中缺少")
        case .graphRoundTripDots: Phrase(en: "round trip", zh: "往返时间")
        case .graphInitialRoundTrip: Phrase(en: "round trip of the handshake", zh: "握手的往返时间")
        case .graphBytesInFlight: Phrase(en: "bytes in flight", zh: "在途字节")
        case .graphRetransmission: Phrase(en: "retransmission", zh: "重传")
        case .graphFastRetransmission: Phrase(en: "fast retransmission", zh: "快速重传")
        case .graphSpuriousRetransmission: Phrase(en: "spurious retransmission", zh: "不必要的重传")
        case .graphOutOfOrder: Phrase(en: "out of order", zh: "乱序")
        case .graphLostSegment: Phrase(en: "previous segment not captured", zh: "前一段未被捕获")
        case .graphDuplicateACK: Phrase(en: "duplicate ACK", zh: "重复确认")
        case .graphZeroWindow: Phrase(en: "zero window", zh: "零窗口")
        case .graphWindowFull: Phrase(en: "window full", zh: "窗口已满")
        case .graphKeepAlive: Phrase(en: "keep-alive or window probe", zh: "保活或窗口探测")
        case .graphSYN: Phrase(en: "SYN", zh: "SYN（建立）")
        case .graphFIN: Phrase(en: "FIN", zh: "FIN（结束）")
        case .graphRST: Phrase(en: "RST", zh: "RST（复位）")
        case .transferWithoutConnection:
            Phrase(
                en: "transfer {0} has no data connection to graph",
                zh: "传输 {0} 没有可作图的数据连接")
        case .graphNoFrames: Phrase(en: "{0}: there is no frame to graph", zh: "{0}：没有可作图的帧")
        case .graphNoStream:
            Phrase(
                en: "{0}: there is no TCP stream to graph; io graphs captures without TCP",
                zh: "{0}：没有可作图的 TCP 流；没有 TCP 的抓包可用 io 作图")
        case .graphTooManyIntervals:
            Phrase(
                en: "{0} is too short an interval: it would make {1} of them; {2} is possible",
                zh: "间隔 {0} 太短：会产生 {1} 个间隔；{2} 可行")
        case .graphOnlyIO:
            Phrase(
                en: "--{0} belongs to the io graph: wharf graph io",
                zh: "--{0} 只用于 io 图：wharf graph io")
        case .dipNone: Phrase(en: "The rate has no dip.", zh: "速率没有低谷。")
        case .dipOne: Phrase(en: "The rate has 1 dip, of {1}.", zh: "速率有 1 个低谷，共 {1}。")
        case .dipMany: Phrase(en: "The rate has {0} dips, of {1} in all.", zh: "速率有 {0} 个低谷，共 {1}。")
        case .dipMeasure:
            Phrase(
                en:
                    "Typical: {0}; half of all bytes moved in intervals of {1} at least that fast. A dip is below half "
                    + "of it, between {2} s and {3} s.",
                zh: "典型速率：{0}，一半的字节在不低于此速率的 {1} 间隔内传送；{2} s 至 {3} s 之间低于其一半即为低谷。")
        case .dipLine:
            Phrase(
                en: "{0} s to {1} s ({2}), {3}: {4}, {5} of what is typical",
                zh: "{0} s 至 {1} s（{2}），{3}：{4}，为典型速率的 {5}")
        case .dipFrames: Phrase(en: "frames {0} to {1}", zh: "帧 {0} 至 {1}")
        case .dipSilence: Phrase(en: "no frame between {0} and {1}", zh: "帧 {0} 与 {1} 之间没有任何帧")
        case .dipLoss: Phrase(en: "loss: the sender is repairing what was lost", zh: "丢包：发送方正在补发丢失的数据")
        case .dipReceiver: Phrase(en: "receiver: its window is closed or full", zh: "接收方：窗口已关闭或已满")
        case .dipPath: Phrase(en: "path: data is in flight, its acknowledgments are awaited", zh: "路径：数据在途，正在等待确认")
        case .dipServerReply: Phrase(en: "FTP: the server's reply is awaited", zh: "FTP：正在等待服务器的应答")
        case .dipBetweenTransfers: Phrase(en: "FTP: no transfer is running", zh: "FTP：没有正在进行的传输")
        case .dipApplication:
            Phrase(
                en: "application: nothing is in flight, and nobody sends",
                zh: "应用程序：没有在途数据，也没有人发送")
        case .dipShare: Phrase(en: " ({0} of {1})", zh: "（{1} 中的 {0}）")
        case .dipFinding: Phrase(en: "{0}: {1} (frames {2})", zh: "{0}：{1} 次（帧 {2}）")
        case .dipReply:
            Phrase(
                en: "{0} of session {4} in frame {1}, answered in frame {2}: {3} of waiting",
                zh: "会话 {4} 的 {0}（帧 {1}），应答在帧 {2}：等待 {3}")
        case .statisticsCapture: Phrase(en: "Capture", zh: "抓包")
        case .statisticsProtocols: Phrase(en: "Protocols", zh: "协议")
        case .statisticsConversations: Phrase(en: "TCP connections with most frames", zh: "帧数最多的 TCP 连接")
        case .statisticsFindings: Phrase(en: "Remarkable frames", zh: "值得注意的帧")
        case .statisticsNoFindings: Phrase(en: "nothing remarkable", zh: "没有值得注意的帧")
        case .statisticsFiles: Phrase(en: "files", zh: "文件")
        case .statisticsEncapsulation: Phrase(en: "encapsulation", zh: "封装")
        case .statisticsFrames: Phrase(en: "frames", zh: "帧数")
        case .statisticsBytes: Phrase(en: "bytes", zh: "字节数")
        case .statisticsStart: Phrase(en: "first frame", zh: "首帧")
        case .statisticsEnd: Phrase(en: "last frame", zh: "末帧")
        case .statisticsDuration: Phrase(en: "duration", zh: "时长")
        case .statisticsRate: Phrase(en: "rate", zh: "速率")
        case .statisticsNotInOrder: Phrase(en: "frames are not in the order of their times", zh: "帧未按时间先后排列")
        case .statisticsCutFrames: Phrase(en: "{0} of them captured", zh: "其中抓取了 {0}")
        case .statisticsCommands: Phrase(en: "Commands", zh: "命令")
        case .statisticsReplies: Phrase(en: "Replies", zh: "应答")
        case .statisticsTransfers: Phrase(en: "Transfers", zh: "传输")
        case .statisticsNoCommands: Phrase(en: "no FTP command in this capture", zh: "此抓包中没有 FTP 命令")
        case .commandColumn: Phrase(en: "command", zh: "命令")
        case .countColumn: Phrase(en: "count", zh: "次数")
        case .minimumColumn: Phrase(en: "fastest reply", zh: "最快应答")
        case .medianColumn: Phrase(en: "median", zh: "中位数")
        case .ninetiethColumn: Phrase(en: "90 % within", zh: "90 % 不超过")
        case .maximumColumn: Phrase(en: "slowest", zh: "最慢")
        case .codeColumn: Phrase(en: "code", zh: "代码")
        case .meaningColumn: Phrase(en: "meaning", zh: "含义")
        case .kindColumn: Phrase(en: "kind", zh: "类别")
        case .userColumn: Phrase(en: "user", zh: "用户")
        case .passwordColumn: Phrase(en: "password", zh: "密码")
        case .acceptedColumn: Phrase(en: "accepted", zh: "接受")
        case .yes: Phrase(en: "yes", zh: "是")
        case .no: Phrase(en: "no", zh: "否")
        case .statisticsNoLogins: Phrase(en: "nobody logged in in clear", zh: "没有明文登录")
        case .statisticsNoFile:
            Phrase(en: "no capture file: name one, or - for standard input", zh: "没有抓包文件：请给出文件名，或用 - 表示标准输入")
        case .statisticsUnknown:
            Phrase(
                en: "{0}: neither a capture file nor a statistic; statistics are:",
                zh: "{0}：既不是抓包文件，也不是统计名称；可用的统计有：")
        }
    }
}
