import Bytes

/// Options of neighbour discovery: a type, a length that counts eight bytes, and what they say.
enum ICMPv6Options {
    static func read(_ message: borrowing MessageBytes, from start: Int, _ emit: ICMPv6.Emit) {
        var offset = start
        while message.bytes.has(2, at: offset) {
            let (type, units) = (message.bytes.u8(at: offset), Int(message.bytes.u8(at: offset + 1)))
            let isWhole = units > 0 && message.bytes.has(8 * units, at: offset)
            emit(.option, .presence, message.place(offset, isWhole ? 8 * units : 2))
            message.number(.optionType, offset, 1, emit)
            message.number(.optionLength, offset + 1, 1, emit)
            guard isWhole else {
                if units == 0 { emit(.invalidLength, .presence, message.place(offset + 1, 1)) }
                return
            }
            read(type, message, offset, 8 * units, emit)
            offset += 8 * units
        }
    }

    private static func read(
        _ type: UInt8, _ message: borrowing MessageBytes, _ start: Int, _ length: Int, _ emit: ICMPv6.Emit
    ) {
        switch type {
        case 1, 2: readLinkAddress(type, message, start, length, emit)
        case 3 where length >= 32:
            message.number(.prefixLength, start + 2, 1, emit)
            message.number(.prefixFlags, start + 3, 1, emit)
            message.number(.validLifetime, start + 4, 4, emit)
            message.number(.preferredLifetime, start + 8, 4, emit)
            message.presence(.optionReserved, start + 12, 4, emit)
            message.ipv6(.prefix, start + 16, emit)
        case 4:
            message.presence(.optionReserved, start + 2, 6, emit)
            message.presence(.redirected, start + 8, length - 8, emit)
        case 5:
            message.presence(.optionReserved, start + 2, 2, emit)
            message.number(.optionMTU, start + 4, 4, emit)
        case 7:
            message.presence(.optionReserved, start + 2, 2, emit)
            message.number(.advertisementInterval, start + 4, 4, emit)
        case 8:
            message.presence(.optionReserved, start + 2, 2, emit)
            message.number(.agentPreference, start + 4, 2, emit)
            message.number(.agentLifetime, start + 6, 2, emit)
        case 13 where length >= 16:
            message.presence(.optionReserved, start + 2, 6, emit)
            // RFC 3971 §5.3.1: seconds, and the fraction of one in the last 16 bits.
            let (seconds, fraction) = (message.value(start + 8, 6), message.value(start + 14, 2))
            let time = Int64(seconds & 0xFFFF_FFFF) * 1_000_000_000 + Int64(fraction * 1_000_000_000 >> 16)
            emit(.timestamp, .time(time), message.place(start + 8, 8))
        case 14: message.raw(.optionNonce, start + 2, length - 2, emit)
        case 24:
            message.number(.prefixLength, start + 2, 1, emit)
            message.number(.routeFlags, start + 3, 1, emit)
            message.number(.routeLifetime, start + 4, 4, emit)
            message.prefix(.prefix, start + 8, min(length - 8, 16), emit)
        case 25:
            message.presence(.optionReserved, start + 2, 2, emit)
            message.number(.serverLifetime, start + 4, 4, emit)
            for place in stride(from: start + 8, through: start + length - 16, by: 16) {
                message.ipv6(.server, place, emit)
            }
        case 26:
            message.number(.flagsExpansion, start + 2, 2, emit)
            message.presence(.optionReserved, start + 4, length - 4, emit)
        case 31:
            message.presence(.optionReserved, start + 2, 2, emit)
            message.number(.searchLifetime, start + 4, 4, emit)
            let end = forEachName(message.bytes, start + 8, start + length) { name, place in
                emit(.searchName, .text(name), message.place(place.lowerBound, place.count))
            }
            message.presence(.padding, end, start + length - end, emit)
        case 37: message.text(.portal, start + 2, length - 2, emit)
        case 38 where length >= 16:
            message.number(.Prefix64Word, start + 2, 2, emit)
            message.prefix(.prefix64, start + 4, 12, emit)
        // Read by nobody here, so neither told as unknown.
        case 3, 6, 9...13, 15...20, 23, 27...30, 32...36, 38: break
        default:
            emit(.undecodedOption, .presence, message.place(start + 2, 0))
            message.raw(.data, start + 2, length - 2, emit)
        }
    }

    /// Six bytes of Ethernet, or eight of an interface with a longer address (RFC 4944 §8).
    private static func readLinkAddress(
        _ type: UInt8, _ message: borrowing MessageBytes, _ start: Int, _ length: Int, _ emit: ICMPv6.Emit
    ) {
        if length == 16 {
            let text = colons(message.bytes, start + 2, 8)
            emit(.longLink, .text(text), message.place(start + 2, 8))
            emit(type == 1 ? .longSource : .longTarget, .text(text), message.place(start + 2, 8))
            message.presence(.padding, start + 10, 6, emit)
        } else {
            let value: FieldRow.Value =
                length == 8
                ? .mac(MACAddress(message.value(start + 2, 6)))
                : .bytes(message.bytes.slice(from: start + 2, count: length - 2).array)
            emit(.linkAddress, value, message.place(start + 2, length - 2))
            emit(type == 1 ? .sourceLink : .targetLink, value, message.place(start + 2, length - 2))
        }
    }

    /// Where the packet lies that a redirect is about (RFC 4861 §4.6.3).
    static func redirectedPacket(_ layers: Layers, _ frame: Bytes) -> PayloadRange? {
        let end = min(layers.payload.range.upperBound, frame.count)
        var offset = Int(layers[layers.count - 1].offset) + 40
        while offset + 8 <= end {
            let length = 8 * Int(frame.u8(at: offset + 1))
            guard length > 0, offset + length <= end else { return nil }
            if frame.u8(at: offset) == 4 {
                let count = UInt32(truncatingIfNeeded: length - 8)
                return PayloadRange(offset: UInt32(truncatingIfNeeded: offset + 8), length: count, captured: count)
            }
            offset += length
        }
        return nil
    }

    static func colons(_ bytes: Bytes, _ start: Int, _ count: Int) -> String {
        (0..<count).map { hexadecimal(UInt64(bytes.u8(at: start + $0)), 2) }.joined(separator: ":")
    }

    /// Calls `body` with each domain name (RFC 8106 §5.2) and returns where they end.
    @discardableResult
    static func forEachName(_ bytes: Bytes, _ start: Int, _ end: Int, _ body: (String, Range<Int>) -> Void) -> Int {
        var offset = start
        while offset < end, bytes.u8(at: offset) != 0 {
            let first = offset
            var labels: [String] = []
            while offset < end, case let count = Int(bytes.u8(at: offset)), count > 0 {
                guard offset + 1 + count <= end else { return first }
                labels.append(String(decoding: bytes.slice(from: offset + 1, count: count).array, as: UTF8.self))
                offset += 1 + count
            }
            offset = min(offset + 1, end)
            body(labels.joined(separator: "."), first..<offset)
        }
        return offset
    }
}
