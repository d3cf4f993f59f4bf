import Bytes

/// What stands at a place among the options; rows make values of it.
enum TCPOptionValue: BitwiseCopyable {
    case number(UInt64), bytes, presence, address(IPAddress)
}

/// The options of a header (RFC 9293 §3.1), from front to back, each followed by its parts.
struct TCPOptionReader: ~Escapable {
    typealias Emit = (_ item: TCPItem, _ value: TCPOptionValue, _ range: Range<Int>, _ depth: Int) -> Void

    let header: Bytes
    /// Of the header, in the frame.
    let start: Int
    /// Where the options end by the header's own account, which may be past what was captured.
    let end: Int
    /// What SACK blocks are counted from.
    let base: UInt32

    @_lifetime(copy input)
    init(_ input: borrowing FieldInput) {
        header = input.header
        start = input.start
        end = Int(header.u8(at: 12) >> 4) * 4
        // Blocks are counted from the other side's first sequence number, as `tcp.ack` is.
        base = input.facts.tcp?.acknowledgmentBase ?? 0
    }

    func place(_ offset: Int, _ count: Int) -> Range<Int> { start + offset..<start + offset + max(0, count) }

    /// How far an option can be read.
    enum End { case complete, contradiction, cut, damaged }

    /// Calls `emit` with everything that stands there.
    @discardableResult
    func read(_ emit: Emit) -> End {
        guard header.count > 20 else { return .complete }
        emit(.options, .bytes, place(20, header.count - 20), 1)
        var at = 20
        var paddings = 0
        var hasSegmentSize = false
        while at < end {
            guard header.has(1, at: at) else { return .cut }
            let kind = header.u8(at: at)
            if kind == 0 {
                single(.endOfList, at, emit)
                at += 1
                // Behind the end of the list, there are zeros only.
                if at < end, header.u8(at: at) != 0, header.has(1, at: at) {
                    emit(.paddingLine, .presence, place(at, min(end, header.count) - at), 2)
                    emit(.padding, .presence, place(at, 0), 3)
                    return .contradiction
                }
                continue
            }
            if kind == 1 {
                paddings += 1
                if paddings == 4 { emit(.repeatedPadding, .presence, place(20, 0), 2) }
                single(.noOperation, at, emit)
                at += 1
                continue
            }
            paddings = 0
            let length = at + 1 < end ? Int(header.u8(at: at + 1)) : 0
            if at + 1 < end, !header.has(1, at: at + 1) { return .cut }
            guard length >= 2, at + length <= end else {
                let count = at + 1 >= end ? 1 : length < 2 ? 2 : max(1, end - at - 2)
                emit(.badOption, .presence, place(at, count), 2)
                emit(.badOptionFinding, .presence, place(at, 0), 3)
                return .contradiction
            }
            if kind == 2 { hasSegmentSize = true }
            let ending = option(kind, at, length, emit)
            guard ending == .complete else { return ending }
            at += length
        }
        if header.u8(at: 13) & 2 != 0, !hasSegmentSize { emit(.segmentSizeAbsent, .presence, place(20, 0), 2) }
        return .complete
    }

    private func single(_ item: TCPItem, _ at: Int, _ emit: Emit) {
        emit(item, .bytes, place(at, 1), 2)
        emit(.kind, .number(UInt64(header.u8(at: at))), place(at, 1), 3)
    }

    /// Bytes at an offset as a number.
    func value(_ offset: Int, _ count: Int) -> UInt64 {
        var number: UInt64 = 0
        for place in offset..<offset + count { number = number << 8 | UInt64(header.u8(at: place)) }
        return number
    }

    /// Hands on a number, if it was captured.
    func number(_ item: TCPItem, _ offset: Int, _ count: Int, _ emit: Emit, depth: Int = 3) {
        if header.has(count, at: offset) { emit(item, .number(value(offset, count)), place(offset, count), depth) }
    }

    func bytes(_ item: TCPItem, _ offset: Int, _ count: Int, _ emit: Emit) {
        if count > 0, header.has(count, at: offset) { emit(item, .bytes, place(offset, count), 3) }
    }

    func ipv4(_ item: TCPItem, _ offset: Int, _ emit: Emit) {
        guard header.has(4, at: offset) else { return }
        emit(item, .address(IPAddress(v4: header.u32(at: offset))), place(offset, 4), 3)
    }

    private func option(_ kind: UInt8, _ at: Int, _ length: Int, _ emit: Emit) -> End {
        let captured = min(length, header.count - at)
        let item = TCPItem.line(of: kind)
        emit(item, item == .multipath ? .presence : .bytes, place(at, captured), 2)
        if kind == 2, header.u8(at: 13) & 2 == 0 { emit(.segmentSizePresent, .presence, place(at, 0), 3) }
        emit(.kind, .number(UInt64(kind)), place(at, 1), 3)
        number(.length, at + 1, 1, emit)
        if TCPItem.lengthProblem(kind, length, header.u16(at: at + 2)) != nil {
            emit(.wrongLength, .presence, place(at + 1, 0), 4)
            return readsShort(kind, at, length, emit)
        }
        guard captured == length else {
            if kind == 5 { blocks(at, captured, emit) }
            if kind == 8 { _ = known(kind, at, length, emit) }
            return .cut
        }
        return known(kind, at, length, emit)
    }

    /// What is said of an option although its length is wrong.
    private func readsShort(_ kind: UInt8, _ at: Int, _ length: Int, _ emit: Emit) -> End {
        if kind >= 253, length >= 4 { number(.experiment, at + 2, 2, emit) }
        return .complete
    }

    private func known(_ kind: UInt8, _ at: Int, _ length: Int, _ emit: Emit) -> End {
        switch kind {
        case 2: number(.segmentSize, at + 2, 2, emit)
        case 3:
            number(.windowShift, at + 2, 1, emit)
            let shift = header.u8(at: at + 2)
            // RFC 7323 §2.3: more than 14 counts as 14.
            if shift > 14 { emit(.windowShiftTooLarge, .presence, place(at + 2, 0), 4) }
            emit(.windowFactor, .number(1 << UInt64(min(14, shift))), place(at + 2, 1), 3)
        case 5: return sack(at, length, emit)
        case 6, 7: number(.echoValue, at + 2, 4, emit)
        case 8:
            number(.timestamp, at + 2, 4, emit)
            number(.timestampEcho, at + 6, 4, emit)
        case 11, 12, 13: number(.connectionCountValue, at + 2, 4, emit)
        case 19: bytes(.digest, at + 2, 16, emit)
        case 20: if length == 4 { capabilities(at, emit) }
        case 21:
            number(.snackOffset, at + 2, 2, emit)
            number(.snackSize, at + 4, 2, emit)
            return .damaged
        case 27:
            number(.quickStartRate, at + 2, 1, emit)
            number(.quickStartLife, at + 3, 1, emit)
        case 28:
            number(.userTimeoutUnit, at + 2, 2, emit)
            number(.userTimeoutValue, at + 2, 2, emit)
        case 29:
            number(.authenticationKey, at + 2, 1, emit)
            number(.authenticationNextKey, at + 3, 1, emit)
            bytes(.authenticationCode, at + 4, length - 4, emit)
        case 30: multipath(at, length, emit)
        case 34: cookie(at, at + 2, length - 2, emit)
        case 76: return probe(at, length, emit)
        case 78: transparency(at, emit)
        case 172, 174: counters(at + 2, length - 2, isFirstOrder: kind == 172, emit)
        case 253, 254: experiment(at, length, emit)
        default: if TCPItem.line(of: kind) == .unknown { bytes(.payload, at + 2, length - 2, emit) }
        }
        return .complete
    }

    private func blocks(_ at: Int, _ length: Int, _ emit: Emit) {
        for offset in stride(from: 2, through: length - 4, by: 4) {
            emit(
                offset % 8 == 2 ? .blockLeft : .blockRight, .number(UInt64(header.u32(at: at + offset) &- base)),
                place(at + offset, 4), 3)
        }
    }

    private func sack(_ at: Int, _ length: Int, _ emit: Emit) -> End {
        blocks(at, length, emit)
        let (count, rest) = ((length - 2) / 8, (length - 2) % 8)
        if rest > 0 {
            let offset = rest >= 4 ? length - rest + 4 : length - rest
            emit(.cutBlockLine, .presence, place(at + offset, rest % 4), 3)
            emit(.cutBlock, .presence, place(at + offset, 0), 4)
        }
        emit(.blockCount, .number(UInt64(count)), place(at, 0), 3)
        guard count > 0 else {
            if rest >= 4 { emit(.duplicateLeft, .number(UInt64(header.u32(at: at + 2) &- base)), place(at + 2, 4), 3) }
            return .damaged
        }
        guard header.u8(at: 13) & 0x10 != 0 else { return .complete }
        // RFC 2883 §4: a first block below the acknowledgment, or within the second one, tells of what came twice.
        let (left, right) = (header.u32(at: at + 2), header.u32(at: at + 6))
        let isBelow = Int32(bitPattern: header.u32(at: 8) &- left) > 0
        let isWithin =
            count > 1 && Int32(bitPattern: left &- header.u32(at: at + 10)) >= 0
            && Int32(bitPattern: header.u32(at: at + 14) &- right) >= 0
        guard isBelow || isWithin else { return .complete }
        emit(.duplicateLeft, .number(UInt64(left &- base)), place(at + 2, 4), 3)
        emit(.duplicateRight, .number(UInt64(right &- base)), place(at + 6, 4), 3)
        emit(.duplicateLine, .presence, place(at + 2, 8), 3)
        emit(.duplicate, .presence, place(at + 2, 0), 4)
        return .complete
    }

    private func capabilities(_ at: Int, _ emit: Emit) {
        number(.capabilities, at + 2, 1, emit)
        for item in [TCPItem.canBETS, .canSNACK1, .canSNACK2, .canCompress, .canNLTS, .canReserved] {
            number(item, at + 2, 1, emit, depth: 4)
        }
        number(.binding, at + 3, 1, emit)
    }

    /// RFC 7413 §4.1.1: without a cookie it is asked for.
    private func cookie(_ at: Int, _ offset: Int, _ count: Int, _ emit: Emit) {
        guard count > 0 else { return emit(.cookieRequest, .presence, place(offset - 2, 2), 3) }
        bytes(.cookie, offset, count, emit)
        if header.u8(at: 13) & 0x12 == 2 { emit(.cookieInSYN, .presence, place(offset, 0), 4) }
    }

    /// draft-ietf-tcpm-accurate-ecn: up to three counters, in one of two orders.
    private func counters(_ offset: Int, _ count: Int, isFirstOrder: Bool, _ emit: Emit) {
        let items: [TCPItem] = isFirstOrder ? [.ect0Count, .ceCount, .ect1Count] : [.ect1Count, .ceCount, .ect0Count]
        for (number, item) in items.prefix(count / 3).enumerated() {
            self.number(item, offset + 3 * number, 3, emit)
        }
    }

    private func experiment(_ at: Int, _ length: Int, _ emit: Emit) {
        number(.experiment, at + 2, 2, emit)
        switch header.u16(at: at + 2) {
        case 0xF989: cookie(at, at + 4, length - 4, emit)
        case 0x00AC:
            guard length == 5 else { return }
            number(.acknowledgmentRate, at + 4, 1, emit)
            number(.acknowledgmentRateReserved, at + 4, 1, emit)
        case 0xACC0: counters(at + 4, length - 4, isFirstOrder: true, emit)
        case 0xACC1: counters(at + 4, length - 4, isFirstOrder: false, emit)
        default: bytes(.experimentData, at + 4, length - 4, emit)
        }
    }
}
