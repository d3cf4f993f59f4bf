import Bytes

extension CaptureSection {
    /// From the body of a Section Header Block of at least 16 bytes.
    init(_ body: Bytes, _ order: ByteOrder, file: Int) {
        self.init(file: file, byteOrder: order)
        var option = PcapngOptions(body.slice(from: 16), order)
        while option.advance() {
            switch option.code {
            case PcapngOptions.comment: comments.append(option.text)
            case 2: hardware = option.text
            case 3: os = option.text
            case 4: application = option.text
            default: break
            }
        }
    }
}

extension CaptureInterface {
    /// From the body of an Interface Description Block of at least 8 bytes.
    init(_ body: Bytes, _ order: ByteOrder, section: Int, file: Int) {
        self.init(
            linkType: LinkType(inFile: body.u16(at: 0, order)), snapLength: body.u32(at: 4, order), section: section,
            file: file)
        resolution = .microseconds
        var option = PcapngOptions(body.slice(from: 8), order)
        while option.advance() {
            switch option.code {
            case PcapngOptions.comment: comments.append(option.text)
            case 2: name = option.text
            case 3: description = option.text
            case 4, 5: if let address = InterfaceAddress(option.value) { addresses.append(address) }
            case 6: macAddress = option.mac
            case 8: speed = option.u64
            case 9: if let byte = option.u8 { resolution = TimestampResolution(option: byte) }
            // The first byte says what follows: 0 is the text of a libpcap filter, 1 its machine code.
            case 11: if option.value.u8(at: 0) == 0 { filter = option.value.slice(from: 1).text }
            case 12: os = option.text
            // The draft counts bits, and writers have taken it for bytes: no check sequence is shorter than 8 bits.
            case 13: fcsLength = option.u8.map { $0 < 8 ? $0 : $0 / 8 }
            case 14: if let seconds = option.u64 { offsetSeconds = Int64(bitPattern: seconds) }
            case 15: hardware = option.text
            default: break
            }
        }
    }
}

extension InterfaceAddress {
    /// `if_IPv4addr`, an address and a mask of four bytes each, or `if_IPv6addr`, sixteen bytes and a prefix length.
    fileprivate init?(_ value: Bytes) {
        switch value.count {
        case 8:
            self.init(
                IPAddress(v4: value.u32(at: 0)),
                prefixLength: UInt8((~value.u32(at: 4)).leadingZeroBitCount))
        case 17:
            self.init(
                IPAddress(high: value.u64(at: 0), low: value.u64(at: 8)), prefixLength: min(128, value.u8(at: 16)))
        default: return nil
        }
    }
}

extension InterfaceStatistics {
    /// From the body of an Interface Statistics Block of at least 12 bytes.
    init(_ body: Bytes, _ order: ByteOrder, _ interface: UInt16, _ clock: TickClock) {
        let ticks = UInt64(body.u32(at: 4, order)) << 32 | UInt64(body.u32(at: 8, order))
        self.init(interface: interface, time: clock.nanoseconds(ticks))
        var option = PcapngOptions(body.slice(from: 12), order)
        while option.advance() {
            switch option.code {
            case 2: startTime = option.ticks.map(clock.nanoseconds)
            case 3: endTime = option.ticks.map(clock.nanoseconds)
            case 4: received = option.u64
            case 5: dropped = option.u64
            case 6: filterAccepted = option.u64
            case 7: droppedByOS = option.u64
            case 8: delivered = option.u64
            default: break
            }
        }
    }
}

/// Each `add` answers what is wrong when the list is full.
extension CaptureMetadata {
    mutating func add(section: CaptureSection) -> CaptureCode? { Self.append(section, to: &sections) }

    mutating func add(interface: CaptureInterface) -> CaptureCode? {
        guard interfaces.count < Self.interfaceLimit else { return .tooManyInterfaces }
        interfaces.append(interface)
        return nil
    }

    mutating func add(statistics entry: InterfaceStatistics) -> CaptureCode? { Self.append(entry, to: &statistics) }

    mutating func add(secrets entry: DecryptionSecrets) -> CaptureCode? { Self.append(entry, to: &secrets) }

    mutating func add(block: RawBlock) -> CaptureCode? { Self.append(block, to: &otherBlocks) }

    /// The records of a Name Resolution Block: type, length, and an address followed by names that end in zeros.
    mutating func addNames(_ body: Bytes, _ order: ByteOrder) -> CaptureCode? {
        var offset = 0
        while body.has(4, at: offset) {
            let type = body.u16(at: offset, order)
            let length = Int(body.u16(at: offset + 2, order))
            guard type != 0 else { return nil }
            guard body.has(length, at: offset + 4) else { return .malformedBlock(.nameResolution) }
            let value = body.slice(from: offset + 4, count: length)
            offset += 4 + (length + 3) & ~3
            let width = type == 1 ? 4 : 16
            // Types 3 and 4 name hardware addresses.
            guard type <= 2, length > width else { continue }
            let address =
                type == 1
                ? IPAddress(v4: value.u32(at: 0)) : IPAddress(high: value.u64(at: 0), low: value.u64(at: 8))
            let names = value.slice(from: width).array.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
            if let full = Self.append(NameRecord(address: address, names: names), to: &self.names) { return full }
        }
        return nil
    }

    private static func append<Entry>(_ entry: Entry, to list: inout [Entry]) -> CaptureCode? {
        guard list.count < limit else { return .tooMuchMetadata }
        list.append(entry)
        return nil
    }
}
