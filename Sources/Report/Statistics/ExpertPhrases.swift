import Dissection
import Analysis
import FTPProtocol

extension ExpertKind {
    /// The finding in the reader's language. Findings that are about a number end in it, in both languages.
    func text(_ language: Language) -> String {
        guard language == .zh else { return summary }
        for (english, chinese) in Self.chinese where summary.hasPrefix(english) {
            return chinese + summary.dropFirst(english.count)
        }
        return summary
    }

    /// Longer beginnings before shorter ones.
    private static let chinese: [(String, String)] = [
        ("Connection reset (RST)", "连接被重置（RST）"),
        ("Connection finish (FIN)", "连接结束（FIN）"),
        ("Connection establish request (SYN): server port ", "请求建立连接（SYN）：服务器端口 "),
        ("Connection establish acknowledge (SYN+ACK): server port ", "同意建立连接（SYN+ACK）：服务器端口 "),
        ("This frame initiates the connection closing", "此帧主动关闭连接"),
        ("This frame undergoes the connection closing", "此帧被动关闭连接"),
        ("This frame is a (suspected) fast retransmission", "此帧（疑似）为快速重传"),
        ("This frame is a (suspected) spurious retransmission", "此帧（疑似）为多余重传：这些字节已被确认"),
        ("This frame is a (suspected) retransmission", "此帧（疑似）为重传"),
        ("This frame is a (suspected) out-of-order segment", "此帧（疑似）为乱序报文段"),
        (
            "A new tcp session is started with the same ports as an earlier session in this trace",
            "新的 TCP 连接使用了本抓包中先前连接的同一对端口"
        ),
        ("Previous segment(s) not captured (common at capture start)", "之前的报文段没有抓到（抓包开始时常见）"),
        ("ACKed segment that wasn't captured (common at capture start)", "被确认的报文段没有抓到（抓包开始时常见）"),
        ("TCP window update", "TCP 窗口更新"),
        ("TCP window specified by the receiver is now completely full", "接收方给出的 TCP 窗口已被填满"),
        ("TCP keep-alive segment", "TCP 保活报文段"),
        ("ACK to a TCP keep-alive segment", "对 TCP 保活报文段的确认"),
        ("TCP Zero Window Probe", "TCP 零窗口探测"),
        ("TCP Zero Window segment", "TCP 零窗口：接收方没有空间"),
        ("ACK to a TCP Zero Window Probe", "对 TCP 零窗口探测的确认"),
        ("TCP SYN with TFO Cookie", "带有 TFO cookie 的 TCP SYN"),
        ("TCP SYN-ACK accepting TFO data", "SYN-ACK 接受了 TFO 数据"),
        ("TCP SYN-ACK ignoring TFO data", "SYN-ACK 忽略了 TFO 数据"),
        ("Duplicate ACK ", "重复确认 "),
        ("D-SACK Sequence", "D-SACK：重复收到的字节"),
        ("The SYN packet does not contain a MSS option", "SYN 报文没有 MSS 选项"),
        ("The non-SYN packet does contain a MSS option", "非 SYN 报文带有 MSS 选项"),
        ("\"Time To Live\" only ", "生存时间（TTL）只有 "),
        (
            "\"Time To Live\" != 255 for a packet sent to the Local Network Control Block (see RFC 3171)",
            "发往本地网络控制块的报文的生存时间（TTL）不是 255（见 RFC 3171）"
        ),
        (
            "\"Time To Live\" != 1 for a packet sent to the Local Network Control Block (see RFC 3171)",
            "发往本地网络控制块的报文的生存时间（TTL）不是 1（见 RFC 3171）"
        ),
    ]
}

extension Severity {
    func heading(_ language: Language) -> String {
        switch (self, language) {
        case (.error, .en): "Errors"
        case (.warn, .en): "Warns"
        case (.note, .en): "Notes"
        case (.chat, .en): "Chats"
        case (.comment, .en): "Comments"
        case (.error, .zh): "错误"
        case (.warn, .zh): "警告"
        case (.note, .zh): "注意"
        case (.chat, .zh): "对话"
        case (.comment, .zh): "注释"
        }
    }
}
