import Bytes

/// How one pcap file writes its records: everything its file header says or implies.
///
/// Sources: draft-ietf-opsawg-pcap; libpcap `pcap-savefile(5)`; for the breeds, Wireshark's wiretap and netsniff-ng.
struct PcapLayout: Sendable, BitwiseCopyable {
    var variant: CaptureFormat.Variant
    let order: ByteOrder
    let linkType: LinkType
    let snapLength: UInt32
    /// Bytes, nil when the file does not say.
    let fcsLength: UInt8?
    let lengths: LengthOrder

    /// Up to version 2.2 a record gave its original length first; 2.3 was written both ways.
    enum LengthOrder: Sendable, BitwiseCopyable { case capturedFirst, originalFirst, smallerIsCaptured }

    /// A longer frame is taken for damage: no network has one, and 64 MiB is far above every known snap length.
    static let longestFrame: UInt32 = 64 << 20

    /// Nil when `bytes` do not begin like any pcap file.
    init?(_ bytes: Bytes) throws(CaptureCode) {
        guard let magic = PcapMagic(bytes) else { return nil }
        order = magic.order
        let headerLength = magic.candidates[0].fileHeaderLength
        guard bytes.has(headerLength, at: 0) else {
            throw .fileHeaderCut(needed: headerLength, present: bytes.count)
        }
        let (major, minor) = (bytes.u16(at: 4, order), bytes.u16(at: 6, order))
        let network = bytes.u32(at: 20, order)
        snapLength = bytes.u32(at: 16, order)
        // Bit 26 says that the top four bits count the frame check sequence, in units of 16 bits.
        fcsLength = network & 0x0400_0000 == 0 ? nil : UInt8(network >> 28) * 2
        // DG/UX wrote version 543.0 with the old order of lengths.
        switch (major, minor) {
        case (2, 0...2), (543, _): lengths = .originalFirst
        case (2, 3): lengths = .smallerIsCaptured
        case (2..., _): lengths = .capturedFirst
        default: throw .unsupportedVersion(major: major, minor: minor)
        }
        variant = magic.candidates[0]
        // AIX writes version 2.2 and interface types of RFC 1573 in place of link types.
        if variant == .standard, (major, minor) == (2, 2), let type = Self.aixLinkTypes[network] {
            linkType = type
            variant = .aix
            return
        }
        linkType = LinkType(inFile: UInt16(truncatingIfNeeded: network))
        if lengths == .capturedFirst { variant = mostPlausible(of: magic.candidates, in: bytes) }
    }

    private static let aixLinkTypes: [UInt32: LinkType] = [6: .ethernet, 9: .tokenRing, 15: .fddi, 24: .null]

    /// Nanoseconds in one unit of a record's fraction of a second.
    var fractionUnit: Int64 { variant.countsNanoseconds ? 1 : 1000 }
}

/// The first four bytes of a pcap file, which give the byte order and leave open one or more breeds.
struct PcapMagic {
    let order: ByteOrder
    /// The likeliest first.
    let candidates: [CaptureFormat.Variant]

    init?(_ bytes: Bytes) {
        guard bytes.has(4, at: 0) else { return nil }
        if let variants = Self.variants[bytes.u32(at: 0)] {
            (order, candidates) = (.big, variants)
        } else if let variants = Self.variants[bytes.u32(at: 0, .little)] {
            (order, candidates) = (.little, variants)
        } else {
            return nil
        }
    }

    private static let variants: [UInt32: [CaptureFormat.Variant]] = [
        0xA1B2_C3D4: [.standard, .patched, .nokia],
        0xA1B2_3C4D: [.nanoseconds],
        0xA1B2_CD34: [.patchedFinal, .patchedSuSE],
        0xA1E2_CB12: [.netsniff],
        0x1C00_01AC: [.ixiaHardware],
        0x1C00_01AB: [.ixiaSoftware],
    ]
}

extension CaptureFormat.Variant {
    /// Ixia adds the total length of all records.
    var fileHeaderLength: Int { self == .ixiaHardware || self == .ixiaSoftware ? 28 : 24 }

    /// Every breed begins a record with seconds, fraction, and two lengths; what follows is its own.
    var recordHeaderLength: Int {
        switch self {
        case .standard, .nanoseconds, .aix, .ixiaHardware, .ixiaSoftware: 16
        case .nokia: 20
        case .patched, .patchedFinal, .netsniff: 24
        case .patchedSuSE: 28
        }
    }

    var countsNanoseconds: Bool {
        self == .nanoseconds || self == .aix || self == .netsniff || self == .ixiaHardware
    }
}
