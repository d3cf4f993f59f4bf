import Bytes

/// How to read a file, as its first bytes tell.
enum FileFormat: Sendable {
    case pcap(PcapLayout)
    case pcapng(ByteOrder)

    /// The fewest bytes that every magic number fits into.
    static let magicLength = 4

    /// Throws what the file is in place of a capture.
    init(_ bytes: Bytes) throws(CaptureCode) {
        guard !bytes.isEmpty else { throw .empty }
        if let layout = try PcapLayout(bytes) {
            self = .pcap(layout)
        } else if bytes.u32(at: 0) == BlockType.sectionHeader.rawValue {
            self = .pcapng(try PcapngBlock.byteOrder(ofFirstSectionIn: bytes))
        } else {
            throw Self.refusal(of: bytes)
        }
    }

    /// What to answer when `bytes` begin neither pcap nor pcapng; nil when they do.
    static func refusal(ofBeginning bytes: Bytes) -> CaptureCode? {
        PcapMagic(bytes) != nil || bytes.u32(at: 0) == BlockType.sectionHeader.rawValue ? nil : refusal(of: bytes)
    }

    private static func refusal(of bytes: Bytes) -> CaptureCode {
        OtherFormat(bytes).map { .otherFormat($0) }
            ?? .notCapture(FileStart(bytes: bytes.u64Prefix, count: bytes.count))
    }

    var description: CaptureFormat {
        switch self {
        case .pcap(let layout): CaptureFormat(kind: .pcap, variant: layout.variant, byteOrder: layout.order)
        case .pcapng(let order): CaptureFormat(kind: .pcapng, byteOrder: order)
        }
    }
}

extension Bytes {
    /// The first eight bytes, zeros for those that are missing.
    fileprivate var u64Prefix: UInt64 {
        (0..<8).reduce(0) { $0 << 8 | UInt64(u8(at: $1)) }
    }
}
