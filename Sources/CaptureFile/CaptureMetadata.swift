package import Bytes

/// Everything a capture says besides its frames, in the order of the files.
///
/// Each list is bounded by ``limit``, so that a hostile file costs memory in proportion to what it holds, and no more.
package struct CaptureMetadata: Sendable {
    package var interfaces: [CaptureInterface] = []
    package var sections: [CaptureSection] = []
    package var names: [NameRecord] = []
    package var statistics: [InterfaceStatistics] = []
    package var secrets: [DecryptionSecrets] = []
    package var comments: [FrameComment] = []
    package var otherBlocks: [RawBlock] = []
    /// Whether any frame stands in a Simple Packet Block, which tells no time (``Capture/lacksTime(_:_:)``).
    package var hasSimplePackets = false

    package init() {}

    /// Interfaces are numbered in 16 bits (``FrameHeader/interface``).
    static let interfaceLimit = 1 << 16
    /// The most entries any other list keeps.
    static let limit = 1 << 20
}

/// One section of a pcapng file (Section Header Block), or a whole pcap file.
package struct CaptureSection: Hashable, Sendable {
    package var file: Int
    package var byteOrder: ByteOrder
    package var hardware: String?
    package var os: String?
    package var application: String?
    package var comments: [String] = []

    package init(file: Int = 0, byteOrder: ByteOrder = .little) {
        self.file = file
        self.byteOrder = byteOrder
    }
}

/// Names that the capturing host knew for an address (Name Resolution Block).
package struct NameRecord: Hashable, Sendable {
    package var address: IPAddress
    package var names: [String]

    package init(address: IPAddress, names: [String]) {
        self.address = address
        self.names = names
    }
}

/// Counters of one interface (Interface Statistics Block); nil where the writer did not count.
package struct InterfaceStatistics: Hashable, Sendable {
    /// An index into ``CaptureMetadata/interfaces``.
    package var interface: UInt16
    /// When the counters were read, in nanoseconds since 1970.
    package var time: Int64
    package var startTime: Int64?
    package var endTime: Int64?
    /// Frames received by the interface.
    package var received: UInt64?
    /// Frames dropped by the interface for want of room.
    package var dropped: UInt64?
    /// Frames the capture filter let pass.
    package var filterAccepted: UInt64?
    /// Frames dropped by the operating system.
    package var droppedByOS: UInt64?
    /// Frames handed to the capturing program.
    package var delivered: UInt64?

    package init(interface: UInt16, time: Int64) {
        self.interface = interface
        self.time = time
    }
}

/// Key material stored with the capture (Decryption Secrets Block); the secrets themselves stay in the file.
package struct DecryptionSecrets: Hashable, Sendable {
    /// What the bytes are; ``tlsKeyLog`` is the one Wharf reads.
    package var type: UInt32
    /// Where they lie in the capture's address space.
    package var position: UInt64
    package var count: Int

    package init(type: UInt32, position: UInt64, count: Int) {
        self.type = type
        self.position = position
        self.count = count
    }

    /// The NSS key log format, as SSLKEYLOGFILE writes it.
    package static let tlsKeyLog: UInt32 = 0x544C_534B
}

/// A comment (`opt_comment`) on one frame.
package struct FrameComment: Hashable, Sendable {
    /// Counted from 0 over the whole capture.
    package var frame: UInt64
    package var text: String

    package init(frame: UInt64, text: String) {
        self.frame = frame
        self.text = text
    }
}

/// A pcapng block that Wharf keeps but does not read.
package struct RawBlock: Hashable, Sendable {
    package var type: UInt32
    /// Of the block's first byte in the capture's address space.
    package var position: UInt64
    /// Bytes from the block's type to its trailing length, both included.
    package var length: Int
    /// The frame, counted from 0 over the whole capture, that the block stands before.
    package var beforeFrame: UInt64

    package init(type: UInt32, position: UInt64, length: Int, beforeFrame: UInt64) {
        self.type = type
        self.position = position
        self.length = length
        self.beforeFrame = beforeFrame
    }
}
