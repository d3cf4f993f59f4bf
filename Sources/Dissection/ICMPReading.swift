import Bytes

extension ICMP {
    static func read(_ input: borrowing FieldInput, _ emit: Emit) {
        // Extensions have the same names in ICMPv6.
        if input.layer.id == .icmpv6 { return ICMPv6.readExtensions(input, emit) }
        let message = MessageBytes(input.message, at: input.start)
        let (type, code) = (message.bytes.u8(at: 0), message.bytes.u8(at: 1))
        if hasIdentifier(type) || type == 42 || type == 43 {
            message.number(.identifier, 4, 2, emit)
            emit(.identifierLittle, .number(UInt64(input.message.u16(at: 4).byteSwapped)), message.place(4, 2))
        }
        if hasIdentifier(type) {
            message.number(.sequence, 6, 2, emit)
            emit(.sequenceLittle, .number(UInt64(input.message.u16(at: 6).byteSwapped)), message.place(6, 2))
        }
        switch type {
        case 0, 8: readEcho(input, message, emit)
        case 3 where code == 4:
            message.raw(.unused, 4, 2, emit)
            message.number(.mtu, 6, 2, emit)
        case 3, 11, 12: readError(type, message, emit)
        case 5: message.ipv4(.gateway, 4, emit)
        case 9: readRouters(message, isMobile: code == 0 || code == 16, emit)
        case 13, 14:
            message.number(.originate, 8, 4, emit)
            message.number(.receive, 12, 4, emit)
            message.number(.transmit, 16, 4, emit)
        case 17, 18: message.ipv4(.addressMask, 8, emit)
        case 42, 43:
            message.number(.extendedSequence, 6, 1, emit)
            message.number(type == 42 ? .ExtendedRequest : .ExtendedReply, 7, 1, emit)
            if type == 42 { ICMPExtensions.read(message, from: 8, emit) }
        default: break
        }
        if quotesPacket(type), type != 4, type != 5 {
            ICMPExtensions.read(message, behindQuotation: 4 * Int(message.bytes.u8(at: 5)), emit)
        }
    }

    /// RFC 4884 §4: the fifth byte is the length of what is quoted, where extensions follow it.
    private static func readError(_ type: UInt8, _ message: borrowing MessageBytes, _ emit: Emit) {
        let length = message.bytes.u8(at: 5)
        var rest = 4
        if type == 12 {
            message.number(.pointer, 4, 1, emit)
            rest = 5
        }
        guard length > 0 else { return message.raw(.unused, rest, 8 - rest, emit) }
        message.raw(.unused, rest, 5 - rest, emit)
        message.number(.length, 5, 1, emit)
        emit(.originalLength, .number(UInt64(length) * 4), message.place(5, 1))
        message.raw(.unused, 6, 2, emit)
    }

    private static func readEcho(_ input: borrowing FieldInput, _ message: borrowing MessageBytes, _ emit: Emit) {
        if let response = input.facts.earlier {
            let place = input.start + 8..<input.start + 8
            emit(.responseTo, .number(UInt64(response.frame) + 1), place)
            emit(.responseTime, .real(Double(response.time) / 1_000_000), place)
        }
        guard let time = dataTime(input.message, near: input.facts.frame.time) else { return }
        emit(.dataTime, .time(time), message.place(8, 8))
        emit(.dataAge, .span(input.facts.frame.time &- time), message.place(8, 8))
    }

    /// When the request was sent, as programs note it at the start of its data: seconds and microseconds in either byte
    /// order. Taken for a time only within a day of the frame's.
    static func dataTime(_ message: Bytes, near frameTime: Int64) -> Int64? {
        guard message.u8(at: 0) == 8 || message.u8(at: 0) == 0, message.has(16, at: 0) else { return nil }
        let words = (message.u32(at: 8), message.u32(at: 12))
        let readings = [words, (words.0.byteSwapped, words.1.byteSwapped)].compactMap { seconds, micro -> Int64? in
            guard micro < 1_000_000 else { return nil }
            let time = Int64(seconds) * 1_000_000_000 + Int64(micro) * 1000
            return abs(Int64(seconds) - frameTime / 1_000_000_000) < 86400 ? time : nil
        }
        return readings.min { abs($0 - frameTime) < abs($1 - frameTime) }
    }

    /// RFC 1256 §3: an address and its preference each.
    private static func readRouters(_ message: borrowing MessageBytes, isMobile: Bool, _ emit: Emit) {
        message.number(.addressCount, 4, 1, emit)
        message.number(.entrySize, 5, 1, emit)
        message.number(.lifetime, 6, 2, emit)
        guard message.bytes.u8(at: 5) == 2 else { return }
        var offset = 8
        for _ in 0..<Int(message.bytes.u8(at: 4)) {
            guard message.bytes.has(8, at: offset) else { return }
            message.ipv4(.routerAddress, offset, emit)
            let preference = Int32(bitPattern: message.bytes.u32(at: offset + 4))
            emit(.preference, .integer(Int64(preference)), message.place(offset + 4, 4))
            offset += 8
        }
        if isMobile { ICMPMobility.read(message, from: offset, emit) }
    }
}
