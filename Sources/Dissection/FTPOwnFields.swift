/// What Wharf's sessions and transfers say about a frame, under names that Wireshark does not have.
enum FTPOwnField: String, CaseIterable, Sendable {
    case session = "ftp.session"
    case user = "ftp.user"
    case transfer = "ftp.transfer"
    case path = "ftp.transfer.path"
    case direction = "ftp.transfer.direction"
    case bytes = "ftp.transfer.bytes"
    case rate = "ftp.transfer.rate"
    case state = "ftp.transfer.state"
    case commandFrame = "ftp.transfer.command_frame"
    case requestFrame = "ftp.request.frame"
    case replyTime = "ftp.reply_time"
    case responseFrame = "ftp.response.frame"

    /// For trees: last below the protocol.
    static var rows: [FieldRow] {
        allCases.map { field in
            field.row(.inOrder(level: 1)) { field.forEachValue($0, $1) }.generated.needing(.sessions)
        }
    }

    /// The same for frames of these connections that hold nothing readable of FTP: handshakes, acknowledgments, TLS.
    static var rowsOfSegments: [FieldRow] {
        allCases.filter { ![.requestFrame, .replyTime, .responseFrame].contains($0) }.map { field in
            field.row(.alias) { input, sink in
                if !input.layers.has(.ftp), !input.layers.has(.ftpData) { field.forEachValue(input, sink) }
            }.needing(.sessions)
        }
    }

    private func row(
        _ role: FieldRow.Role,
        of forEachValue: @escaping @Sendable (borrowing FieldInput, (FieldRow.Value) -> Void) -> Void
    ) -> FieldRow {
        FieldRow(rawValue, label, type, type.display, role) { input, sink in
            let start = input.start
            forEachValue(input) { sink($0, start..<start) }
        }.own(meaning)
    }

    private var type: FieldType {
        switch self {
        case .session, .transfer: .uint32
        case .user, .path, .direction, .state: .string
        case .bytes, .rate: .uint64
        case .commandFrame, .requestFrame, .responseFrame: .frameNumber
        case .replyTime: .relativeTime
        }
    }

    private var label: String {
        switch self {
        case .session: "Session"
        case .user: "User"
        case .transfer: "Transfer"
        case .path: "Transfer path"
        case .direction: "Transfer direction"
        case .bytes: "Transfer bytes"
        case .rate: "Transfer rate, bytes per second"
        case .state: "Transfer state"
        case .commandFrame: "Transfer command frame"
        case .requestFrame: "Request frame"
        case .replyTime: "Reply time"
        case .responseFrame: "Response frame"
        }
    }

    /// For the reference.
    private var meaning: String {
        switch self {
        case .session:
            "The session's number as `wharf analyze` counts it, from 1: in every frame of its control connection and of its data connections, encrypted ones too"
        case .user: "The name that the session's client gave with USER; in the same frames"
        case .transfer:
            "The transfer's number as `wharf analyze` counts it, from 1: in its command, in the replies to that, and in every frame of its data connection"
        case .path: "The file's absolute path on the server where that can be known, else its name as it was said"
        case .direction: "`download`, `upload` or `listing`"
        case .bytes: "How many bytes of the file or listing were moved in all"
        case .rate: "Of the whole transfer, from the first byte to the last"
        case .state: "How the transfer ended: `complete`, `aborted`, `cut`, `blocked` or `refused` (docs/json.md)"
        case .commandFrame: "The frame of the transfer's command"
        case .requestFrame: "In the frame of a reply: the frame of the command that it answers"
        case .replyTime: "In the frame of the first reply to a command: the time since the command was complete"
        case .responseFrame: "In the frame of a command: the frame of the first reply to it"
        }
    }

    private func forEachValue(_ input: borrowing FieldInput, _ sink: (FieldRow.Value) -> Void) {
        guard let table = input.context?.ftp, input.facts.reference.session != nil else { return }
        let frame = input.facts.frame.index
        func number(_ frame: UInt32) { sink(.number(UInt64(frame) + 1)) }
        switch self {
        case .session: for session in table.sessions(of: input.facts) { sink(.number(UInt64(session) + 1)) }
        case .user:
            for session in table.sessions(of: input.facts) { if let user = table.users[session] { sink(.text(user)) } }
        case .requestFrame: for answer in table.answers.run(frame, { $0.reply }) { number(answer.request) }
        case .replyTime:
            for answer in table.answers.run(frame, { $0.reply }) { if let time = answer.time { sink(.span(time)) } }
        case .responseFrame: for answer in table.firstAnswers.run(frame, { $0.request }) { number(answer.reply) }
        case .transfer, .path, .direction, .bytes, .rate, .state, .commandFrame:
            for transfer in table.transfers(of: input.facts) {
                if let value = value(of: transfer, table.transfers) { sink(value) }
            }
        }
    }

    private func value(of transfer: Int, _ transfers: [FTPFacts.Transfer]) -> FieldRow.Value? {
        switch self {
        case .transfer: .number(UInt64(transfer) + 1)
        case .path: .text(transfers[transfer].path)
        case .direction: .text(transfers[transfer].direction)
        case .bytes: transfers[transfer].bytes.map { .number($0) }
        case .rate: transfers[transfer].rate.map { .number($0) }
        case .state: .text(transfers[transfer].state)
        case .commandFrame: transfers[transfer].commandFrame.map { .number(UInt64($0) + 1) }
        case .session, .user, .requestFrame, .replyTime, .responseFrame: nil
        }
    }
}
