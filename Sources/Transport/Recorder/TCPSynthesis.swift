package import Bytes

/// Makes the frames that a TCP connection could have consisted of, from what is known of it at one end: what was said in
/// which order, and how much of it has arrived. No I/O; a frame is an IP packet (LINKTYPE_RAW).
package struct TCPSynthesis: Sendable {
    package enum End: Sendable, Hashable {
        case client, server

        package var other: End { self == .client ? .server : .client }
    }

    private struct Half: Sendable {
        let endpoint: Endpoint
        /// Of the next byte that this end sends.
        var sequence: UInt32
        /// The next byte of the other end that this end has said it waits for.
        var acknowledged: UInt32 = 0
        var identification: UInt16 = 0
        var hasFinished = false
    }

    private struct Flags {
        static let fin: UInt8 = 1
        static let syn: UInt8 = 2
        static let rst: UInt8 = 4
        static let psh: UInt8 = 8
        static let ack: UInt8 = 16
    }

    /// The most bytes of a frame's payload: few frames, and none longer than a packet may be.
    package static let maximumPayload = 32 << 10
    /// So much may wait for an acknowledgment of its own.
    private static let acknowledgedAtOnce: Int32 = 64 << 10
    /// 64 MiB: more than any socket holds, for what the real windows were nobody knows.
    private static let windowShift: UInt8 = 10

    private static let nothing: [UInt8] = []

    private var client: Half
    private var server: Half
    private let opener: End
    private var isOver = false
    private var frame: [UInt8] = []

    /// - Parameters:
    ///   - opener: who connects to the other one.
    ///   - sequences: of the two SYNs.
    package init(
        client: Endpoint, server: Endpoint, opener: End, sequences: (client: UInt32, server: UInt32)
    ) {
        self.client = Half(endpoint: client, sequence: sequences.client)
        self.server = Half(endpoint: server, sequence: sequences.server)
        self.opener = opener
    }

    private subscript(_ end: End) -> Half {
        get { end == .client ? client : server }
        set { if end == .client { client = newValue } else { server = newValue } }
    }

    /// The handshake.
    package mutating func open(_ emit: (Bytes) -> Void) {
        make(from: opener, Flags.syn, Self.nothing.bytes, emit)
        acknowledgeAll(by: opener.other)
        make(from: opener.other, Flags.syn | Flags.ack, Self.nothing.bytes, emit)
        acknowledgeAll(by: opener)
        make(from: opener, Flags.ack, Self.nothing.bytes, emit)
    }

    /// What one end says; it has heard everything that the other one has said.
    package mutating func send(_ bytes: Bytes, from end: End, _ emit: (Bytes) -> Void) {
        guard !isOver, !self[end].hasFinished else { return }
        acknowledgeAll(by: end)
        var offset = 0
        while offset < bytes.count {
            let piece = bytes.slice(from: offset, count: Self.maximumPayload)
            offset += piece.count
            make(from: end, offset == bytes.count ? Flags.psh | Flags.ack : Flags.ack, piece, emit)
        }
    }

    /// One end has received all but the last `missing` bytes. Says so only if there is much to be said, or
    /// `isDue`.
    package mutating func acknowledge(
        by end: End, missing: Int = 0, isDue: Bool = false, _ emit: (Bytes) -> Void
    ) {
        guard !isOver else { return }
        let position = self[end.other].sequence &- UInt32(clamping: missing)
        let news = Int32(bitPattern: position &- self[end].acknowledged)
        guard news > 0, isDue || news >= Self.acknowledgedAtOnce else { return }
        self[end].acknowledged = position
        make(from: end, Flags.ack, Self.nothing.bytes, emit)
    }

    /// One end says that this was all; the other one's last word is acknowledged once both have.
    package mutating func finish(from end: End, _ emit: (Bytes) -> Void) {
        guard !isOver, !self[end].hasFinished else { return }
        if !self[end.other].hasFinished, end == .client { acknowledgeAll(by: end) }
        if self[end.other].hasFinished || end == .server { acknowledgeAll(by: end) }
        make(from: end, Flags.fin | Flags.ack, Self.nothing.bytes, emit)
        self[end].hasFinished = true
        guard self[end.other].hasFinished else { return }
        acknowledgeAll(by: end.other)
        make(from: end.other, Flags.ack, Self.nothing.bytes, emit)
        isOver = true
    }

    /// One end breaks the connection off.
    package mutating func reset(from end: End, _ emit: (Bytes) -> Void) {
        guard !isOver else { return }
        make(from: end, Flags.rst | Flags.ack, Self.nothing.bytes, emit)
        isOver = true
    }

    private mutating func acknowledgeAll(by end: End) { self[end].acknowledged = self[end.other].sequence }

    // MARK: - Frames

    private mutating func make(from end: End, _ flags: UInt8, _ payload: Bytes, _ emit: (Bytes) -> Void) {
        let (sender, receiver) = (self[end], self[end.other])
        let isSYN = flags & Flags.syn != 0
        let options = isSYN ? synOptions(isV4: sender.endpoint.address.isV4) : []
        let length = 20 + options.count + payload.count
        frame.removeAll(keepingCapacity: true)
        appendIP(from: sender, to: receiver.endpoint, length: length)
        let start = frame.count
        append(sender.endpoint.port)
        append(receiver.endpoint.port)
        append(sender.sequence)
        append(flags & Flags.ack == 0 ? UInt32(0) : sender.acknowledged)
        frame.append(UInt8((20 + options.count) / 4) << 4)
        frame.append(flags)
        append(flags & Flags.rst == 0 ? UInt16.max : 0)
        append(UInt32(0))
        frame += options
        var sum = InternetChecksum()
        addAddresses(of: sender.endpoint.address, receiver.endpoint.address, to: &sum)
        sum.add(UInt32(length))
        sum.add(6)
        sum.add(frame.bytes.slice(from: start))
        sum.add(payload)
        put(sum.value, at: start + 16)
        frame.append(payload)
        self[end].sequence &+= UInt32(payload.count) &+ (flags & (Flags.syn | Flags.fin) == 0 ? 0 : 1)
        self[end].identification &+= 1
        emit(frame.bytes)
    }

    /// The largest segment that the loopback interface takes, and the scale of the windows (RFC 9293 §3.7.1, RFC 7323 §2).
    private func synOptions(isV4: Bool) -> [UInt8] {
        let size: UInt16 = 65535 - (isV4 ? 40 : 60)
        return [2, 4, UInt8(size >> 8), UInt8(size & 0xFF), 1, 3, 3, Self.windowShift]
    }

    private mutating func appendIP(from sender: Half, to receiver: Endpoint, length: Int) {
        guard let from = sender.endpoint.address.v4, let to = receiver.address.v4 else {
            append(UInt32(0x6000_0000))
            append(UInt16(length))
            frame += [6, 64]
            for address in [sender.endpoint.address, receiver.address] {
                append(address.high)
                append(address.low)
            }
            return
        }
        frame += [0x45, 0]
        append(UInt16(20 + length))
        append(sender.identification)
        frame += [0x40, 0, 64, 6, 0, 0]
        append(from)
        append(to)
        var sum = InternetChecksum()
        sum.add(frame.bytes)
        put(sum.value, at: 10)
    }

    private func addAddresses(of from: IPAddress, _ to: IPAddress, to sum: inout InternetChecksum) {
        for address in [from, to] {
            if let v4 = address.v4, from.isV4, to.isV4 {
                sum.add(v4)
            } else {
                for half in [address.high, address.low] {
                    sum.add(UInt32(half >> 32))
                    sum.add(UInt32(truncatingIfNeeded: half))
                }
            }
        }
    }

    private mutating func append<T: FixedWidthInteger>(_ value: T) { frame.appendLittleEndian(value.byteSwapped) }

    private mutating func put(_ value: UInt16, at offset: Int) {
        frame[offset] = UInt8(value >> 8)
        frame[offset + 1] = UInt8(truncatingIfNeeded: value)
    }
}
