import Bytes
package import Dissection
package import FTPProtocol

/// What happens on a control connection, in the order in which it could be known.
package enum ControlEvent: Sendable {
    /// A line from one side; its `start` and `end` are frame indexes.
    case line(ControlLine, from: Side)
    /// Bytes that the capture lacks.
    case gap(Int64, from: Side, frame: UInt32)
    /// The side's bytes are TLS records from here on.
    case encrypted(from: Side, frame: UInt32)
    /// The side's bytes are text again (RFC 4217 §12.3, CCC).
    case clear(from: Side, frame: UInt32)
}

/// A control connection read as lines: both sides assembled, Telnet removed, TLS noticed.
package struct ControlConversation: Sendable {
    package private(set) var tls = TLSFacts()

    private var sides = BySide(both: SideState())

    private struct SideState: Sendable {
        var lines = ControlLineReader()
        var isAtLineStart = true
        var mode = Mode.text
    }

    private enum Mode: Sendable {
        case text
        case encrypted(TLSReader)
        /// Encrypted with bytes missing: nothing more can be told apart.
        case opaque
    }

    package init() {}

    /// Reads a whole stream, or its first `frames` frames.
    package mutating func read(
        _ stream: Int, in index: CaptureIndex, frames limit: Int = .max, into emit: (ControlEvent) -> Void
    ) {
        let segments = index.segments(of: stream, limit: limit)
        var assemblers = BySide(
            StreamAssembler(segments, side: .initiator), StreamAssembler(segments, side: .responder))
        var queue = CausalQueue()
        for segment in segments {
            // Nearly every segment comes when it may be read.
            if queue.isEmpty, !CausalQueue.mustWait(segment, assemblers) {
                read(segment, &assemblers, in: index, emit)
                continue
            }
            queue.append(segment)
            while let next = queue.next(assemblers) { read(next, &assemblers, in: index, emit) }
        }
        while let next = queue.removeFirst() { read(next, &assemblers, in: index, emit) }
        for side in Side.allCases {
            if let last = sides[side].lines.finish(), !last.text.isEmpty { emit(.line(last, from: side)) }
        }
    }

    private mutating func read(
        _ segment: Segment, _ assemblers: inout BySide<StreamAssembler>, in index: CaptureIndex,
        _ emit: (ControlEvent) -> Void
    ) {
        guard segment.captured > 0 else { return }
        if segment.sender == .initiator {
            assemblers.initiator.push(segment) { take($0, from: .initiator, in: index, emit) }
        } else {
            assemblers.responder.push(segment) { take($0, from: .responder, in: index, emit) }
        }
    }

    private mutating func take(
        _ piece: StreamPiece, from side: Side, in index: CaptureIndex, _ emit: (ControlEvent) -> Void
    ) {
        switch piece {
        case .gap(let count, let frame):
            // What stands before a hole is told by itself, and what follows is not glued to it.
            if var open = sides[side].lines.finish(), !open.text.isEmpty {
                open.isDamaged = true
                if open.text.last == 0x0D { open.text.removeLast() }
                emit(.line(open, from: side))
            }
            sides[side].lines.skip(Int(clamping: count))
            sides[side].isAtLineStart = true
            if case .encrypted = sides[side].mode { sides[side].mode = .opaque }
            emit(.gap(count, from: side, frame: frame))
        case .bytes(let frame, let offset, let count, _):
            index.withBytes(ofFrame: frame) { bytes in
                read(bytes.slice(from: Int(offset), count: Int(count)), from: side, frame, emit)
            }
        }
    }

    private mutating func read(_ bytes: Bytes, from side: Side, _ frame: UInt32, _ emit: (ControlEvent) -> Void) {
        var offset = 0
        while offset < bytes.count {
            let rest = bytes.slice(from: offset)
            switch sides[side].mode {
            case .opaque: return
            case .encrypted(var reader):
                let outcome = reader.push(rest, into: &tls)
                sides[side].mode = .encrypted(reader)
                guard case .notTLS(let at) = outcome else { return }
                sides[side].mode = .text
                sides[side].isAtLineStart = true
                emit(.clear(from: side, frame: frame))
                // A byte that begins neither a record nor a line would be tried for ever.
                offset += at + ((20...24).contains(rest.u8(at: at)) ? 1 : 0)
            case .text:
                // No line begins with the control characters that begin a TLS record.
                if sides[side].isAtLineStart, (20...23).contains(rest.u8(at: 0)),
                    rest.count < 3 || rest.u8(at: 1) == 3
                {
                    sides[side].mode = .encrypted(TLSReader())
                    emit(.encrypted(from: side, frame: frame))
                    continue
                }
                let end = rest.firstIndex(of: 0x0A).map { $0 + 1 } ?? rest.count
                sides[side].lines.push(rest.slice(from: 0, count: end), at: Int(frame)) {
                    emit(.line($0, from: side))
                }
                sides[side].isAtLineStart = rest.u8(at: end - 1) == 0x0A
                offset += end
            }
        }
    }
}
