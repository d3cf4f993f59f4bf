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
    static var rows: [FieldRow] { allCases.map { $0.row(.inOrder(level: 1), of: $0.values).generated } }

    /// The same for frames of these connections that hold nothing readable of FTP: handshakes, acknowledgments, TLS.
    static var rowsOfSegments: [FieldRow] {
        allCases.filter { ![.requestFrame, .replyTime, .responseFrame].contains($0) }.map { field in
            field.row(.alias) { input in
                input.layers.has(.ftp) || input.layers.has(.ftpData) ? [] : field.values(input)
            }.needing(.application)
        }
    }

    private func row(
        _ role: FieldRow.Role, of values: @escaping @Sendable (borrowing FieldInput) -> [FieldRow.Value]
    ) -> FieldRow {
        FieldRow(rawValue, label, type, type.display, role) { input, sink in
            for value in values(input) { sink(value, input.start..<input.start) }
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

    private func values(_ input: borrowing FieldInput) -> [FieldRow.Value] {
        guard let table = input.context?.ftp, input.facts.reference.session != nil else { return [] }
        let frame = input.facts.frame.index
        func transfers(_ value: (FTPFacts.Transfer) -> FieldRow.Value?) -> [FieldRow.Value] {
            table.transfers(of: input.facts).compactMap { value(table.transfers[$0]) }
        }
        func number(_ frame: UInt32) -> FieldRow.Value { .number(UInt64(frame) + 1) }
        switch self {
        case .session: return table.sessions(of: input.facts).map { .number(UInt64($0) + 1) }
        case .user: return table.sessions(of: input.facts).compactMap { table.users[$0].map { .text($0) } }
        case .transfer: return table.transfers(of: input.facts).map { .number(UInt64($0) + 1) }
        case .path: return transfers { .text($0.path) }
        case .direction: return transfers { .text($0.direction) }
        case .bytes: return transfers { $0.bytes.map { .number($0) } }
        case .rate: return transfers { $0.rate.map { .number($0) } }
        case .state: return transfers { .text($0.state) }
        case .commandFrame: return transfers { $0.commandFrame.map(number) }
        case .requestFrame: return table.answers.run(frame) { $0.reply }.map { number($0.request) }
        case .replyTime: return table.answers.run(frame) { $0.reply }.compactMap { $0.time.map { .span($0) } }
        case .responseFrame: return table.firstAnswers.run(frame) { $0.request }.map { number($0.reply) }
        }
    }
}
