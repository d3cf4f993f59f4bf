package import Bytes

/// The link layers that frames are captured at, by their number in the LINKTYPE_ registry of tcpdump.org.
package enum LinkLayer: UInt16, Sendable {
    case null = 0
    case ethernet = 1
    case ppp = 9
    case pppSerial = 50
    case raw = 101
    case ciscoHDLC = 104
    case loop = 108
    case linuxCooked = 113
    case ipv4 = 228
    case ipv6 = 229
    case linuxCooked2 = 276
}

/// The rest of a walk: which header comes next, where it begins, and where the packet that it belongs to ends.
///
/// `end` may lie past the captured bytes when the snap length cut the frame; it never reaches past what the enclosing
/// header allows.
struct Cursor: BitwiseCopyable {
    var next: Next
    var offset: Int
    var end: Int

    enum Next: BitwiseCopyable {
        case etherType(UInt16)
        case ethernet
        case llc
        case mpls
        case ppp
        case ip
        case protocolNumber(UInt8)
        case udpPayload(UInt16, UInt16)
        case done
    }
}

extension Layers {
    /// Finds the layers of `frame`. Never traps, never allocates; ``stop`` says why it went no further.
    ///
    /// - Parameters:
    ///   - originalLength: of the frame on the wire, in bytes; at least `frame.count` is assumed.
    package mutating func walk(_ frame: Bytes, _ link: LinkLayer?, originalLength: Int) {
        reset()
        let end = max(frame.count, originalLength)
        var cursor = Cursor(next: .done, offset: 0, end: end)
        switch link {
        case .ethernet: cursor = Ethernet.walk(frame, cursor, &self)
        case .linuxCooked: cursor = LinuxCooked.walk(frame, cursor, &self)
        case .linuxCooked2: cursor = LinuxCooked2.walk(frame, cursor, &self)
        case .null, .loop: cursor = Null.walk(frame, cursor, &self)
        case .raw, .ipv4, .ipv6: cursor.next = .ip
        case .ppp, .pppSerial: cursor = PPP.walkLink(frame, cursor, &self)
        case .ciscoHDLC: cursor = CiscoHDLC.walk(frame, cursor, &self)
        case nil: break
        }
        run(frame, cursor)
    }

    /// Finds the layers above a network layer whose payload was put together from fragments.
    package mutating func walk(datagram: Bytes, protocolNumber: UInt8) {
        reset()
        run(datagram, Cursor(next: .protocolNumber(protocolNumber), offset: 0, end: datagram.count))
    }

    /// Finds the layers of a packet that a message quotes.
    mutating func walk(quotation: PayloadRange, in frame: Bytes) {
        reset()
        let start = Int(quotation.offset)
        run(frame, Cursor(next: .ip, offset: start, end: start + Int(quotation.length)))
    }

    private mutating func run(_ frame: Bytes, _ start: Cursor) {
        var cursor = start
        while true {
            switch cursor.next {
            case .etherType(let type):
                switch type {
                case 0x0800: cursor = IPv4.walk(frame, cursor, &self)
                case 0x86DD: cursor = IPv6.walk(frame, cursor, &self)
                case 0x8100, 0x9100: cursor = VLAN.walk(frame, cursor, &self)
                case 0x88A8: cursor = ProviderBridge.walk(frame, cursor, &self)
                case 0x0806: cursor = ARP.walk(frame, cursor, &self)
                case 0x8847, 0x8848: cursor = MPLS.walk(frame, cursor, &self)
                case 0x8864: cursor = PPPoE.walk(frame, cursor, &self)
                default: cursor.next = .done
                }
            case .ethernet: cursor = Ethernet.walk(frame, cursor, &self)
            case .mpls: cursor = MPLS.walk(frame, cursor, &self)
            case .ppp: cursor = PPP.walk(frame, cursor, &self)
            case .llc: cursor = LLC.walk(frame, cursor, &self)
            case .ip:
                cursor =
                    frame.u8(at: cursor.offset) >> 4 == 6
                    ? IPv6.walk(frame, cursor, &self) : IPv4.walk(frame, cursor, &self)
            case .protocolNumber(let number):
                switch number {
                case 6: cursor = TCP.walk(frame, cursor, &self)
                case 17: cursor = UDP.walk(frame, cursor, &self)
                case 1: cursor = ICMP.walk(frame, cursor, &self)
                case 58: cursor = ICMPv6.walk(frame, cursor, &self)
                case 4: cursor = IPv4.walk(frame, cursor, &self)
                case 41: cursor = IPv6.walk(frame, cursor, &self)
                case 47: cursor = GRE.walk(frame, cursor, &self)
                case 51: cursor = Authentication.walk(frame, cursor, &self)
                case 59:
                    // No Next Header: whatever stands behind it does not count (RFC 8200 §4.7).
                    cursor = Cursor(next: .done, offset: cursor.offset, end: cursor.offset)
                case 0, 43, 44, 60: cursor = extensionHeader(number, frame, cursor)
                default: cursor.next = .done
                }
            case .udpPayload(let source, let destination):
                if source == 53 || destination == 53 {
                    cursor = DNS.walk(frame, cursor, &self, as: .dns)
                } else if source == 5353 || destination == 5353 {
                    cursor = DNS.walk(frame, cursor, &self, as: .mdns)
                } else if source == 5355 || destination == 5355 {
                    cursor = DNS.walk(frame, cursor, &self, as: .llmnr)
                } else {
                    cursor.next = .done
                }
            case .done:
                let captured = max(0, min(frame.count, cursor.end) - cursor.offset)
                payload = PayloadRange(
                    offset: UInt32(truncatingIfNeeded: cursor.offset),
                    length: UInt32(truncatingIfNeeded: max(0, cursor.end - cursor.offset)),
                    captured: UInt32(truncatingIfNeeded: captured))
                return
            }
        }
    }

    /// The extension headers mean nothing directly inside IPv4; a reassembled datagram no longer says what it was in.
    private mutating func extensionHeader(_ number: UInt8, _ frame: Bytes, _ cursor: Cursor) -> Cursor {
        guard network < 0 || self[network].id == .ipv6 else { return cursor.ended }
        switch number {
        case 0: return IPv6HopByHop.walk(frame, cursor, &self)
        case 43: return IPv6Routing.walk(frame, cursor, &self)
        case 44: return IPv6Fragment.walk(frame, cursor, &self)
        default: return IPv6Destination.walk(frame, cursor, &self)
        }
    }

    /// Takes a header of `length` bytes at the cursor as a layer, or ends the walk with the reason why not.
    @inline(__always)
    mutating func take(_ id: ProtocolID, _ length: Int, _ frame: Bytes, _ cursor: Cursor) -> Bool {
        guard cursor.offset + length <= cursor.end else {
            stop = Stop(reason: .malformed, offset: UInt32(truncatingIfNeeded: cursor.offset))
            return false
        }
        guard cursor.offset + length <= frame.count else {
            stop = Stop(reason: .cut, offset: UInt32(truncatingIfNeeded: cursor.offset))
            return false
        }
        return push(id, at: cursor.offset, length: length)
    }
}

extension Cursor {
    /// The cursor for a walk that ends here.
    var ended: Cursor { Cursor(next: .done, offset: offset, end: end) }

    /// The cursor after a header of `length` bytes.
    func after(_ length: Int, _ next: Next) -> Cursor { Cursor(next: next, offset: offset + length, end: end) }
}
