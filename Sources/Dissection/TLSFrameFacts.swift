import Bytes

/// What the frames before it tell about a frame's TLS records.
package struct TLSFrameFacts: Sendable, Hashable, BitwiseCopyable {
    package var session = TLSSession()
    package var isFromServer = false
    /// How many bytes at the payload's start go on what earlier frames have begun.
    package var continued: UInt32 = 0
    /// How many bytes at its end begin what later frames go on.
    package var open: UInt32 = 0
    /// Whether the frame completes records of earlier ones: the context has them.
    package var completes = false
    /// Whether it is those that are read.
    package var isReassembled = false
    /// Whether nothing is read in the frame: it repeats what was already there.
    package var isRepetition = false

    package init() {}
}

/// What a frame completes of pieces that came in several segments (RFC 8446 §5.1: records know nothing of segments).
package final class SegmentReassembly: Sendable {
    package struct Piece: Sendable, Hashable, BitwiseCopyable {
        package let frame: UInt32
        package let count: UInt32

        package init(frame: UInt32, count: UInt32) {
            self.frame = frame
            self.count = count
        }
    }

    package let pieces: [Piece]
    /// Where each piece begins in the whole.
    private let starts: [Int]
    package let bytes: [UInt8]
    package let session: TLSSession
    /// What earlier records have of the handshake message that it goes on with, and of that of the frame's own records.
    let beginning: Beginning
    let ownBeginning: Beginning

    /// Only asked for where the message ends: it may be long, and many records may go on with it.
    package typealias Beginning = @Sendable () -> TLSMessageBeginning?

    package init(
        _ pieces: [Piece], _ bytes: [UInt8], _ session: TLSSession, _ beginning: @escaping Beginning,
        own: @escaping Beginning
    ) {
        self.beginning = beginning
        ownBeginning = own
        self.pieces = pieces
        var end = 0
        starts = pieces.map { piece in
            defer { end += Int(piece.count) }
            return end
        }
        self.bytes = bytes
        self.session = session
    }

    /// Where the piece of a frame lies in the whole; pieces stand in the order of their frames.
    func range(ofFrame frame: UInt32) -> Range<Int>? {
        let place = pieces.partitioningIndex { $0.frame >= frame }
        guard place < pieces.count, pieces[place].frame == frame else { return nil }
        return starts[place]..<starts[place] + Int(pieces[place].count)
    }

    var layers: Layers {
        var layers = Layers()
        _ = layers.push(.tls, at: 0, length: bytes.count)
        let count = UInt32(truncatingIfNeeded: bytes.count)
        layers.payload = PayloadRange(offset: 0, length: count, captured: count)
        return layers
    }
}

extension FrameFacts {
    /// What holds for records that the frame completes, which are read before those that it holds whole.
    func ofReassembly(_ reassembly: SegmentReassembly) -> FrameFacts {
        var facts = self
        facts.tls.session = reassembly.session
        facts.tls.completes = false
        facts.tls.isReassembled = true
        return facts
    }
}

extension FieldInput {
    /// What the frame completes of earlier segments.
    var reassembly: SegmentReassembly? { facts.tls.completes ? context?.reassembly(of: facts.frame) : nil }
}
