import Bytes
import CaptureFile
import Dissection

/// The first half of the one pass: reads frames in order, walks them, puts fragments together and reads names.
///
/// It touches the bytes of every frame; ``Indexer`` no longer does. So the two can run on two cores.
struct FrameIntake {
    private var reader: CaptureReader
    private(set) var datagrams: [UInt32: Datagram] = [:]
    private(set) var names = HostNames()
    /// How many frames hold each protocol.
    private(set) var protocolCounts = [UInt64](repeating: 0, count: ProtocolID.allCases.count)

    private let hash = PairHash()
    private var links: [LinkLayer?] = []
    private var layers = Layers()
    private var fragments = FragmentTable()
    private var count: UInt32 = 0
    private let last: UInt32

    /// - Parameter limit: how many frames are read at most; a capture has no more than the largest index.
    init(_ capture: Capture, limit: UInt64 = .max) {
        reader = capture.makeReader()
        last = UInt32(clamping: min(limit, UInt64(FrameRecord.none)))
    }

    /// Goes on in a capture of which more is there.
    mutating func resume(in capture: Capture) { reader.resume(in: capture) }

    var metadata: CaptureMetadata { reader.metadata }
    var problems: [CaptureProblem] { reader.problems }
    /// Bytes of the capture read so far.
    var position: UInt64 { reader.position }

    /// Fills `batch` with the next frames of `capture`, at most `limit`.
    ///
    /// - Returns: false when there are none left.
    mutating func fill(_ batch: inout FrameBatches.Batch, limit: Int, from capture: Capture) -> Bool {
        batch.items.removeAll(keepingCapacity: true)
        while batch.items.count < limit, count < last, let header = reader.next() {
            batch.items.append(FrameItem(header))
            read(header, capture, &batch.items[batch.items.count - 1])
            count += 1
        }
        batch.position = reader.position
        return !batch.items.isEmpty
    }

    @inline(__always)
    private mutating func read(_ header: FrameHeader, _ capture: Capture, _ item: inout FrameItem) {
        if Int(header.interface) >= links.count {
            links = reader.metadata.interfaces.map { LinkLayer(rawValue: $0.linkType.rawValue) }
        }
        let link = Int(header.interface) < links.count ? links[Int(header.interface)] : nil
        let frame = reader.bytes(of: header, in: capture)
        layers.walk(frame, link, originalLength: Int(header.originalLength))
        countProtocols()
        if layers.stop.reason == .fragment {
            join(frame, header, capture, &item)
        } else if let (source, destination) = layers.addresses(in: frame) {
            read(frame, source, destination, &item)
        }
    }

    @inline(never)
    private mutating func join(
        _ frame: Bytes, _ header: FrameHeader, _ capture: Capture, _ item: inout FrameItem
    ) {
        guard let datagram = fragments.add(frame, layers, number: count, position: header.position, time: header.time)
        else { return }
        let bytes = datagram.bytes(in: capture)
        item.record.markCompletesDatagram()
        datagrams[count] = datagram
        layers.walk(datagram: bytes.bytes, protocolNumber: datagram.protocolNumber)
        countProtocols()
        read(bytes.bytes, datagram.source, datagram.destination, &item)
    }

    @inline(__always)
    private mutating func countProtocols() {
        var rest = layers.present
        while rest != 0 {
            protocolCounts[rest.trailingZeroBitCount] += 1
            rest &= rest - 1
        }
    }

    @inline(__always)
    private mutating func read(
        _ bytes: Bytes, _ source: IPAddress, _ destination: IPAddress, _ item: inout FrameItem
    ) {
        if layers.has(.tcp) {
            let tcp = Header<TCP>(bytes, layers[layers.transport])
            item.kind = .segment
            item.source = Endpoint(source, tcp[.sourcePort])
            item.destination = Endpoint(destination, tcp[.destinationPort])
            item.hash = hash(item.source, item.destination)
            item.segment = SegmentHeader(
                tcp.bytes, layers.payload, frame: count, length: item.record.originalLength, time: item.record.time)
        } else {
            readOther(bytes, &item)
        }
    }

    @inline(never)
    private mutating func readOther(_ bytes: Bytes, _ item: inout FrameItem) {
        if layers.has(.dns), layers.has(.udp), let dns = layers.last(.dns) {
            DNS.forEachAddress(in: bytes.slice(from: Int(dns.offset), count: Int(layers.payload.captured) + 12)) {
                names.note($1, $0)
            }
        }
        let isV6 = layers.has(.icmpv6)
        guard let layer = layers.last(isV6 ? .icmpv6 : .icmp) else { return }
        let (type, code) = (bytes.u8(at: Int(layer.offset)), bytes.u8(at: Int(layer.offset) + 1))
        guard isV6 ? ICMPv6.quotesPacket(type) : ICMP.quotesPacket(type),
            let quoted = QuotedPacket(bytes.slice(from: Int(layers.payload.offset)))
        else { return }
        item.kind = .refusal(isV6: isV6, type: type, code: code)
        (item.source, item.destination) = (quoted.source, quoted.destination)
        item.hash = hash(item.source, item.destination)
    }
}

extension Layers {
    /// The addresses that the packet of the innermost network layer comes from and goes to.
    @inline(__always)
    func addresses(in frame: Bytes) -> (source: IPAddress, destination: IPAddress)? {
        // Hardly any header has options or extensions behind it that say otherwise.
        guard network >= 0, self[network].id == .ipv4, self[network].length == 20 else {
            return endAddresses(in: frame)
        }
        let header = Header<IPv4>(frame, self[network])
        return (header[.source], header[.destination])
    }
}

extension Datagram {
    /// The payload, put together.
    func bytes(in capture: Capture) -> [UInt8] {
        fragments.reduce(into: []) { $0 += capture.bytes(at: $1.position, count: Int($1.length)).array }
    }
}
