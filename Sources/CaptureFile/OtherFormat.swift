import Bytes

/// A kind of file that people give in place of a capture, recognised so that the answer can name the way out.
package enum OtherFormat: String, Hashable, Sendable, CaseIterable {
    case nestedGzip, zip, xz, zstd, bzip2, lz4, sevenZip, html, xml, json, pdf
    case snoop, btsnoop, netmon, etl, erf, sniffer, netXray, fiveViews, omniPeek, pcapReserved, pcapngBlocks

    /// Looks at the first bytes of a file that is neither pcap nor pcapng.
    init?(_ bytes: Bytes) {
        for format in Self.allCases where format.matches(bytes) {
            self = format
            return
        }
        return nil
    }

    private func matches(_ bytes: Bytes) -> Bool {
        switch self {
        case .nestedGzip: bytes.u16(at: 0) == 0x1F8B
        case .zip: bytes.u32(at: 0) == 0x504B_0304
        case .xz: bytes.u32(at: 0) == 0xFD37_7A58
        case .zstd: bytes.u32(at: 0) == 0x28B5_2FFD
        case .bzip2: bytes.u24(at: 0) == 0x425A68 && (0x31...0x39).contains(bytes.u8(at: 3))
        case .lz4: bytes.u32(at: 0) == 0x0422_4D18
        case .sevenZip: bytes.u32(at: 0) == 0x377A_BCAF
        case .html: bytes.beginsWithTag("<!doctype html") || bytes.beginsWithTag("<html")
        case .xml: bytes.beginsWithTag("<?xml") || bytes.beginsWithTag("<pdml")
        case .json: bytes.beginsWithTag("{\"") || bytes.beginsWithTag("[{") || bytes.beginsWithTag("[\n")
        case .pdf: bytes.starts(with: "%PDF-")
        case .snoop: bytes.starts(with: "snoop\0\0\0")
        case .btsnoop: bytes.starts(with: "btsnoop\0")
        case .netmon: bytes.starts(with: "RTSS") || bytes.starts(with: "GMBU")
        case .sniffer: bytes.starts(with: "TRSNIFF data")
        case .netXray: bytes.starts(with: "XCP\0")
        case .fiveViews: bytes.u32(at: 0) == 0xAAAA_AAAA
        case .omniPeek: bytes.starts(with: "\u{7F}ver")
        case .pcapReserved:
            // Named in libpcap: one promised to Francisco Mesquita, one to Navtel Communications.
            [0xA1B2_34CD, 0xA12B_3C4D].contains { $0 == bytes.u32(at: 0) || $0 == bytes.u32(at: 0, .little) }
        case .pcapngBlocks: bytes.beginsWithBlock
        case .etl: bytes.beginsWithTraceBuffer
        case .erf: bytes.beginsWithERFRecord
        }
    }

    /// What it is and what to do with it.
    var message: String {
        switch self {
        case .nestedGzip: "it is gzip inside gzip; unpack it once with gunzip"
        case .zip: "it is a zip archive; unpack it with unzip"
        case .xz: "it is compressed with xz; unpack it with unxz"
        case .zstd: "it is compressed with zstd; unpack it with unzstd"
        case .bzip2: "it is compressed with bzip2; unpack it with bunzip2"
        case .lz4: "it is compressed with lz4; unpack it with unlz4"
        case .sevenZip: "it is a 7z archive; unpack it with 7z x"
        case .html: "it is a web page, perhaps the download page in place of the download"
        case .xml: "it is XML; a capture exported as PDML cannot be turned back, give the capture itself"
        case .json: "it is JSON; an exported capture cannot be turned back, give the capture itself"
        case .pdf: "it is a PDF document"
        case .pcapReserved: "its magic number belongs to a breed of pcap that was reserved and never published"
        case .pcapngBlocks: "it holds pcapng blocks without the section header they need: its beginning is missing"
        case .etl:
            "it is a Windows event trace (ETL); convert it with pktmon etl2pcap or etl2pcapng"
        case .snoop: Self.convertible("Sun snoop")
        case .btsnoop: Self.convertible("Bluetooth btsnoop")
        case .netmon: Self.convertible("Microsoft Network Monitor")
        case .erf: Self.convertible("Endace ERF")
        case .sniffer: Self.convertible("Network General Sniffer")
        case .netXray: Self.convertible("NetXray or Windows Sniffer")
        case .fiveViews: Self.convertible("InfoVista 5View")
        case .omniPeek: Self.convertible("OmniPeek or EtherPeek")
        }
    }

    private static func convertible(_ name: String) -> String {
        "it is a capture in the format of \(name); convert it with editcap -F pcapng"
    }
}

extension Bytes {
    /// Whether `prefix`, given in lower case, follows an optional byte-order mark and blanks, in any case.
    fileprivate func beginsWithTag(_ prefix: StaticString) -> Bool {
        var start = u24(at: 0) == 0xEFBBBF ? 3 : 0
        while start < Swift.min(count, 64), [0x20, 0x09, 0x0A, 0x0D].contains(u8(at: start)), u8(at: start) != 0 {
            start += 1
        }
        let text = slice(from: start, count: prefix.utf8CodeUnitCount).array
        return String(decoding: text, as: UTF8.self).lowercased() == "\(prefix)"
    }

    /// A whole pcapng block of a known type, in either byte order, at the very beginning.
    fileprivate var beginsWithBlock: Bool {
        [ByteOrder.little, .big].contains { order in
            guard BlockType(rawValue: u32(at: 0, order)).isRegistered else { return false }
            let length = Int(u32(at: 4, order))
            return length >= 12 && length % 4 == 0 && has(length, at: 0) && Int(u32(at: length - 4, order)) == length
        }
    }

    /// The buffer header of Event Tracing for Windows: its size in whole KiB, and at byte 72 a first event of the
    /// system kind (flags 0xC0, header type 1 or 2).
    fileprivate var beginsWithTraceBuffer: Bool {
        let size = u32(at: 0, .little)
        return size >= 1024 && size % 1024 == 0 && size <= 1 << 20 && u8(at: 75) == 0xC0 && (1...2).contains(u8(at: 74))
    }

    /// Two ERF records in a row, or one that is the whole file: timestamp, type, flags, and a record length.
    fileprivate var beginsWithERFRecord: Bool {
        guard isERFRecord(at: 0) else { return false }
        let length = Int(u16(at: 10))
        return length == count || isERFRecord(at: length)
    }

    private func isERFRecord(at offset: Int) -> Bool {
        has(16, at: offset) && (1...48).contains(u8(at: offset + 8) & 0x7F) && u16(at: offset + 10) >= 16
            && u16(at: offset + 14) > 0 && u32(at: offset + 4, .little) > 0x2000_0000
    }
}
