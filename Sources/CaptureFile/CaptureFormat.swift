package import Bytes

/// What a capture file turned out to be.
package struct CaptureFormat: Hashable, Sendable, CustomStringConvertible {
    package var kind: Kind
    package var variant: Variant
    package var byteOrder: ByteOrder

    package init(kind: Kind, variant: Variant = .standard, byteOrder: ByteOrder = .little) {
        self.kind = kind
        self.variant = variant
        self.byteOrder = byteOrder
    }

    package enum Kind: String, Hashable, Sendable {
        case pcap, pcapng
    }

    /// The breeds of pcap; see ``PcapLayout``.
    package enum Variant: String, Hashable, Sendable, BitwiseCopyable {
        case standard
        case nanoseconds
        /// Alexey Kuznetsov's patches to libpcap, of which each had its own record header.
        case patched = "modified, Linux 1999-04-17"
        case patchedSuSE = "modified, Linux 1999-09-15"
        case patchedFinal = "modified, Linux 1999-10-29"
        case nokia = "Nokia"
        case aix = "AIX"
        case netsniff = "netsniff-ng, nanoseconds"
        case ixiaHardware = "Ixia, nanoseconds"
        case ixiaSoftware = "Ixia"
    }

    /// "pcap", "pcapng, big-endian", "pcap, nanoseconds, big-endian".
    package var description: String {
        var words = [kind.rawValue]
        if variant != .standard { words.append(variant.rawValue) }
        if byteOrder.isBig { words.append("big-endian") }
        return words.joined(separator: ", ")
    }
}

/// One file of a capture.
package struct CaptureFileInfo: Hashable, Sendable {
    /// As it was given; "-" is standard input.
    package var path: String
    package var format: CaptureFormat
    /// Unpacked bytes: the file's part of the capture's address space.
    package var size: UInt64
    /// Bytes as stored; differs from ``size`` when ``isCompressed``.
    package var storedSize: UInt64
    package var isCompressed: Bool
    /// Where the file's first byte lies in the capture's address space.
    package var position: UInt64

    /// The file's part of the capture's address space.
    package var range: Range<UInt64> { position..<position + size }
}
