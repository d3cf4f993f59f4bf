import Bytes

/// What a pcapng file says about one frame besides its bytes and time (draft-ietf-opsawg-pcapng, section 4.3.1).
package struct FrameOptions: Hashable, Sendable {
    /// `epb_flags`: direction, how the frame was addressed, and link-layer errors.
    package var flags: UInt32?
    /// Frames lost between the one before and this one.
    package var dropCount: UInt64?
    /// The same for every appearance of one packet, where it was captured at several interfaces.
    package var packetID: UInt64?
    /// Of the interface that received the frame.
    package var queue: UInt32?
    package var comments: [String] = []

    package enum Direction: UInt32, Sendable { case inbound = 1, outbound = 2 }

    package var direction: Direction? { flags.flatMap { Direction(rawValue: $0 & 3) } }

    /// Bytes of frame check sequence at the end of the frame; nil when the file does not say.
    package var fcsLength: UInt8? {
        flags.flatMap { $0 >> 5 & 0xF == 0 ? nil : UInt8($0 >> 5 & 0xF) }
    }
}

extension Capture {
    /// Whether a file of the capture numbers its interfaces and sections.
    ///
    /// - Parameter file: an index into ``files``.
    package func isPcapng(file: Int) -> Bool {
        guard sources.indices.contains(file), case .pcapng = sources[file].format else { return false }
        return true
    }

    /// The options of a frame that a reader of this capture has given, with the metadata that reader has; nil when the
    /// frame has none, as in every pcap file.
    package func options(of header: FrameHeader, _ metadata: CaptureMetadata) -> FrameOptions? {
        let index = fileIndex(at: header.position)
        guard case .pcapng = sources[index].format, header.interface < metadata.interfaces.count else { return nil }
        let section = metadata.interfaces[Int(header.interface)].section
        guard metadata.sections.indices.contains(section) else { return nil }
        let order = metadata.sections[section].byteOrder
        let headerLength = 28
        guard header.position >= files[index].position + UInt64(headerLength) else { return nil }
        let bytes = bytes(at: header.position - UInt64(headerLength), count: PcapngBlock.longest)
        let type = BlockType(rawValue: bytes.u32(at: 0, order))
        let length = (Int(bytes.u32(at: 4, order)) + 3) & ~3
        let end = headerLength + (Int(header.capturedLength) + 3) & ~3
        // A simple packet has a shorter header and no options; what lies before it is not a packet of this length.
        guard type == .enhancedPacket || type == .packet, bytes.u32(at: 20, order) == header.capturedLength,
            end < length - 4 || type == .packet, end <= length - 4, bytes.has(length, at: 0)
        else { return nil }
        let isEnhanced = type == .enhancedPacket
        var options = FrameOptions(bytes.slice(from: end, count: length - 4 - end), order, isEnhanced: isEnhanced)
        // A Packet Block counts them in its header; all ones say that nobody did.
        if !isEnhanced, bytes.u16(at: 10, order) != .max { options.dropCount = UInt64(bytes.u16(at: 10, order)) }
        return options
    }

    /// Whether a frame stands in a Simple Packet Block. Nothing is kept of it: the block's header, which is read again,
    /// cannot be the end of another packet's, since its length, four bytes further, is longer than the packet.
    package func lacksTime(_ header: FrameHeader, _ metadata: CaptureMetadata) -> Bool {
        let headerLength: UInt64 = 12
        let index = fileIndex(at: header.position)
        guard metadata.hasSimplePackets, case .pcapng = sources[index].format,
            header.interface < metadata.interfaces.count,
            header.position >= files[index].position + headerLength
        else { return false }
        let section = metadata.interfaces[Int(header.interface)].section
        guard metadata.sections.indices.contains(section) else { return false }
        let order = metadata.sections[section].byteOrder
        let block = bytes(at: header.position - headerLength, count: Int(headerLength))
        return BlockType(rawValue: block.u32(at: 0, order)) == .simplePacket
            && block.u32(at: 4, order) > header.capturedLength
    }
}

extension FrameOptions {
    /// The obsolete Packet Block shares the comment and the flags, and nothing else.
    init(_ bytes: Bytes, _ order: ByteOrder, isEnhanced: Bool) {
        var option = PcapngOptions(bytes, order)
        while option.advance() {
            switch option.code {
            case PcapngOptions.comment: comments.append(option.text)
            case 2: flags = option.u32
            case 4 where isEnhanced: dropCount = option.u64
            case 5 where isEnhanced: packetID = option.u64
            case 6 where isEnhanced: queue = option.u32
            default: break
            }
        }
    }
}
