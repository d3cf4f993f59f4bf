import Bytes
import Synchronization

/// What the capture says about its frames beside their bytes: looked up when a field asks for it, and carried by
/// reference, so that frames whose fields do not ask pay nothing for it.
package final class CaptureContext: Sendable {
    package struct Interface: Sendable {
        /// Nil in formats that do not number interfaces.
        package var id: UInt32?
        package var name: String?
        package var description: String?
        /// Counted from 1; nil in formats without sections.
        package var section: UInt32?
        /// Wireshark's number of the link layer.
        package var encapsulation: Int64?
        /// Bytes of frame check sequence at the end of each frame; nil when the file does not say.
        package var checkSequenceLength: Int?
        /// Digits of the fraction of a second that times of its frames have.
        package var timeDigits = 9

        package init() {}
    }

    /// The options of one frame.
    package struct Packet: Sendable {
        package var flags: UInt32?
        package var dropCount: UInt64?
        package var packetID: UInt64?
        package var queue: UInt32?
        package var comments: [String] = []

        package init() {}
    }

    /// Whether addresses are shown by names where those are known.
    package let resolvesNames: Bool
    /// What the sessions of the capture know; nil where they were not read.
    let ftp: FTPFacts?
    package var sessions: FTPFacts? { ftp }
    /// Whether any frame has a comment.
    let hasComments: Bool
    private let interfaces: [Interface]
    /// Nil for formats whose frames have no options.
    private let packets: (@Sendable (UInt32) -> Packet)?
    private let fragments: @Sendable (UInt32) -> [SegmentReassembly.Piece]
    private let records: @Sendable (UInt32) -> SegmentReassembly?
    /// What was put together last, and in which frame: nearly all that is asked of it is asked at once.
    private let lastRecords = Mutex<(frame: UInt32, SegmentReassembly?)?>(nil)

    /// - Parameters:
    ///   - packets: reads the options of a frame, counted from 0; nil for formats whose frames have none.
    ///   - fragments: those of the datagram that a frame completes, in the order of their offsets; together they are all of it.
    ///   - records: what a frame completes of TLS records that earlier frames began.
    package init(
        interfaces: [Interface], ftp: FTPFacts? = nil, resolvesNames: Bool = false, hasComments: Bool = false,
        packets: (@Sendable (UInt32) -> Packet)?,
        fragments: @escaping @Sendable (UInt32) -> [SegmentReassembly.Piece] = { _ in [] },
        records: @escaping @Sendable (UInt32) -> SegmentReassembly? = { _ in nil }
    ) {
        self.ftp = ftp
        self.hasComments = hasComments
        self.fragments = fragments
        self.records = records
        self.interfaces = interfaces
        self.resolvesNames = resolvesNames
        self.packets = packets
    }

    func timeDigits(of frame: FrameHeaderFacts) -> Int {
        Int(frame.interface) < interfaces.count ? interfaces[Int(frame.interface)].timeDigits : 9
    }

    func encapsulation(of frame: FrameHeaderFacts) -> Int64? {
        Int(frame.interface) < interfaces.count ? interfaces[Int(frame.interface)].encapsulation : nil
    }

    func checkSequenceLength(of frame: FrameHeaderFacts) -> Int? {
        if let packets, let flags = packets(frame.index).flags, flags >> 5 & 0xF > 0 { return Int(flags >> 5 & 0xF) }
        return Int(frame.interface) < interfaces.count ? interfaces[Int(frame.interface)].checkSequenceLength : nil
    }

    func interface(of frame: FrameHeaderFacts) -> Interface? {
        Int(frame.interface) < interfaces.count ? interfaces[Int(frame.interface)] : nil
    }

    func fragments(of frame: FrameHeaderFacts) -> [SegmentReassembly.Piece] { fragments(frame.index) }

    func reassembly(of frame: FrameHeaderFacts) -> SegmentReassembly? {
        lastRecords.withLock { last in
            if let last, last.frame == frame.index { return last.1 }
            let found = records(frame.index)
            last = (frame.index, found)
            return found
        }
    }

    func isCommented(_ frame: FrameHeaderFacts) -> Bool { hasComments && !packet(of: frame).comments.isEmpty }

    func packet(of frame: FrameHeaderFacts) -> Packet { packets?(frame.index) ?? Packet() }
}

extension FieldInput {
    /// The fragments of the datagram that the frame completes.
    var fragments: [SegmentReassembly.Piece] { completesDatagram ? context?.fragments(of: facts.frame) ?? [] : [] }

    /// The address's name if names are shown and it has one, else the address.
    func name(of address: MACAddress) -> String {
        (context?.resolvesNames ?? false) ? address.name ?? address.description : address.description
    }

    /// Name and address: `Broadcast (ff:ff:ff:ff:ff:ff)`.
    func both(_ address: MACAddress) -> String {
        (context?.resolvesNames ?? false) ? "\(name(of: address)) (\(address))" : address.description
    }

    /// What the frame or its interface says about a check sequence at its end; nil when neither does.
    var checkSequenceLength: Int? { context?.checkSequenceLength(of: facts.frame) }
}
