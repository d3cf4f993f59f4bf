import Bytes

/// What each block holds, as ``PcapngMetadata`` reads it.
extension PcapngEncoder {
    mutating func encode(_ section: CaptureSection) throws(CaptureCode) {
        begin(.sectionHeader)
        integer(0x1A2B_3C4D as UInt32)
        integer(1 as UInt16)
        integer(0 as UInt16)
        // The section's length is not known before its end.
        integer(-1 as Int64)
        let start = block.count
        for comment in section.comments { option(PcapngOptions.comment, text: comment) }
        option(2, text: section.hardware)
        option(3, text: section.os)
        option(4, text: section.application)
        endOptions(since: start)
        try end()
    }

    /// Timestamps are always written as nanoseconds since 1970, whatever the interface had in the file it came from.
    mutating func encode(_ interface: CaptureInterface) throws(CaptureCode) {
        begin(.interfaceDescription)
        integer(interface.linkType.rawValue)
        integer(0 as UInt16)
        integer(interface.snapLength)
        let start = block.count
        for comment in interface.comments { option(PcapngOptions.comment, text: comment) }
        option(2, text: interface.name)
        option(3, text: interface.description)
        for address in interface.addresses { encode(address) }
        if let mac = interface.macAddress { option(6, Array(mac.value.bigEndianBytes.suffix(6))) }
        option(8, integer: interface.speed)
        option(9, integer: 9 as UInt8)
        if let filter = interface.filter { option(11, [0] + Array(filter.utf8)) }
        option(12, text: interface.os)
        option(13, integer: interface.fcsLength.map { UInt8(clamping: Int($0) * 8) })
        option(15, text: interface.hardware)
        endOptions(since: start)
        try end()
    }

    private mutating func encode(_ entry: InterfaceAddress) {
        if let v4 = entry.address.v4 {
            let mask = entry.prefixLength >= 32 ? UInt32.max : ~(UInt32.max >> UInt32(entry.prefixLength))
            option(4, (UInt64(v4) << 32 | UInt64(mask)).bigEndianBytes)
        } else {
            option(5, entry.address.sixteenBytes + [entry.prefixLength])
        }
    }

    /// What follows a packet's `count` bytes in its block, where a comment does: ``block`` is that.
    ///
    /// - Returns: how long the whole block is.
    mutating func encodeTail(behind count: Int, comment: String) throws(CaptureCode) -> UInt32 {
        beginTail(after: PacketHead.count + count)
        option(PcapngOptions.comment, text: comment)
        integer(0 as UInt32)
        return try endTail()
    }

    mutating func encode(_ records: some Sequence<NameRecord>) throws(CaptureCode) {
        begin(.nameResolution)
        for record in records {
            let octets = record.address.sixteenBytes
            let address = record.address.isV4 ? octets.suffix(4) : octets[...]
            let names = record.names.flatMap { name in Array(name.utf8) + [0 as UInt8] }
            // A record has the form of an option; 1 is IPv4, 2 is IPv6.
            option(record.address.isV4 ? 1 : 2, Array(address) + names)
        }
        integer(0 as UInt32)
        try end()
    }

    mutating func encode(_ statistics: InterfaceStatistics, interface: UInt32) throws(CaptureCode) {
        begin(.interfaceStatistics)
        integer(interface)
        ticks(UInt64(clamping: statistics.time))
        let start = block.count
        option(2, ticks: statistics.startTime.map { UInt64(clamping: $0) })
        option(3, ticks: statistics.endTime.map { UInt64(clamping: $0) })
        option(4, integer: statistics.received)
        option(5, integer: statistics.dropped)
        option(6, integer: statistics.filterAccepted)
        option(7, integer: statistics.droppedByOS)
        option(8, integer: statistics.delivered)
        endOptions(since: start)
        try end()
    }

    mutating func encode(secrets bytes: Bytes, type: UInt32) throws(CaptureCode) {
        guard let count = UInt32(exactly: bytes.count) else { throw .blockTooLong(bytes.count) }
        begin(.decryptionSecrets)
        integer(type)
        integer(count)
        padded(bytes)
        try end()
    }

    mutating func encode(_ type: BlockType, body: Bytes) throws(CaptureCode) {
        begin(type)
        padded(body)
        try end()
    }
}

extension UInt64 {
    fileprivate var bigEndianBytes: [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: self >> UInt64(56 - 8 * $0)) }
    }
}

extension IPAddress {
    fileprivate var sixteenBytes: [UInt8] { high.bigEndianBytes + low.bigEndianBytes }
}
