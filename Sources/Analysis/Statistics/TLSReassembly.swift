import Bytes
import CaptureFile
import Dissection

/// Which bytes of which frames make up the records of one TLS connection.
///
/// A frame needs an entry only where records do not begin and end with its payload. Nothing is copied: an entry says
/// where the pieces lie, and what is pending never grows beyond one record and the segment that completes it.
struct TLSReassembly: Sendable {
    struct Piece: Sendable, BitwiseCopyable {
        let frame: UInt32
        /// Into the payload.
        let offset: UInt32
        let count: UInt32
    }

    struct Entry: Sendable {
        var facts = TLSFrameFacts()
        var pieces: [Piece] = []
        /// Before the pieces.
        var session = TLSSession()
        /// What of a handshake message stands before the pieces, and before the frame's own records.
        var message: Mark?
        var ownMessage: Mark?
        /// Whether the payload is no TLS at all.
        var isForeign = false
    }

    /// A handshake message that several records hold, with what of which frame's.
    private struct Message: Sendable {
        var bytes: [UInt8] = []
        var pieces: [SegmentReassembly.Piece] = []
    }

    /// How much of a message was there.
    struct Mark: Sendable, BitwiseCopyable {
        fileprivate let message: Int
        fileprivate let count: Int
        fileprivate let pieces: Int
    }

    /// A record that its segments so far do not hold whole.
    private struct Pending {
        var start: UInt32
        /// Bytes that it has at least; nil until its header is there: then the next segment is taken whole.
        var wanted: UInt32?
        var next: UInt32
        var pieces: [Piece]
        var isBroken = false
    }

    private(set) var entries: [UInt32: Entry] = [:]
    /// The session before each frame in which it changed, in the order of the frames.
    private(set) var sessions: [(frame: UInt32, session: TLSSession)] = []
    private var session = TLSSession()
    private var pending = BySide<Pending?>(both: nil)
    private var expected = BySide<UInt32?>(both: nil)
    private var messages: [Message] = []
    /// Of what each side has not finished.
    private var openMessage = BySide<Int?>(both: nil)

    init(_ stream: Int, in index: CaptureIndex, server: Side, from first: UInt32, to end: UInt32, carriesFTP: Bool) {
        session.carriesFTP = carriesFTP
        sessions.append((0, session))
        index.forEachFrame(of: stream) { frame in
            guard frame >= first, frame < end else { return }
            let sender = index.frames[Int(frame)].sender
            index.withFrame(frame) { bytes, layers in
                guard layers.payload.captured > 0, layers.transport >= 0, layers[layers.transport].id == .tcp else {
                    return
                }
                let before = session
                read(frame, bytes, layers, sender, isFromServer: sender == server, index)
                if session != before { sessions.append((frame + 1, session)) }
            }
        }
    }

    /// What is known before `frame`.
    func session(before frame: UInt32) -> TLSSession {
        sessions[max(0, sessions.partitioningIndex { $0.frame > frame } - 1)].session
    }

    private mutating func read(
        _ frame: UInt32, _ bytes: Bytes, _ layers: borrowing Layers, _ sender: Side, isFromServer: Bool,
        _ index: CaptureIndex
    ) {
        let payload = bytes.slice(from: Int(layers.payload.offset), count: Int(layers.payload.captured))
        let sequence = Header<TCP>(bytes, layers[layers.transport])[.sequence]
        let count = UInt32(payload.count)
        var entry = Entry()
        entry.facts.session = session
        let late = expected[sender].map { Int32(bitPattern: sequence &- $0) } ?? 0
        guard late >= 0 else {
            entry.facts.isRepetition = true
            entries[frame] = entry
            return
        }
        expected[sender] = sequence &+ layers.payload.length
        var position: UInt32 = 0
        if let open = pending[sender] {
            position = join(open, frame, sequence, count, sender, isFromServer, &entry, index)
        }
        entry.facts.continued = position
        entry.facts.session = session
        if position < count { begin(frame, payload, position, sequence, layers, sender, isFromServer, &entry) }
        let isPlain =
            entry.facts.continued == 0 && entry.facts.open == 0 && entry.pieces.isEmpty && !entry.isForeign
            && entry.ownMessage == nil
        if !isPlain { entries[frame] = entry }
    }

    private func mark(_ sender: Side) -> Mark? {
        openMessage[sender].map {
            Mark(message: $0, count: messages[$0].bytes.count, pieces: messages[$0].pieces.count)
        }
    }

    /// What was there of a message.
    func beginning(_ mark: Mark?) -> TLSMessageBeginning? {
        mark.map {
            TLSMessageBeginning(
                Array(messages[$0.message].bytes.prefix($0.count)),
                Array(messages[$0.message].pieces.prefix($0.pieces)))
        }
    }

    /// Reads whole records, and keeps the pieces of handshake messages that more than one of them holds.
    private mutating func readRecords(
        _ bytes: Bytes, _ frame: UInt32, _ sender: Side, isFromServer: Bool
    ) -> TLSReadingEnd {
        TLS.read(bytes, session, fromServer: isFromServer) { range, isFirst, isLast in
            if isFirst {
                openMessage[sender] = messages.count
                messages.append(Message())
            }
            guard let open = openMessage[sender] else { return }
            messages[open].bytes.append(bytes.slice(from: range.lowerBound, count: range.count))
            messages[open].pieces.append(.init(frame: frame, count: UInt32(range.count)))
            if isLast { openMessage[sender] = nil }
        }
    }

    /// Gives the pending record what the segment has of it; answers how many bytes that is.
    private mutating func join(
        _ open: Pending, _ frame: UInt32, _ sequence: UInt32, _ count: UInt32, _ sender: Side, _ isFromServer: Bool,
        _ entry: inout Entry, _ index: CaptureIndex
    ) -> UInt32 {
        var open = open
        pending[sender] = nil
        let distance = sequence &- open.start
        if let wanted = open.wanted, distance >= wanted { return 0 }
        if open.wanted == nil, sequence != open.next { return 0 }
        let taken = min(count, open.wanted.map { $0 - distance } ?? count)
        if sequence != open.next { open.isBroken = true }
        open.pieces.append(Piece(frame: frame, offset: 0, count: taken))
        open.next = sequence &+ taken
        if let wanted = open.wanted, distance + taken < wanted {
            pending[sender] = open
            return taken
        }
        guard !open.isBroken else { return taken }
        let bytes = index.bytes(of: open.pieces)
        entry.message = mark(sender)
        let end = readRecords(bytes.bytes, frame, sender, isFromServer: isFromServer)
        guard end.offset > 0 || end.wanted == nil else {
            open.wanted = end.wanted.map { UInt32($0) }
            if end.wanted == 5 { open.wanted = nil }
            pending[sender] = open
            return taken
        }
        entry.pieces = open.pieces
        entry.facts.completes = true
        entry.session = session
        session = end.session
        if let wanted = end.wanted {
            // Only the last segment can reach beyond the record, so what is open lies in it.
            let rest = UInt32(bytes.count - end.offset)
            entry.facts.open = rest
            pending[sender] = Pending(
                start: open.next &- rest, wanted: wanted == 5 ? nil : UInt32(wanted), next: open.next,
                pieces: [Piece(frame: frame, offset: taken - min(taken, rest), count: min(taken, rest))])
        }
        return taken
    }

    /// Reads what stands behind the pending record.
    private mutating func begin(
        _ frame: UInt32, _ payload: Bytes, _ position: UInt32, _ sequence: UInt32, _ layers: borrowing Layers,
        _ sender: Side, _ isFromServer: Bool, _ entry: inout Entry
    ) {
        let fresh = payload.slice(from: Int(position))
        guard TLS.mayBegin(fresh) else {
            entry.isForeign = position == 0
            return
        }
        entry.ownMessage = mark(sender)
        let end = readRecords(fresh, frame, sender, isFromServer: isFromServer)
        session = end.session
        // What a snap length has cut off cannot be waited for.
        guard let wanted = end.wanted, layers.payload.captured == layers.payload.length else { return }
        let rest = UInt32(fresh.count - end.offset)
        entry.facts.open = rest
        let start = UInt32(payload.count) - rest
        pending[sender] = Pending(
            start: sequence &+ start, wanted: wanted == 5 ? nil : UInt32(wanted),
            next: sequence &+ UInt32(payload.count), pieces: [Piece(frame: frame, offset: start, count: rest)])
    }
}

extension CaptureIndex {
    /// The pieces put together.
    func bytes(of pieces: [TLSReassembly.Piece]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(pieces.reduce(0) { $0 + Int($1.count) })
        for piece in pieces {
            withFrame(piece.frame) { frame, layers in
                let payload = frame.slice(from: Int(layers.payload.offset), count: Int(layers.payload.captured))
                bytes.append(payload.slice(from: Int(piece.offset), count: Int(piece.count)))
            }
        }
        return bytes
    }
}
