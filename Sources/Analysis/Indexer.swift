package import Bytes
package import CaptureFile
package import Dissection

/// The one pass: takes frames in order and appends to the index what later questions need.
package struct Indexer: Sendable {
    package private(set) var frames: [FrameRecord] = []
    package private(set) var table = StreamTable()
    package private(set) var datagrams: [UInt32: Datagram] = [:]
    package private(set) var names = HostNames()
    /// How many frames hold each protocol.
    package private(set) var protocolCounts = [UInt64](repeating: 0, count: ProtocolID.allCases.count)

    private var layers = Layers()
    private var fragments = FragmentTable()

    package init() {}

    /// - Parameters:
    ///   - frame: the captured bytes that `header` describes.
    ///   - link: nil for a link layer that Wharf does not know; the frame is counted, nothing more.
    ///   - capture: where fragments that came earlier can be read again.
    package mutating func add(_ header: FrameHeader, _ frame: Bytes, _ link: LinkLayer?, in capture: Capture) {
        guard frames.count < Int(FrameRecord.none) else { return }
        let index = UInt32(frames.count)
        frames.append(
            FrameRecord(
                position: header.position, interface: header.interface, time: header.time,
                capturedLength: header.capturedLength, originalLength: header.originalLength))
        layers.walk(frame, link, originalLength: Int(header.originalLength))
        count(layers.present)

        if layers.stop.reason == .fragment {
            guard let datagram = fragments.add(frame, layers, position: header.position, time: header.time) else {
                return
            }
            let bytes = datagram.bytes(in: capture)
            frames[Int(index)].markCompletesDatagram()
            datagrams[index] = datagram
            layers.walk(datagram: bytes.bytes, protocolNumber: datagram.protocolNumber)
            count(layers.present)
            dispatch(bytes.bytes, index, header.time, datagram.source, datagram.destination)
        } else if let (source, destination) = layers.addresses(in: frame) {
            dispatch(frame, index, header.time, source, destination)
        }
    }

    private mutating func count(_ present: UInt64) {
        var rest = present
        while rest != 0 {
            protocolCounts[rest.trailingZeroBitCount] += 1
            rest &= rest - 1
        }
    }

    private mutating func dispatch(
        _ bytes: Bytes, _ index: UInt32, _ time: Int64, _ source: IPAddress, _ destination: IPAddress
    ) {
        if layers.has(.tcp) {
            addSegment(bytes, index, time, source, destination)
        } else if layers.has(.dns), let dns = layers.last(.dns) {
            DNS.forEachAddress(in: bytes.slice(from: Int(dns.offset), count: Int(layers.payload.captured) + 12)) {
                names.note($1, $0)
            }
        } else if layers.has(.icmp) || layers.has(.icmpv6) {
            noteControlMessage(bytes, index)
        }
    }

    private mutating func addSegment(
        _ bytes: Bytes, _ index: UInt32, _ time: Int64, _ source: IPAddress, _ destination: IPAddress
    ) {
        let tcp = Header<TCP>(bytes, layers[layers.transport])
        let from = Endpoint(source, tcp[.sourcePort])
        let to = Endpoint(destination, tcp[.destinationPort])
        let flags = TCPFlags(rawValue: tcp[.flags])
        let sequence = tcp[.sequence]

        var (number, sender) = table.find(from: from, to: to) ?? (-1, .initiator)
        if number >= 0, flags.isDisjoint(with: .ack), flags.contains(.syn), table[number].sides[sender].frames > 0,
            table[number].sides[sender].initialSequence != sequence
        {
            // The port is used again: a SYN that does not repeat the one before it (RFC 9293 §3.6.1).
            number = -1
        }
        if number < 0 {
            // A SYN-ACK whose SYN was not captured still tells who was called.
            let isAnswer = flags.contains([.syn, .ack])
            sender = isAnswer ? .responder : .initiator
            number = table.add(
                TCPStream(from: isAnswer ? to : from, to: isAnswer ? from : to, frame: index, time: time))
        } else {
            frames[Int(table[number].lastFrame)].next = index
        }
        frames[Int(index)].join(stream: number, sender: sender)
        table[number].note(tcp.bytes, flags, sequence, layers.payload, sender, index, frames[Int(index)].originalLength, time)
    }

    private mutating func noteControlMessage(_ bytes: Bytes, _ index: UInt32) {
        let isV6 = layers.has(.icmpv6)
        guard let layer = layers.last(isV6 ? .icmpv6 : .icmp) else { return }
        let (type, code) = (bytes.u8(at: Int(layer.offset)), bytes.u8(at: Int(layer.offset) + 1))
        guard isV6 ? ICMPv6.quotesPacket(type) : ICMP.quotesPacket(type),
            let quoted = QuotedPacket(bytes.slice(from: Int(layers.payload.offset))),
            let (stream, _) = table.find(from: quoted.source, to: quoted.destination),
            table[stream].refusal == nil
        else { return }
        table[stream].refusal = TCPStream.ControlMessage(frame: index, isV6: isV6, type: type, code: code)
    }
}

extension TCPStream {
    /// Takes one segment into account.
    fileprivate mutating func note(
        _ header: Bytes, _ flags: TCPFlags, _ sequence: UInt32, _ payload: PayloadRange, _ sender: Side,
        _ frame: UInt32, _ length: UInt32, _ time: Int64
    ) {
        lastFrame = frame
        lastTime = time
        sides[sender].frames += 1
        sides[sender].frameBytes += UInt64(length)
        sides[sender].payloadBytes += UInt64(payload.length)
        sides[sender].flags.formUnion(flags)
        if payload.length > 0, sides[sender].firstData == FrameRecord.none { sides[sender].firstData = frame }
        if flags.contains(.fin), sides[sender].finFrame == FrameRecord.none { sides[sender].finFrame = frame }
        if flags.contains(.rst), sides[sender].resetFrame == FrameRecord.none { sides[sender].resetFrame = frame }
        if flags.contains(.syn) {
            let options = TCPOptions(header)
            sides[sender].initialSequence = sides[sender].initialSequence ?? sequence
            sides[sender].maximumSegmentSize = options.maximumSegmentSize
            sides[sender].windowScale = options.windowScale
            if !flags.contains(.ack) { lastSYNTime = time }
        } else if flags.contains(.ack), !flags.contains(.rst), handshakeTime == nil, sender == .initiator,
            let lastSYNTime
        {
            handshakeTime = time - lastSYNTime
        }
    }
}

extension Layers {
    /// The addresses of the innermost network layer.
    package func addresses(in frame: Bytes) -> (source: IPAddress, destination: IPAddress)? {
        guard network >= 0 else { return nil }
        let layer = self[network]
        if layer.id == .ipv4 {
            let header = Header<IPv4>(frame, layer)
            return (header[.source], header[.destination])
        }
        let header = Header<IPv6>(frame, layer)
        return (header[.source], header[.destination])
    }
}

extension Datagram {
    /// The payload, put together.
    func bytes(in capture: Capture) -> [UInt8] {
        fragments.reduce(into: []) { $0 += capture.bytes(at: $1.position, count: Int($1.length)).array }
    }
}
