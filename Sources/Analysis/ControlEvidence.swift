import Bytes
import Dissection
import FTPProtocol

/// Whether a TCP stream is an FTP control connection, judged by what is said on it; ports only help where nothing is
/// said.
struct ControlEvidence {
    /// The side that speaks in commands; the other one answers.
    private(set) var client = Side.initiator
    private(set) var isFTP = false
    /// Everything that was said, so that it need not be read again; nil where reading stopped before the end.
    private(set) var heard: (events: [ControlEvent], tls: TLSFacts)?

    /// Frames to look at before judging: enough for a login with a long welcome text.
    private static let frameLimit = 256

    fileprivate struct Tally {
        var commands = 0
        var distinctive = 0
        var ofOthers = 0
        var replies = 0
        var loginReplies = 0
        /// Those that no other protocol has.
        var ownReplies = 0
        var greetsAsFTP = false
        var lines = 0
    }

    init(_ stream: Int, in index: CaptureIndex) {
        let record = index.streams[stream]
        let isControlPort = record.responder.port == 21 || record.initiator.port == 21
        let isImplicitPort = record.responder.port == 990 || record.initiator.port == 990
        if record.responder.port != 21, record.responder.port != 990, isControlPort || isImplicitPort {
            client = .responder
        }
        guard record.payloadBytes > 0 else {
            // Nobody said a word: the port is all there is, and an attempt that failed is worth telling.
            isFTP = isControlPort && record.sides.initiator.flags.contains(.syn)
            return
        }
        guard isControlPort || isImplicitPort || Self.mayBeControl(record, in: index) else { return }

        var tallies = BySide(both: Tally())
        var isEncrypted = false
        var events: [ControlEvent] = []
        // Where nothing is missing or late, the first frames say the same whether the others are read or not.
        let isOrderly = record.sides.initiator.isWhole && record.sides.responder.isWhole && !record.isOutOfTime
        let isReadWhole = record.frames <= Self.frameLimit || (isControlPort && isOrderly)
        var last = UInt32.max
        if record.frames > Self.frameLimit { index.forEachFrame(of: stream, limit: Self.frameLimit) { last = $0 } }
        let conversation = ControlConversation(stream, in: index, frames: isReadWhole ? .max : Self.frameLimit) {
            event in
            if isReadWhole { events.append(event) }
            switch event {
            case .line(let line, let side): if line.end <= Int(last) { tallies[side].count(line) }
            case .encrypted: isEncrypted = true
            default: break
            }
        }
        if isReadWhole { heard = (events, conversation.tls) }
        if tallies.initiator.lines + tallies.responder.lines == 0 {
            // TLS from the first byte: the port registered for it, or ALPN's word (RFC 7301) that FTP is inside.
            let saysSo = conversation.tls.offeredProtocols.contains { $0.hasPrefix("ftp") }
            // Nothing readable at all on FTP's own port: cut off by the snap length.
            isFTP = isEncrypted ? isImplicitPort || saysSo : isControlPort
            return
        }
        for side in Side.allCases where Self.isClient(tallies[side], of: tallies[side.other], isControlPort) {
            client = side
            isFTP = true
            return
        }
    }

    /// A cheap look at the first bytes of each side, so that a gigabyte of something else costs nothing.
    private static func mayBeControl(_ record: TCPStream, in index: CaptureIndex) -> Bool {
        Side.allCases.contains { side in
            let frame = record.sides[side].firstData
            guard frame != FrameRecord.none else { return false }
            return index.withFrame(frame) { bytes, layers in
                let start = bytes.slice(from: Int(layers.payload.offset), count: Int(layers.payload.captured))
                if TLS.isRecordHeader(start) && start.u8(at: 0) == 22 { return true }
                let head = start.slice(from: 0, count: 16).array
                return ReplyCode(startOf: head) != nil
                    || CommandOutline(Array(head.prefix { $0 > 0x20 })).map { VerbTable.role($0.verb) != nil } ?? false
            }
        }
    }

    private static func isClient(_ client: Tally, of server: Tally, _ isControlPort: Bool) -> Bool {
        guard client.replies == 0, server.replies > 0 || server.lines == 0 else { return false }
        // An FTP server stays one whatever is said to it. Else commands of other protocols speak against it, and lines that are
        // no commands are tolerated where the capture lost bytes, not as a habit.
        let answersAsFTP = client.commands > 0 && server.ownReplies > 0
        guard answersAsFTP || (client.ofOthers == 0 && client.commands * 2 >= client.lines) else { return false }
        if isControlPort { return client.commands + server.replies > 0 }
        if server.lines == 0 { return client.commands >= 2 && client.distinctive > 0 }
        if client.lines == 0 { return server.greetsAsFTP }
        return client.distinctive > 0 || (client.commands > 0 && (server.loginReplies > 0 || server.greetsAsFTP))
    }
}

extension ControlEvidence.Tally {
    fileprivate mutating func count(_ line: ControlLine) {
        // A piece that a hole or the snap length left says nothing either way, unless it can be understood.
        if !line.isDamaged { lines += 1 }
        if let code = ReplyCode(startOf: line.text) {
            replies += 1
            // 331, 332, 230, 232, 530: no other protocol asks for a password with these.
            if code.group == .authentication, code.rawValue != 235 { loginReplies += 1 }
            if [226, 227, 229, 257, 331].contains(code.rawValue) { ownReplies += 1 }
            if code.rawValue == 220 {
                greetsAsFTP = greetsAsFTP || displayText(line.text).uppercased().contains("FTP")
            }
        } else if line.text.first.map({ $0 > 0x20 }) ?? false, let command = CommandOutline(line.text) {
            // Lines inside a reply to FEAT or HELP also look like commands, but for the space before them.
            if VerbTable.role(command.verb) != nil { commands += 1 }
            if Self.isDistinctive(command.verb) { distinctive += 1 }
            if Self.isOfOthers(command.verb) { ofOthers += 1 }
        }
    }

    /// Commands that neither SMTP, POP3, IMAP, NNTP nor IRC have.
    private static func isDistinctive(_ verb: Verb) -> Bool {
        switch verb {
        case "PASV", "EPSV", "PORT", "EPRT", "LPSV", "LPRT", "TYPE", "CWD", "CDUP", "PWD", "XPWD", "XCWD", "SYST",
            "STOR", "APPE", "NLST", "MLSD", "MLST", "MDTM", "FEAT", "REST", "RNFR", "RNTO", "MKD", "RMD", "PBSZ",
            "PROT", "ABOR":
            true
        default: false
        }
    }

    private static func isOfOthers(_ verb: Verb) -> Bool {
        switch verb {
        case "EHLO", "HELO", "LHLO", "MAIL", "RCPT", "DATA", "BDAT", "UIDL", "CAPA": true
        default: false
        }
    }
}
