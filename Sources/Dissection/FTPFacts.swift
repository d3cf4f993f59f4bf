import Bytes

/// What the sessions of a capture know and single frames refer to: kept once, and found by the indexes in
/// ``FrameFacts``.
package final class FTPFacts: Sendable {
    /// One transfer, as its frames tell of it. Frames are indices, counted from 0.
    package struct Transfer: Sendable {
        /// Where the data connection was agreed on, and by which command.
        package var setupFrame: UInt32?
        package var setupMethod: String?
        /// `RETR name`; nil where the capture lacks the command.
        package var command: String?
        package var commandFrame: UInt32?
        /// The client's directory when it gave the command.
        package var directory: String?
        package var data: DataConnection?
        package var session = 0
        package var path = ""
        package var direction = ""
        package var state = ""
        /// Of the file or listing; nil without a data connection.
        package var bytes: UInt64?
        /// Bytes a second; nil where no time passed.
        package var rate: UInt64?

        package init() {}
    }

    /// A reply and the command that it answers.
    package struct Answer: Sendable, BitwiseCopyable {
        package let request: UInt32
        package let reply: UInt32
        /// Nanoseconds since the command was complete; nil but for the first reply to it.
        package let time: Int64?

        package init(request: UInt32, reply: UInt32, time: Int64?) {
            (self.request, self.reply, self.time) = (request, reply, time)
        }
    }

    /// The segments with data that answered a command.
    package struct DataConnection: Sendable, BitwiseCopyable {
        package var firstFrame: UInt32
        package var lastFrame: UInt32
        package var frames: UInt32
        package var bytes: UInt32
        /// In milliseconds.
        package var duration: UInt32

        package init(firstFrame: UInt32, lastFrame: UInt32, frames: UInt32, bytes: UInt32, duration: UInt32) {
            (self.firstFrame, self.lastFrame) = (firstFrame, lastFrame)
            (self.frames, self.bytes, self.duration) = (frames, bytes, duration)
        }

        /// In kilobits per second, which are bits per millisecond.
        var bitrate: UInt32 {
            duration == 0 ? 0 : UInt32(clamping: UInt64(bytes) * 8 / UInt64(duration))
        }
    }

    package let transfers: [Transfer]
    /// By session, in the order in which the client went there.
    let directories: [[String]]
    /// By session; nil where nobody said it.
    let users: [String?]
    /// In order only once a field asks for them: the packet list does not.
    private let ordered: Deferred<Ordered>
    var answers: [Answer] { ordered.value.answers }
    var firstAnswers: [Answer] { ordered.value.firstAnswers }
    /// What the packet list says of the transfers' data, one text behind the other, and where each ends: every frame
    /// of data has it.
    private let notes: [UInt8]
    private let noteEnds: [Int]

    package init(
        _ transfers: [Transfer], users: [String?], directories: [[String]], answers: [Answer],
        told: [(frame: UInt32, transfer: Int)]
    ) {
        self.transfers = transfers
        self.directories = directories
        self.users = users
        ordered = Deferred { Ordered(answers, told) }
        var notes: [UInt8] = []
        noteEnds = transfers.map { transfer in
            for part in [transfer.setupMethod, transfer.command] {
                if let part { notes.append(" (\(part))") }
            }
            return notes.count
        }
        self.notes = notes
    }

    /// ` (PASV) (RETR name)`, as far as the capture has it.
    func appendNote(of transfer: Int, to text: inout [UInt8]) {
        let start = transfer == 0 ? 0 : noteEnds[transfer - 1]
        let notes = notes
        text.append(notes.bytes.slice(from: start, count: noteEnds[transfer] - start))
    }

    func directory(_ reference: FTPReference) -> String? {
        guard let session = reference.session, let directory = reference.directory else { return nil }
        return directories[session][directory]
    }

    /// The transfers that the frame tells of: whose data it carries, or that its commands and replies are about.
    package func transfers(of facts: FrameFacts) -> [Int] {
        let told = ordered.value.told.run(facts.frame.index) { $0.frame }
        guard told.isEmpty else { return told.map(\.transfer) }
        return [facts.reference.transfer, facts.reference.partner].compactMap { $0 }.sorted()
    }

    /// The sessions whose frame it is: two where one server sends to the other.
    package func sessions(of facts: FrameFacts) -> [Int] {
        guard let session = facts.reference.session else { return [] }
        guard let partner = facts.reference.partner, transfers[partner].session != session else { return [session] }
        return [session, transfers[partner].session].sorted()
    }
}

extension FTPFacts {
    private struct Ordered: Sendable {
        /// In the order of the replies, and the first ones of each command in the order of the commands.
        let answers: [Answer]
        let firstAnswers: [Answer]
        /// The transfers that commands and replies are about, in the order of their frames.
        let told: [(frame: UInt32, transfer: Int)]

        init(_ answers: [Answer], _ told: [(frame: UInt32, transfer: Int)]) {
            self.answers = answers.sorted { ($0.reply, $0.request) < ($1.reply, $1.request) }
            firstAnswers = answers.filter { $0.time != nil }.sorted { ($0.request, $0.reply) < ($1.request, $1.reply) }
            self.told = told.sorted { ($0.frame, $0.transfer) < ($1.frame, $1.transfer) }
        }
    }
}

extension Array {
    /// The elements of a sorted array that have one key.
    func run(_ wanted: UInt32, _ key: (Element) -> UInt32) -> ArraySlice<Element> {
        self[partitioningIndex { key($0) >= wanted }...].prefix { key($0) == wanted }
    }
}

/// Where a frame's part of ``FTPFacts`` stands.
package struct FTPReference: Sendable, BitwiseCopyable {
    /// Of those of the session.
    package var directory: Int? {
        get { Self.index(directoryNumber) }
        set { directoryNumber = Self.number(newValue) }
    }
    /// The transfer whose data the frame carries or whose command it gives.
    package var transfer: Int? {
        get { Self.index(transferNumber) }
        set { transferNumber = Self.number(newValue) }
    }
    /// The transfer whose data connection is agreed on in the frame.
    package var agreed: Int? {
        get { Self.index(agreedNumber) }
        set { agreedNumber = Self.number(newValue) }
    }
    /// The session whose control or data connection the frame is of.
    package var session: Int? {
        get { Self.index(sessionNumber) }
        set { sessionNumber = Self.number(newValue) }
    }
    /// Another session's transfer over the same data connection.
    package var partner: Int? {
        get { Self.index(partnerNumber) }
        set { partnerNumber = Self.number(newValue) }
    }

    // Every frame is given one: half the size of what could be nil.
    private var directoryNumber = UInt32.max
    private var transferNumber = UInt32.max
    private var agreedNumber = UInt32.max
    private var sessionNumber = UInt32.max
    private var partnerNumber = UInt32.max

    package init() {}

    private static func index(_ number: UInt32) -> Int? { number == .max ? nil : Int(number) }
    private static func number(_ index: Int?) -> UInt32 { index.flatMap { UInt32(exactly: $0) } ?? .max }
}

/// A value that FTP's sessions give to a frame.
package enum FTPFactsField: Sendable {
    case directory
    case firstFrame, lastFrame, duration, bitrate, frames, bytes, setupFrame, command, commandFrame
    case dataSetupFrame, dataSetupMethod, dataCommand, dataCommandFrame, dataDirectory

    func value(_ input: borrowing FieldInput) -> FieldRow.Value? {
        guard let table = input.context?.ftp else { return nil }
        let reference = input.facts.reference
        switch self {
        // Empty as long as nothing has told it.
        case .directory: return .text(table.directory(reference) ?? "")
        case .command, .commandFrame:
            guard let place = reference.agreed else { return nil }
            if case .commandFrame = self { return number(table.transfers[place].commandFrame, 1) }
            return table.transfers[place].command.map { .text($0) }
        default:
            guard let place = reference.transfer else { return nil }
            return value(table.transfers, place)
        }
    }

    /// Of the transfer at a place: a copy of all that is known of it would cost more than the value.
    private func value(_ transfers: [FTPFacts.Transfer], _ place: Int) -> FieldRow.Value? {
        switch self {
        case .firstFrame: number(transfers[place].data?.firstFrame, 1)
        case .lastFrame: number(transfers[place].data?.lastFrame, 1)
        case .duration: number(transfers[place].data?.duration)
        case .bitrate: number(transfers[place].data?.bitrate)
        case .frames: number(transfers[place].data?.frames)
        case .bytes: number(transfers[place].data?.bytes)
        case .setupFrame, .dataSetupFrame: number(transfers[place].setupFrame, 1)
        case .dataSetupMethod: transfers[place].setupMethod.map { .text($0) }
        case .dataCommand: transfers[place].command.map { .text($0) }
        case .dataCommandFrame: number(transfers[place].commandFrame, 1)
        case .dataDirectory: .text(transfers[place].directory ?? "")
        case .directory, .command, .commandFrame: nil
        }
    }

    /// - Parameter base: 1 for frames, which people count from there.
    private func number(_ value: UInt32?, _ base: UInt64 = 0) -> FieldRow.Value? {
        value.map { .number(UInt64($0) + base) }
    }
}
