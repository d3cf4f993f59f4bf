import Bytes

/// Multipath TCP's option (RFC 8684 §3) and those of WAN optimisers, which share kinds 76 and 78.
extension TCPOptionReader {
    func multipath(_ at: Int, _ length: Int, _ emit: Emit) {
        number(.multipathSubtype, at + 2, 1, emit)
        func flags(_ offset: Int, _ bits: [TCPItem]) {
            number(.multipathFlags, offset, 1, emit)
            for bit in bits { number(bit, offset, 1, emit, depth: 4) }
        }
        switch header.u8(at: at + 2) >> 4 {
        case 0: capable(at, length, emit)
        case 1:
            switch length {
            case 12, 16:
                flags(at + 2, [.isBackup])
                number(.addressID, at + 3, 1, emit)
                number(length == 12 ? .receiverToken : .truncatedSenderCode, at + 4, length - 8, emit)
                number(.senderNonce, at + length - 4, 4, emit)
            case 24:
                number(.multipathReserved, at + 2, 2, emit)
                bytes(.senderCode, at + 4, 20, emit)
            default: break
            }
        case 2:
            flags(at + 3, [.isDataFIN, .isLongDataNumber, .hasDataNumber, .isLongDataACK, .hasDataACK])
            dataSequence(at, length, emit)
        case 3: address(at, length, emit)
        case 4:
            emit(.removedCount, .number(UInt64(length - 3)), place(at + 2, 1), 3)
            for offset in 3..<max(3, length) { number(.addressID, at + offset, 1, emit) }
        case 5:
            flags(at + 2, [.isBackup])
            if length == 4 { number(.addressID, at + 3, 1, emit) }
        case 6:
            number(.multipathReserved, at + 2, 2, emit)
            number(.dataNumber, at + 4, 8, emit)
        case 7:
            number(.multipathReserved, at + 2, 2, emit)
            number(.receiverKey, at + 4, 8, emit)
        case 8:
            flags(at + 2, [.flagU, .flagV, .flagW, .isTransient])
            number(.resetReason, at + 3, 1, emit)
        default: break
        }
    }

    private func capable(_ at: Int, _ length: Int, _ emit: Emit) {
        let isFirst = header.u8(at: at + 2) & 0xF == 0
        number(.multipathVersion, at + 2, 1, emit)
        number(.multipathFlags, at + 3, 1, emit)
        let bits: [TCPItem] =
            isFirst
            ? [.needsChecksum, .isExtensible, .usesSHA1, .capableReserved]
            : [.needsChecksum, .isExtensible, .hasNoMoreSubflows, .usesSHA256, .capableReserved1]
        for bit in bits { number(bit, at + 3, 1, emit, depth: 4) }
        if length >= 12 { number(.senderKey, at + 4, 8, emit) }
        if length >= 20 { number(.receiverKey, at + 12, 8, emit) }
        if length >= 22 { number(.dataLength, at + 20, 2, emit) }
        if length >= 24 { number(.dataChecksum, at + 22, 2, emit) }
    }

    /// RFC 8684 §3.3: the flags say which numbers there are, and how long.
    private func dataSequence(_ at: Int, _ length: Int, _ emit: Emit) {
        let flags = header.u8(at: at + 3)
        var offset = at + 4
        if flags & 1 != 0 {
            let width = flags & 2 != 0 ? 8 : 4
            number(.dataACK, offset, width, emit)
            offset += width
        }
        guard flags & 4 != 0 else { return }
        let width = flags & 8 != 0 ? 8 : 4
        number(.mappedDataNumber, offset, width, emit)
        number(.subflowNumber, offset + width, 4, emit)
        number(.dataLength, offset + width + 4, 2, emit)
        if at + length >= offset + width + 8 { number(.dataChecksum, offset + width + 6, 2, emit) }
    }

    /// RFC 8684 §3.4.1. Versions before it say what IP is used where it has a flag.
    private func address(_ at: Int, _ length: Int, _ emit: Emit) {
        let version = header.u8(at: at + 2) & 0xF
        number(version == 4 || version == 6 ? .addressVersion : .isAddressEcho, at + 2, 1, emit)
        number(.addressID, at + 3, 1, emit)
        var offset = at + 4
        if [8, 10, 16, 18].contains(length) {
            ipv4(.advertisedIPv4, offset, emit)
            offset += 4
        } else if [20, 22, 28, 30].contains(length), header.has(16, at: offset) {
            let address = IPAddress(high: header.u64(at: offset), low: header.u64(at: offset + 8))
            emit(.advertisedIPv6, .address(address), place(offset, 16), 3)
            offset += 16
        } else {
            return
        }
        if (at + length - offset) % 8 == 2 {
            number(.advertisedPort, offset, 2, emit)
            offset += 2
        }
        if at + length - offset >= 8 { number(.addressCode, offset, 8, emit) }
    }

    /// Riverbed's probes: the first version has its number in four bits, the others in one that is inverted.
    func probe(_ at: Int, _ length: Int, _ emit: Emit) -> End {
        let (first, place) = (header.u8(at: at + 2), at + 2)
        guard length >= 4 else { return .complete }
        if first & 1 == 0 {
            let type = first >> 1
            guard [1, 4, 5, 6, 7].contains(type) else { return .complete }
            number(.probeType2, place, 1, emit)
            number(.probeVersionBit, place, 1, emit)
            emit(.probeVersion, .number(2), self.place(place, 1), 3)
            if type == 7 {
                number(.probeFlags, place + 1, 1, emit)
                for bit in [TCPItem.probeFlagProbe, .probeFlagSSL, .probeFlagServer] {
                    number(bit, place + 1, 1, emit, depth: 4)
                }
            }
            return .complete
        }
        let type = first >> 4
        guard type <= 7 || type == 10 else { return .complete }
        number(.probeType1, place, 1, emit)
        number(.probeVersionNumber, place, 1, emit)
        guard type != 2 else { return .complete }
        number(.probeReserved, place + 1, 1, emit)
        guard length >= 8 else { return .damaged }
        ipv4(.probeClient, at + 4, emit)
        switch type {
        case 0, 3, 4:
            guard length >= 10 else { return .damaged }
            number(.probeApplication, at + 8, 2, emit)
        case 1:
            guard length >= 12 else { return .damaged }
            ipv4(.probeProxy, at + 8, emit)
            guard length >= 14 else { return .damaged }
            number(.probeProxyPort, at + 12, 2, emit)
        case 5:
            guard length >= 12 else { return .damaged }
            ipv4(.probeOwner, at + 8, emit)
            guard length >= 16 else { return .damaged }
            ipv4(.probeProxy, at + 12, emit)
            guard length >= 18 else { return .damaged }
            number(.probeProxyPort, at + 16, 2, emit)
        default: break
        }
        return .complete
    }

    func transparency(_ at: Int, _ emit: Emit) {
        number(.transparencyFlags, at + 2, 2, emit)
        let bits: [TCPItem] = [
            .transparencyProbe, .transparencyInner, .transparencyReset, .transparencyChecksum, .transparencyBand,
            .transparencyMode,
        ]
        for bit in bits { number(bit, at + 2, 2, emit, depth: 4) }
        ipv4(.transparencySource, at + 4, emit)
        ipv4(.transparencyDestination, at + 8, emit)
        number(.transparencySourcePort, at + 12, 2, emit)
        number(.transparencyDestinationPort, at + 14, 2, emit)
    }
}
