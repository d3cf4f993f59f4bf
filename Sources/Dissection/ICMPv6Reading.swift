import Bytes

extension ICMPv6 {
    static func read(_ input: borrowing FieldInput, _ emit: Emit) {
        let message = MessageBytes(input.message, at: input.start)
        guard message.count >= 4 else { return }
        switch message.bytes.u8(at: 0) {
        case 1, 3:
            if message.bytes.u8(at: 4) == 0 { return message.raw(.reserved, 4, 4, emit) }
            message.number(.length, 4, 1, emit)
            message.raw(.reserved, 5, 3, emit)
        case 2: message.number(.mtu, 4, 4, emit)
        case 4: message.number(.pointer, 4, 4, emit)
        case 128, 129:
            message.number(.identifier, 4, 2, emit)
            message.number(.sequence, 6, 2, emit)
            if let response = input.facts.earlier {
                let place = input.start + 8..<input.start + 8
                emit(.responseTo, .number(UInt64(response.frame) + 1), place)
                emit(.responseTime, .real(Double(response.time) / 1_000_000), place)
            }
        case 130...132: readQuery(message, emit)
        case 133, 141, 142:
            message.raw(.reserved, 4, 4, emit)
            ICMPv6Options.read(message, from: 8, emit)
        case 134: readRouter(message, emit)
        case 135:
            message.raw(.reserved, 4, 4, emit)
            message.ipv6(.solicited, 8, emit)
            ICMPv6Options.read(message, from: 24, emit)
        case 136:
            message.number(.neighborFlags, 4, 4, emit)
            message.ipv6(.advertised, 8, emit)
            ICMPv6Options.read(message, from: 24, emit)
        case 137:
            message.raw(.reserved, 4, 4, emit)
            message.ipv6(.redirectTarget, 8, emit)
            message.ipv6(.redirectDestination, 24, emit)
            ICMPv6Options.read(message, from: 40, emit)
        case 143: readReport(message, emit)
        case 151:
            message.number(.queryInterval, 4, 2, emit)
            message.number(.robustness, 6, 2, emit)
        case 152, 153: message.raw(.reserved, 4, 4, emit)
        case 160, 161:
            message.number(.identifier, 4, 2, emit)
            message.number(.extendedSequence, 6, 1, emit)
            message.number(message.bytes.u8(at: 0) == 160 ? .ExtendedRequest : .ExtendedReply, 7, 1, emit)
        // Read by nobody here, so neither told as unknown.
        case 138...140, 144...150, 154...159: break
        default:
            emit(.undecoded, .presence, message.place(4, 0))
            message.raw(.data, 4, message.count - 4, emit)
        }
    }

    /// RFC 4884 §4: lengths count eight bytes.
    static func readExtensions(_ input: borrowing FieldInput, _ emit: ICMP.Emit) {
        let message = MessageBytes(input.message, at: input.start)
        switch (message.bytes.u8(at: 0), Int(message.bytes.u8(at: 4))) {
        case (1, 1...), (3, 1...): ICMPExtensions.read(message, from: 8 + 8 * Int(message.bytes.u8(at: 4)), emit)
        case (160, _): ICMPExtensions.read(message, from: 8, emit)
        default: break
        }
    }

    private static func readRouter(_ message: borrowing MessageBytes, _ emit: Emit) {
        message.number(.hopLimit, 4, 1, emit)
        message.number(.routerFlags, 5, 1, emit)
        message.number(.routerLifetime, 6, 2, emit)
        message.number(.reachableTime, 8, 4, emit)
        message.number(.retransmitTimer, 12, 4, emit)
        ICMPv6Options.read(message, from: 16, emit)
    }

    /// RFC 3810 §8.1: a query of more than 24 bytes is of version 2, whose times may be floating point numbers.
    private static func readQuery(_ message: borrowing MessageBytes, _ emit: Emit) {
        let isVersion2 = message.bytes.u8(at: 0) == 130 && message.count >= 28
        if isVersion2 {
            let code = message.value(4, 2)
            let time = code < 0x8000 ? code : (code & 0xFFF | 0x1000) << ((code >> 12 & 7) + 3)
            emit(.responseCode, .number(time), message.place(4, 2))
        } else {
            message.number(.responseDelay, 4, 2, emit)
        }
        message.raw(.reserved, 6, 2, emit)
        message.ipv6(.group, 8, emit)
        guard isVersion2 else { return }
        message.number(.queryFlags, 24, 1, emit)
        let code = message.value(25, 1)
        let interval = code < 0x80 ? code : (code & 0xF | 0x10) << ((code >> 4 & 7) + 3)
        emit(.queryCode, .number(interval), message.place(25, 1))
        message.number(.sourceCount, 26, 2, emit)
        for number in 0..<Int(message.bytes.u16(at: 26)) {
            guard message.bytes.has(16, at: 28 + 16 * number) else { return }
            message.ipv6(.source, 28 + 16 * number, emit)
        }
    }

    /// RFC 3810 §5.2.
    private static func readReport(_ message: borrowing MessageBytes, _ emit: Emit) {
        message.raw(.reserved, 4, 2, emit)
        message.number(.recordCount, 6, 2, emit)
        var offset = 8
        for _ in 0..<Int(message.bytes.u16(at: 6)) {
            guard message.bytes.has(20, at: offset) else { return }
            let (sources, auxiliary) = (
                Int(message.bytes.u16(at: offset + 2)), 4 * Int(message.bytes.u8(at: offset + 1))
            )
            let length = min(20 + 16 * sources + auxiliary, message.count - offset)
            emit(.record, .presence, message.place(offset, length))
            message.number(.recordType, offset, 1, emit)
            message.number(.auxiliaryLength, offset + 1, 1, emit)
            message.number(.recordSources, offset + 2, 2, emit)
            message.ipv6(.recordGroup, offset + 4, emit)
            for number in 0..<sources {
                guard message.bytes.has(16, at: offset + 20 + 16 * number) else { return }
                message.ipv6(.recordSource, offset + 20 + 16 * number, emit)
            }
            message.raw(.auxiliary, offset + 20 + 16 * sources, auxiliary, emit)
            offset += length
        }
    }
}
