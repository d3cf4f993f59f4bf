import Bytes
import Dissection
import FTPProtocol

/// What both sides of a control connection say, as lines: Telnet removed, TLS noticed. Takes the bytes in their order.
struct ControlText: Sendable {
    private(set) var tls = TLSFacts()

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

    /// Hands on lines that have no end.
    mutating func finish(_ emit: (ControlEvent) -> Void) {
        for side in Side.allCases {
            if let last = sides[side].lines.finish(), !last.text.isEmpty { emit(.line(last, from: side)) }
        }
    }

    /// Takes what became readable next.
    mutating func take(
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
