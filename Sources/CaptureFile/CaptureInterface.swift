package import Bytes

/// One interface that frames were captured on: a pcapng Interface Description Block, or the header of a pcap file.
package struct CaptureInterface: Hashable, Sendable {
    package var linkType: LinkType
    /// The most bytes kept of one frame; 0 means all of them.
    package var snapLength: UInt32
    package var name: String?
    package var description: String?
    /// The capture filter, in the language of the capturing program.
    package var filter: String?
    package var hardware: String?
    package var os: String?
    package var resolution: TimestampResolution
    /// Added to every timestamp of the interface.
    package var offsetSeconds: Int64
    /// Bytes of frame check sequence at the end of each frame; nil when the file does not say.
    package var fcsLength: UInt8?
    /// Bits per second.
    package var speed: UInt64?
    package var addresses: [InterfaceAddress]
    package var macAddress: MACAddress?
    package var comments: [String]
    /// An index into ``CaptureMetadata/sections``.
    package var section: Int
    /// An index into ``Capture/files``.
    package var file: Int

    package init(linkType: LinkType, snapLength: UInt32 = 0, name: String? = nil, section: Int = 0, file: Int = 0) {
        self.linkType = linkType
        self.snapLength = snapLength
        self.name = name
        self.section = section
        self.file = file
        resolution = .nanoseconds
        offsetSeconds = 0
        addresses = []
        comments = []
    }
}

/// An address of a capturing interface and how much of it names the network.
package struct InterfaceAddress: Hashable, Sendable {
    package var address: IPAddress
    /// Leading bits that name the network: 0...32 for IPv4, 0...128 for IPv6.
    package var prefixLength: UInt8

    package init(_ address: IPAddress, prefixLength: UInt8) {
        self.address = address
        self.prefixLength = prefixLength
    }
}
