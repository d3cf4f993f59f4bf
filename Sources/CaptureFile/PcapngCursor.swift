import Bytes

/// Walks the blocks of one pcapng file (draft-ietf-opsawg-pcapng): hands out frames, and keeps everything else in the
/// capture's metadata.
///
/// ``next(in:_:frame:)`` is the path of every frame: in a release build its steps are inlined, and what is rare is not.
struct PcapngCursor: Sendable {
    /// Of the file's first byte in the capture's address space.
    private let base: UInt64
    private let file: Int
    private(set) var offset = 0

    /// What the current section has declared.
    private(set) var order: ByteOrder
    private var hasSection = false
    private var clocks: [TickClock] = []
    private var firstInterface = 0
    private var firstSnapLength: UInt32 = 0
    /// Simple packets carry no time and take the last one seen.
    private var lastTime: Int64 = 0
    /// Where a block lies whose lengths disagree, but which is followed by a sound one.
    private var forgiven = -1

    init(base: UInt64, file: Int, order: ByteOrder) {
        self.base = base
        self.file = file
        self.order = order
    }

    /// Goes on to the next frame; `frame` is its index over the whole capture.
    mutating func next(in bytes: Bytes, _ metadata: inout CaptureMetadata, frame: UInt64) -> Step {
        var stop = Step.end
        while let block = nextBlock(in: bytes, &stop) {
            if let step = read(block, in: bytes, &metadata, frame: frame) { return step }
        }
        return stop
    }

    /// The next block with sound framing; nil when there is none here, and then `stop` says why.
    @inline(__always)
    mutating func nextBlock(in bytes: Bytes, _ stop: inout Step) -> PcapngBlock? {
        guard bytes.has(PcapngBlock.overhead, at: offset) else {
            let present = bytes.count - offset
            stop = present <= 0 ? .end : .damage(.blockHeaderCut(present: present), at: offset)
            return nil
        }
        if bytes.u32(at: offset) == BlockType.sectionHeader.rawValue,
            let order = PcapngBlock.byteOrder(in: bytes, at: offset)
        {
            self.order = order
        }
        let type = BlockType(rawValue: bytes.u32(at: offset, order))
        let claimed = bytes.u32(at: offset &+ 4, order)
        // The draft wants multiples of four; some writers leave the padding out of the length and write it anyway.
        let length = (Int(claimed) &+ 3) & ~3
        guard length >= PcapngBlock.overhead, length <= PcapngBlock.longest, bytes.has(length, at: offset),
            bytes.u32(at: offset &+ length &- 4, order) == claimed || offset == forgiven
        else {
            stop = recover(in: bytes, type, claimed: claimed, length: length)
            return nil
        }
        let block = PcapngBlock(type: type, offset: offset, length: length)
        offset &+= length
        return block
    }

    /// Takes in what a block says; nil when there is nothing to tell about it.
    @inline(__always)
    mutating func read(
        _ block: PcapngBlock, in bytes: Bytes, _ metadata: inout CaptureMetadata, frame: UInt64
    ) -> Step? {
        switch block.type {
        case .enhancedPacket, .packet: packet(block, in: bytes, &metadata, frame: frame)
        case .simplePacket: simplePacket(block, in: bytes, &metadata)
        default: other(block, in: bytes, &metadata, frame: frame)
        }
    }

    /// An Enhanced Packet Block, or the obsolete Packet Block, which has a drop count in half of the interface number.
    @inline(__always)
    private mutating func packet(
        _ block: PcapngBlock, in bytes: Bytes, _ metadata: inout CaptureMetadata, frame: UInt64
    ) -> Step? {
        let start = block.offset
        guard block.length >= 32 else { return .notice(.malformedBlock(block.type), at: start) }
        let id = block.type == .packet ? UInt32(bytes.u16(at: start &+ 8, order)) : bytes.u32(at: start &+ 8, order)
        guard id < clocks.count else { return .notice(.undeclaredInterface(id), at: start) }
        let ticks = UInt64(bytes.u32(at: start &+ 12, order)) << 32 | UInt64(bytes.u32(at: start &+ 16, order))
        let captured = bytes.u32(at: start &+ 20, order)
        let room = block.length &- 32
        guard captured <= room else {
            return .notice(.packetExceedsBlock(claimed: captured, present: room), at: start)
        }
        let padded = (Int(captured) &+ 3) & ~3
        if padded < room {
            keepComments(in: bytes.slice(from: start + 28 + padded, count: room - padded), &metadata, frame: frame)
        }
        lastTime = clocks[Int(id)].nanoseconds(ticks)
        return .frame(
            FrameHeader(
                position: base &+ UInt64(start &+ 28), time: lastTime, capturedLength: captured,
                originalLength: bytes.u32(at: start &+ 24, order),
                interface: UInt16(truncatingIfNeeded: firstInterface &+ Int(id))))
    }

    /// A Simple Packet Block is of the section's first interface, whose snap length says how much was captured.
    @inline(never)
    private func simplePacket(_ block: PcapngBlock, in bytes: Bytes, _ metadata: inout CaptureMetadata) -> Step {
        guard block.length >= 16 else { return .notice(.malformedBlock(block.type), at: block.offset) }
        guard !clocks.isEmpty else { return .notice(.undeclaredInterface(0), at: block.offset) }
        let original = bytes.u32(at: block.offset &+ 8, order)
        metadata.hasSimplePackets = true
        let snapLength = firstSnapLength == 0 ? UInt32.max : firstSnapLength
        return .frame(
            FrameHeader(
                position: base &+ UInt64(block.offset &+ 12), time: lastTime,
                capturedLength: min(original, snapLength, UInt32(block.length &- 16)), originalLength: original,
                interface: UInt16(truncatingIfNeeded: firstInterface)))
    }

    @inline(never)
    private func keepComments(in options: Bytes, _ metadata: inout CaptureMetadata, frame: UInt64) {
        var option = PcapngOptions(options, order)
        while option.advance() {
            guard option.code == PcapngOptions.comment, metadata.comments.count < CaptureMetadata.limit else {
                continue
            }
            metadata.comments.append(FrameComment(frame: frame, text: option.text))
        }
    }

    /// A block that holds no frame.
    @inline(never)
    private mutating func other(
        _ block: PcapngBlock, in bytes: Bytes, _ metadata: inout CaptureMetadata, frame: UInt64
    ) -> Step? {
        let body = bytes.slice(from: block.offset + 8, count: block.length - PcapngBlock.overhead)
        let code: CaptureCode?
        switch block.type {
        case .sectionHeader:
            guard body.has(16, at: 0) else { return .damage(.malformedBlock(block.type), at: block.offset) }
            guard PcapngBlock.byteOrder(in: bytes, at: block.offset) != nil else {
                return .damage(.byteOrderMagic(body.u32(at: 0)), at: block.offset)
            }
            let (major, minor) = (body.u16(at: 4, order), body.u16(at: 6, order))
            guard major == 1 else { return .damage(.unsupportedVersion(major: major, minor: minor), at: block.offset) }
            hasSection = true
            clocks = []
            code = metadata.add(section: CaptureSection(body, order, file: file))
        case .interfaceDescription:
            guard body.has(8, at: 0) else { return .notice(.malformedBlock(block.type), at: block.offset) }
            // The header of the section may have been passed over as garbage.
            if !hasSection { _ = metadata.add(section: CaptureSection(file: file, byteOrder: order)) }
            hasSection = true
            if clocks.isEmpty { firstInterface = metadata.interfaces.count }
            let interface = CaptureInterface(body, order, section: metadata.sections.count - 1, file: file)
            code = metadata.add(interface: interface)
            if code == nil {
                if clocks.isEmpty { firstSnapLength = interface.snapLength }
                clocks.append(TickClock(interface.resolution, offsetSeconds: interface.offsetSeconds))
            }
        case .nameResolution: code = metadata.addNames(body, order)
        case .interfaceStatistics:
            guard body.has(12, at: 0) else { return .notice(.malformedBlock(block.type), at: block.offset) }
            let id = body.u32(at: 0, order)
            guard id < clocks.count else { return .notice(.undeclaredInterface(id), at: block.offset) }
            let interface = UInt16(truncatingIfNeeded: firstInterface + Int(id))
            code = metadata.add(statistics: InterfaceStatistics(body, order, interface, clocks[Int(id)]))
        case .decryptionSecrets:
            let count = Int(body.u32(at: 4, order))
            guard body.has(8, at: 0), body.has(count, at: 8) else {
                return .notice(.malformedBlock(block.type), at: block.offset)
            }
            let position = base + UInt64(block.offset + 16)
            code = metadata.add(
                secrets: DecryptionSecrets(type: body.u32(at: 0, order), position: position, count: count))
        default:
            let position = base + UInt64(block.offset)
            code = metadata.add(
                block: RawBlock(
                    type: block.type.rawValue, position: position, length: block.length, beforeFrame: frame))
        }
        return code.map { .notice($0, at: block.offset) }
    }

    /// What to do at a place where no sound block lies.
    ///
    /// A length that leads past the end of the file is a cut: the payload of a cut packet, which may be pcapng itself, is
    /// not searched. A trailing length that disagrees is forgiven when a sound block, or the end, follows. Anything else
    /// is garbage, and the next block is looked for behind it: one whose type is known and whose lengths agree. That
    /// search passes every byte once.
    @inline(never)
    private mutating func recover(in bytes: Bytes, _ type: BlockType, claimed: UInt32, length: Int) -> Step {
        let start = offset
        let isPlausible = length >= PcapngBlock.overhead && length <= PcapngBlock.longest
        let isCut = isPlausible && !bytes.has(length, at: start)
        let end = start &+ length
        if isPlausible, !isCut, end == bytes.count || PcapngBlock.isCertain(in: bytes, at: end, order) {
            forgiven = start
            let trailer = bytes.u32(at: end - 4, order)
            return .notice(.blockTrailer(type, length: claimed, trailer: trailer), at: start)
        }
        if !isCut || !type.isRegistered, let next = nextCertainBlock(in: bytes, after: start) {
            offset = next
            return .notice(.garbage(skipped: next - start), at: start)
        }
        offset = bytes.count
        return .damage(
            isCut ? .blockCut(type, claimed: claimed, present: bytes.count - start) : .garbageToEnd, at: start)
    }

    private func nextCertainBlock(in bytes: Bytes, after start: Int) -> Int? {
        var candidate = start + 1
        while bytes.has(PcapngBlock.overhead, at: candidate) {
            if PcapngBlock.isCertain(in: bytes, at: candidate, order) { return candidate }
            candidate += 1
        }
        return nil
    }
}
