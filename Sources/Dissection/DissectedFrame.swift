package import Bytes

/// A frame with everything that was found in it: what fields and filters are asked of.
package struct DissectedFrame: ~Escapable {
    let found: BorrowedValue<FoundFrame>
    package var facts: FrameFacts { _read { yield found.value.facts } }
    /// What the upper layers are read from: the frame, or the datagram that it completes.
    package let bytes: Bytes
    package var layers: Layers { _read { yield found.value.layers } }
    /// Of the frame as it was captured; the same as ``found`` but for the last fragment of a datagram.
    let foundInCarrier: BorrowedValue<FoundFrame>
    /// The frame as it was captured; the same as ``bytes`` and ``layers`` but for the last fragment of a datagram.
    package let carrierBytes: Bytes
    package var carrier: Layers { _read { yield foundInCarrier.value.layers } }
    /// Whether the frame holds the last missing fragment of a datagram, which ``layers`` are then those of.
    package let completesDatagram: Bool
    /// Layers of the packet that an ICMP error quotes. They lie in ``bytes`` too, but did not travel in this frame.
    package var quoted: Layers { Layers(quotedBy: layers, in: bytes) }
    private var hasQuotation: Bool { layers.present & (ProtocolID.icmp.bit | ProtocolID.icmpv6.bit) != 0 }
    /// Nil for a link layer that Wharf does not know.
    package let link: LinkLayer?
    let borrowedContext: Borrowed<CaptureContext>
    package var context: CaptureContext? { borrowedContext.object }
    package var timeDigits: Int { borrowedContext.read { $0.timeDigits(of: facts.frame) } ?? 9 }
    var resolvesNames: Bool { borrowedContext.read(\.resolvesNames) ?? false }

    /// A frame that stands for itself.
    @_lifetime(copy bytes, copy found, borrow context)
    package init(
        _ bytes: Bytes, _ found: BorrowedValue<FoundFrame>, _ link: LinkLayer?, _ context: borrowing CaptureContext?
    ) {
        self.init(bytes, found, in: bytes, found, link, Borrowed(context), completesDatagram: false)
    }

    /// A frame of which only the bytes are known.
    @_lifetime(copy bytes, copy found)
    package init(_ bytes: Bytes, _ found: BorrowedValue<FoundFrame>, _ link: LinkLayer?) {
        self.init(bytes, found, in: bytes, found, link, Borrowed(), completesDatagram: false)
    }

    /// A frame that completes a datagram.
    @_lifetime(copy bytes, copy found, copy carrierBytes, copy carrier, borrow context)
    package init(
        _ bytes: Bytes, _ found: BorrowedValue<FoundFrame>, in carrierBytes: Bytes,
        _ carrier: BorrowedValue<FoundFrame>, _ link: LinkLayer?, _ context: borrowing CaptureContext?
    ) {
        self.init(bytes, found, in: carrierBytes, carrier, link, Borrowed(context), completesDatagram: true)
    }

    @_lifetime(copy bytes, copy found, copy carrierBytes, copy carrier, copy context)
    private init(
        _ bytes: Bytes, _ found: BorrowedValue<FoundFrame>, in carrierBytes: Bytes,
        _ carrier: BorrowedValue<FoundFrame>, _ link: LinkLayer?, _ context: Borrowed<CaptureContext>,
        completesDatagram: Bool
    ) {
        self.found = found
        self.bytes = bytes
        foundInCarrier = carrier
        self.carrierBytes = carrierBytes
        self.completesDatagram = completesDatagram
        self.link = link
        borrowedContext = context
    }

    /// Counted from 0; what people see is ``number``.
    package var index: UInt32 { facts.frame.index }
    package var number: UInt32 { facts.frame.index &+ 1 }
    /// Nanoseconds since 1970.
    package var time: Int64 { facts.frame.time }
    /// Bytes on the wire.
    package var length: UInt64 { UInt64(facts.frame.length) }

    /// A bit for every protocol in it; every frame has ``ProtocolID/frame``.
    package var present: UInt64 {
        var present = layers.present | carrier.present | ProtocolID.frame.bit
        if hasQuotation { present |= quoted.present }
        if facts.tls.completes { present |= ProtocolID.tls.bit }
        if isCommented { present |= ProtocolID.comments.bit }
        if carrier.stop.reason != .complete { present |= carrier.shown }
        if let damage { present |= damage.bit }
        return present
    }

    /// What stands behind the last layer of a frame that is not all there: ``ProtocolID/short`` or
    /// ``ProtocolID/malformed``.
    var damage: ProtocolID? {
        if carrier.stop.reason != .complete { return carrier.damage(in: carrierBytes) }
        return isPayloadCutOff ? .short : nil
    }

    /// Whether the snap length left so little of a payload that nobody could say what it is.
    private var isPayloadCutOff: Bool {
        guard facts.application == .none, layers.payload.captured < 8 || completesDatagram else { return false }
        return carrier.stop.reason == .complete && (1..<8).contains(carrier.payload.captured)
            && carrier.payload.captured < carrier.payload.length && carrier.has(.tcp)
            && facts.tcp?.flags.isDisjoint(with: .unread) ?? true
    }

    private var isCommented: Bool { borrowedContext.read { $0.isCommented(facts.frame) } ?? false }

    package func has(_ id: ProtocolID) -> Bool { present & id.bit != 0 }

    /// Whether all of its layers lie in its own bytes, and none in a packet that it quotes.
    var isPlain: Bool { !completesDatagram && !hasQuotation && !facts.tls.completes }

    /// Calls `body` with each header that a protocol reads of a plain frame, and where it begins.
    func forEachHeader(_ reader: any ProtocolLayer.Type, _ body: (Bytes, Int) -> Void) {
        let id = reader.id
        for slot in 0..<layers.count where layers[slot].id == id && Registry.isRead(layers[slot], by: reader) {
            let layer = layers[slot]
            body(bytes.slice(from: Int(layer.offset), count: Int(layer.length)), Int(layer.offset))
        }
    }

    /// Whether it holds a piece of a datagram that it does not complete.
    package var isOpenFragment: Bool { carrier.stop.reason == .fragment && !completesDatagram }

    /// What every frame begins with: all of its bytes.
    var frameLayer: Layer { Layer(id: .frame, offset: 0, length: UInt32(truncatingIfNeeded: carrierBytes.count)) }

    /// A layer of the frame as it was captured.
    @_lifetime(copy self)
    func input(_ layer: Layer) -> FieldInput {
        FieldInput(
            carrierBytes, foundInCarrier, layer, borrowedContext, completing: bytes,
            completesDatagram: completesDatagram)
    }

    /// Calls `body` with every layer of that protocol, outermost first.
    package func forEachLayer(_ id: ProtocolID, _ body: (borrowing FieldInput) -> Void) {
        switch id {
        case .frame: return body(input(frameLayer))
        case .comments: return isCommented ? body(input(commentsLayer)) : ()
        case .short, .malformed: return damage == id ? body(input(damageLayer(id))) : ()
        case .tls: forEachReassembled { body($0) }
        default: break
        }
        for slot in 0..<carrier.count where carrier[slot].id == id { body(input(carrier[slot])) }
        if completesDatagram {
            for slot in 0..<layers.count where layers[slot].id == id {
                body(FieldInput(bytes, found, slot, borrowedContext))
            }
        }
        forEachQuoted { if $0.layer.id == id { body($0) } }
    }

    /// Calls `body` with every layer from the frame itself to the innermost one. `depth` is 0, and 1 for the layers of a
    /// packet that the layer before them quotes.
    package func forEachLayer(
        _ body: (_ reader: any ProtocolLayer.Type, _ input: borrowing FieldInput, _ depth: Int) -> Void
    ) {
        if isCommented { body(PacketComments.self, input(commentsLayer), 0) }
        body(Frame.self, input(frameLayer), 0)
        for slot in 0..<carrier.count {
            guard let reader = Registry.reader(of: carrier[slot]) else { continue }
            body(reader, input(carrier[slot]), carrier.depth(of: slot))
            if carrier[slot].id == .tcp { forEachReassembled { body(TLS.self, $0, 0) } }
        }
        if completesDatagram {
            for slot in 0..<layers.count {
                guard let reader = Registry.reader(of: layers[slot]) else { continue }
                body(reader, FieldInput(bytes, found, slot, borrowedContext), 0)
                if layers[slot].id == .tcp { forEachReassembled { body(TLS.self, $0, 0) } }
            }
        }
        forEachQuoted { input in
            if let reader = Registry.reader(of: input.layer) { body(reader, input, 1) }
        }
        guard let damage, let reader = Registry.reader(of: damageLayer(damage)) else { return }
        body(reader, input(damageLayer(damage)), 0)
    }
}

extension DissectedFrame {
    /// Where the comments of a frame that has some are read: a layer without bytes.
    private var commentsLayer: Layer { Layer(id: .comments, offset: 0, length: 0) }

    private func damageLayer(_ id: ProtocolID) -> Layer {
        Layer(id: id, offset: UInt32(truncatingIfNeeded: min(Int(carrier.stop.offset), carrierBytes.count)), length: 0)
    }

    /// Calls `body` with every layer of the packet that an ICMP error quotes, if there is one.
    private func forEachQuoted(_ body: (borrowing FieldInput) -> Void) {
        guard hasQuotation else { return }
        withBorrowed(FoundFrame(quoted, facts.ofQuotation)) { quoted in
            for slot in 0..<quoted.value.layers.count { body(FieldInput(bytes, copy quoted, slot, borrowedContext)) }
        }
    }

    /// Calls `body` with the layer that the frame completes of earlier segments, if any; it lies in bytes of its own.
    package func forEachReassembled(_ body: (borrowing FieldInput) -> Void) {
        guard facts.tls.completes, let reassembly = context?.reassembly(of: facts.frame) else { return }
        let bytes = reassembly.bytes
        withBorrowed(FoundFrame(reassembly.layers, facts.ofReassembly(reassembly))) { found in
            body(FieldInput(bytes.bytes, copy found, 0, borrowedContext))
        }
    }
}

/// What a capture says about a frame beside its bytes. Times are in nanoseconds.
package struct FrameHeaderFacts: Sendable, Hashable, BitwiseCopyable {
    /// Counted from 0.
    package var index: UInt32 = 0
    /// Index into the capture's interfaces.
    package var interface: UInt16 = 0
    /// Not of a pcapng Simple Packet Block, whose times are those of the frame before it.
    package var hasTime = true
    /// Bytes on the wire, and in the capture.
    package var length: UInt32 = 0
    package var capturedLength: UInt32 = 0
    /// Since 1970, and since the capture's first frame.
    package var time: Int64 = 0
    package var relativeTime: Int64 = 0
    /// Since the frame before this one, and since the last one that was shown.
    package var delta: Int64 = 0
    package var displayedDelta: Int64 = 0

    package init() {}
}

extension Layers {
    /// 1 for what stands in trees below the protocol before it: extension headers, and the data of a control message.
    fileprivate func depth(of slot: Int) -> Int {
        switch self[slot].id {
        case .ipv6HopByHop, .ipv6Routing, .ipv6Fragment, .ipv6Destination: 1
        case .data where slot > 0: self[slot - 1].id == .icmp || self[slot - 1].id == .icmpv6 ? 1 : 0
        default: 0
        }
    }
}
