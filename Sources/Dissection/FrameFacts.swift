package import Bytes

/// What only the frames around a frame tell about it. `Analysis` fills it; nothing in it outlives the frame.
package struct FrameFacts: Sendable, BitwiseCopyable {
    /// What speaks in the payload of TCP.
    package enum Application: UInt8, Sendable, BitwiseCopyable { case none, ftp, ftpData, tls }

    /// Who sent the frame of an FTP control connection.
    package enum Sender: UInt8, Sendable, BitwiseCopyable { case unknown, client, server }

    package var frame = FrameHeaderFacts()
    package var application = Application.none
    package var sender = Sender.unknown
    /// The TCP stream's number, counted from 0; nil outside of TCP.
    package var stream: UInt32?
    /// What following the stream says about the frame; nil outside of TCP.
    package var tcp: TCPAnalysis?
    /// What the datagrams before it tell about one of UDP; nil outside of UDP. In an ICMP error, of the quoted one.
    package var udp: DatagramFacts?
    /// What the DNS messages before it tell about one of the frame: the first one of which they tell something.
    package var dns: DNSFacts?
    /// The request that an echo reply answers; the ARP packet that gave an address to another station.
    package var earlier: EarlierFrame?
    /// Whether the layer belongs to a packet that the frame quotes.
    package var isQuoted = false
    /// What the frames before it tell about its TLS records.
    package var tls = TLSFrameFacts()

    /// What of FTP's sessions is the frame's.
    package var reference = FTPReference()

    package init() {}

    /// Makes it one of which nothing is known: assigning a new one would copy all of it, for every frame.
    package mutating func forget() {
        (application, sender, stream, isQuoted) = (.none, .unknown, nil, false)
        (tcp, udp, dns, earlier) = (nil, nil, nil, nil)
        frame = FrameHeaderFacts()
        tls = TLSFrameFacts()
        reference = FTPReference()
    }
}

/// Where a datagram stands in the exchange between two ports. Times are in nanoseconds.
package struct DatagramFacts: Sendable, Hashable, BitwiseCopyable {
    /// The exchange's number, counted from 0.
    package var stream: UInt32
    /// Nil where the datagram is empty or quoted.
    package var timeSinceFirst: Int64?
    package var timeSincePrevious: Int64?

    package init(stream: UInt32, timeSinceFirst: Int64? = nil, timeSincePrevious: Int64? = nil) {
        self.stream = stream
        self.timeSinceFirst = timeSinceFirst
        self.timeSincePrevious = timeSincePrevious
    }
}

/// What a DNS message is to those before it with the same number, between the same two ports.
package struct DNSFacts: Sendable, Hashable, BitwiseCopyable {
    /// Of the message's layer.
    package var offset: UInt32
    package var exchange: DNSExchange

    package init(offset: UInt32, exchange: DNSExchange) {
        self.offset = offset
        self.exchange = exchange
    }
}

/// Frames are counted from 0, the time is in nanoseconds.
package enum DNSExchange: Sendable, Hashable, BitwiseCopyable {
    case unsolicited
    case answer(to: UInt32, after: Int64)
    case repeated(UInt32)
}

/// A frame before it that tells something about it.
package struct EarlierFrame: Sendable, Hashable, BitwiseCopyable {
    /// Counted from 0.
    package var frame: UInt32
    /// Whether it is the target of an ARP packet, not the sender, that had another station before.
    package var isTarget = false
    /// Nanoseconds between the two.
    package var time: Int64

    package init(frame: UInt32, time: Int64, isTarget: Bool = false) {
        self.frame = frame
        self.time = time
        self.isTarget = isTarget
    }
}

extension FrameFacts {
    /// What holds for a packet that the frame quotes: nothing of the segment that it would have been.
    var ofQuotation: FrameFacts {
        var facts = self
        (facts.tcp, facts.application, facts.tls, facts.dns) = (nil, .none, TLSFrameFacts(), nil)
        (facts.earlier, facts.isQuoted, facts.reference) = (nil, true, FTPReference())
        return facts
    }
}

extension Layers {
    /// Adds the layer above those that a header announces: FTP, FTP-DATA or TLS as `facts` say, else `data` for a
    /// payload that nobody knows.
    ///
    /// ``payload`` still says where it lies.
    package mutating func addApplication(_ facts: FrameFacts, in frame: Bytes) {
        guard payload.captured > 0 else { return }
        // Bytes that came before, or before their time, are not read again.
        if let flags = facts.tcp?.flags, !flags.isDisjoint(with: .repeated) { return }
        let id: ProtocolID
        switch (stop.reason, count > 0 ? self[count - 1].id : .frame) {
        case (.complete, .tcp):
            // What a reset carries says why it was sent.
            guard frame.u8(at: Int(self[count - 1].offset) + 13) & 4 == 0 else { return }
            switch facts.application {
            case .none: id = .data
            case .ftp: id = .ftp
            case .ftpData: id = .ftpData
            case .tls: return addRecords(facts)
            }
        // What these carry belongs to their message; behind ARP there is only padding.
        case (.complete, .arp): return
        case (.complete, .dns), (.complete, .mdns), (.complete, .llmnr): return
        case (.complete, .icmpv6):
            guard ICMPv6.isEcho(frame.u8(at: Int(self[count - 1].offset))) else { return }
            id = .data
        case (.complete, .icmp) where ICMP.quotesPacket(frame.u8(at: Int(self[count - 1].offset))): return
        // What ping notes at the start of its data is the message's.
        case (.complete, .icmp) where ICMP.dataTime(echo(in: frame), near: facts.frame.time) != nil:
            guard payload.captured > 8 else { return }
            _ = push(.data, at: Int(payload.offset) + 8, length: Int(payload.captured) - 8)
            return
        case (.complete, _), (.fragment, _): id = .data
        case (.cut, _), (.malformed, _), (.tooDeep, _): return
        }
        _ = push(id, at: Int(payload.offset), length: Int(payload.captured))
    }

    /// The last layer's header and what was captured behind it.
    @_lifetime(copy frame)
    private func echo(in frame: Bytes) -> Bytes {
        let start = Int(self[count - 1].offset)
        return frame.slice(from: start, count: max(0, payload.range.upperBound - start))
    }

    /// What goes on a record of an earlier frame belongs to that record, and a repetition to nothing.
    private mutating func addRecords(_ facts: FrameFacts) {
        let continued = min(facts.tls.continued, payload.captured)
        guard !facts.tls.isRepetition, continued < payload.captured else { return }
        _ = push(.tls, at: Int(payload.offset + continued), length: Int(payload.captured - continued))
    }
}
