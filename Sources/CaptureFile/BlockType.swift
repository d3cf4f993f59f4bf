/// The type of a pcapng block (draft-ietf-opsawg-pcapng, section 10.1).
package struct BlockType: RawRepresentable, Hashable, Sendable, BitwiseCopyable {
    package var rawValue: UInt32

    package init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    package static let interfaceDescription = BlockType(rawValue: 1)
    /// The obsolete Packet Block, which the Enhanced Packet Block replaced.
    package static let packet = BlockType(rawValue: 2)
    package static let simplePacket = BlockType(rawValue: 3)
    package static let nameResolution = BlockType(rawValue: 4)
    package static let interfaceStatistics = BlockType(rawValue: 5)
    package static let enhancedPacket = BlockType(rawValue: 6)
    package static let journal = BlockType(rawValue: 9)
    package static let decryptionSecrets = BlockType(rawValue: 10)
    package static let custom = BlockType(rawValue: 0x0BAD)
    package static let customNotCopied = BlockType(rawValue: 0x4000_0BAD)
    /// The same in both byte orders, so that a reader can recognise it before knowing the order.
    package static let sectionHeader = BlockType(rawValue: 0x0A0D_0D0A)

    package var isPacket: Bool { self == .enhancedPacket || self == .simplePacket || self == .packet }

    var isRegistered: Bool { Self.names[self] != nil }

    private static let names: [BlockType: String] = [
        .interfaceDescription: "Interface Description", .packet: "Packet", .simplePacket: "Simple Packet",
        .nameResolution: "Name Resolution", .interfaceStatistics: "Interface Statistics",
        .enhancedPacket: "Enhanced Packet", .journal: "systemd Journal Export",
        .decryptionSecrets: "Decryption Secrets", .custom: "Custom", .customNotCopied: "Custom (not copied)",
        .sectionHeader: "Section Header",
    ]
}

extension BlockType: CustomStringConvertible {
    package var description: String { Self.names[self] ?? "0x" + String(rawValue, radix: 16) }
}
