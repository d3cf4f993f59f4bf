import Bytes

/// Builds a file byte by byte.
struct FileBuilder {
    let order: ByteOrder
    var bytes: [UInt8] = []

    init(_ order: ByteOrder = .little) {
        self.order = order
    }

    mutating func put<Number: FixedWidthInteger>(_ number: Number) {
        let octets = (0..<Number.bitWidth / 8).map { UInt8(truncatingIfNeeded: number >> Number(8 * $0)) }
        bytes += order.isBig ? octets.reversed() : octets
    }

    mutating func pad() {
        while bytes.count % 4 != 0 { bytes.append(0) }
    }
}

// MARK: pcap

extension FileBuilder {
    static func pcap(
        _ order: ByteOrder = .little, magic: UInt32 = 0xA1B2_C3D4, version: (UInt16, UInt16) = (2, 4),
        snapLength: UInt32 = 65_535, network: UInt32 = 1
    ) -> FileBuilder {
        var file = FileBuilder(order)
        file.put(magic)
        file.put(version.0)
        file.put(version.1)
        file.put(0 as UInt64)
        file.put(snapLength)
        file.put(network)
        return file
    }

    mutating func record(
        _ seconds: UInt32, _ fraction: UInt32, _ data: [UInt8], captured: UInt32? = nil, original: UInt32? = nil,
        extra: Int = 0
    ) {
        put(seconds)
        put(fraction)
        put(captured ?? UInt32(data.count))
        put(original ?? UInt32(data.count))
        bytes += [UInt8](repeating: 0, count: extra)
        bytes += data
    }
}

// MARK: pcapng

extension FileBuilder {
    /// A section, and one Ethernet interface unless told otherwise.
    static func pcapng(_ order: ByteOrder = .little, interface: Bool = true) -> FileBuilder {
        var file = FileBuilder(order)
        file.section()
        if interface { file.interface() }
        return file
    }

    mutating func block(_ type: UInt32, trailer: UInt32? = nil, _ body: (inout FileBuilder) -> Void = { _ in }) {
        var inner = FileBuilder(order)
        body(&inner)
        inner.pad()
        put(type)
        put(UInt32(inner.bytes.count + 12))
        bytes += inner.bytes
        put(trailer ?? UInt32(inner.bytes.count + 12))
    }

    mutating func option(_ code: UInt16, _ value: [UInt8], length: UInt16? = nil) {
        put(code)
        put(length ?? UInt16(value.count))
        bytes += value
        pad()
    }

    mutating func option(_ code: UInt16, _ text: String) {
        option(code, Array(text.utf8))
    }

    mutating func option<Number: FixedWidthInteger>(_ code: UInt16, number: Number) {
        var inner = FileBuilder(order)
        inner.put(number)
        option(code, inner.bytes)
    }

    mutating func section(version: UInt16 = 1, length: Int64 = -1, _ options: (inout FileBuilder) -> Void = { _ in }) {
        block(0x0A0D_0D0A) {
            $0.put(0x1A2B_3C4D as UInt32)
            $0.put(version)
            $0.put(0 as UInt16)
            $0.put(length)
            options(&$0)
        }
    }

    mutating func interface(
        linkType: UInt16 = 1, snapLength: UInt32 = 0, _ options: (inout FileBuilder) -> Void = { _ in }
    ) {
        block(1) {
            $0.put(linkType)
            $0.put(0 as UInt16)
            $0.put(snapLength)
            options(&$0)
        }
    }

    mutating func packet(
        _ data: [UInt8], ticks: UInt64 = 1_700_000_000_000_000, interface: UInt32 = 0, captured: UInt32? = nil,
        original: UInt32? = nil, _ options: (inout FileBuilder) -> Void = { _ in }
    ) {
        block(6) {
            $0.put(interface)
            $0.put(UInt32(ticks >> 32))
            $0.put(UInt32(truncatingIfNeeded: ticks))
            $0.put(captured ?? UInt32(data.count))
            $0.put(original ?? UInt32(data.count))
            $0.bytes += data
            $0.pad()
            options(&$0)
        }
    }
}

// MARK: gzip

/// A gzip member that stores `data` uncompressed (RFC 1951 §3.2.4, RFC 1952).
func gzip(_ data: [UInt8]) -> [UInt8] {
    var file = FileBuilder()
    file.bytes = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]
    var rest = data[...]
    repeat {
        let piece = rest.prefix(65_535)
        rest = rest.dropFirst(65_535)
        file.bytes.append(rest.isEmpty ? 1 : 0)
        file.put(UInt16(piece.count))
        file.put(~UInt16(piece.count))
        file.bytes += piece
    } while !rest.isEmpty
    file.put(crc32(data))
    file.put(UInt32(data.count))
    return file.bytes
}

private func crc32(_ data: [UInt8]) -> UInt32 {
    var crc = UInt32.max
    for byte in data {
        crc ^= UInt32(byte)
        for _ in 0..<8 { crc = (crc >> 1) ^ (crc & 1 == 0 ? 0 : 0xEDB8_8320) }
    }
    return ~crc
}
