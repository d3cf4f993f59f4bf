package import Analysis
package import Bytes
import CaptureFile
import Foundation

/// Makes captures of TCP conversations segment by segment, so that a test can say exactly what is in them.
package final class ConversationBuilder {
    private var records: [UInt8] = []
    private var microseconds: UInt32 = 0

    package init() {
        records += [0xD4, 0xC3, 0xB2, 0xA1, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0, 0, 101, 0, 0, 0]
    }

    package struct Flags: OptionSet, Sendable {
        package let rawValue: UInt8
        package init(rawValue: UInt8) { self.rawValue = rawValue }
        package static let fin = Flags(rawValue: 1)
        package static let syn = Flags(rawValue: 2)
        package static let rst = Flags(rawValue: 4)
        package static let psh = Flags(rawValue: 8)
        package static let ack = Flags(rawValue: 16)
    }

    /// Adds one IPv4 segment, a millisecond after the one before.
    package func segment(
        _ from: Endpoint, _ to: Endpoint, _ flags: Flags, sequence: UInt32, acknowledgment: UInt32 = 0,
        _ payload: [UInt8] = [], window: UInt16 = 0xFFFF
    ) {
        var packet: [UInt8] = [0x45, 0] + big(UInt16(40 + payload.count)) + [0, 0, 0x40, 0, 64, 6, 0, 0]
        packet += big(from.address.v4 ?? 0) + big(to.address.v4 ?? 0)
        packet += big(from.port) + big(to.port) + big(sequence) + big(acknowledgment)
        packet += [0x50, flags.rawValue] + big(window) + [0, 0, 0, 0] + payload
        raw(packet)
    }

    /// Lets time pass without a frame.
    package func pause(milliseconds: UInt32) { microseconds += milliseconds * 1000 }

    /// Adds a frame of link type RAW as it stands.
    package func raw(_ packet: [UInt8]) {
        microseconds += 1000
        let length = little(UInt32(packet.count))
        records += little(1_700_000_000 + microseconds / 1_000_000) + little(microseconds % 1_000_000) + length + length
        records += packet
    }

    /// The story of what was added.
    package func story() throws -> Story { Story(try index()) }

    package func index() throws -> CaptureIndex {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("wharf-\(UUID().uuidString).pcap").path
        try Data(records).write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        // The file stays mapped after it is gone.
        return CaptureIndex(try Capture(paths: [path]))
    }

    private func big<T: FixedWidthInteger>(_ value: T) -> [UInt8] {
        unsafe withUnsafeBytes(of: value.bigEndian) { unsafe Array($0) }
    }
    private func little(_ value: UInt32) -> [UInt8] {
        unsafe withUnsafeBytes(of: value.littleEndian) { unsafe Array($0) }
    }
}

/// A TCP connection whose sequence numbers count themselves.
package final class Connection {
    package let client: Endpoint
    package let server: Endpoint
    package var clientSequence: UInt32
    package var serverSequence: UInt32
    private let builder: ConversationBuilder

    package init(
        _ builder: ConversationBuilder, _ client: Endpoint, _ server: Endpoint, clientSequence: UInt32 = 1000,
        serverSequence: UInt32 = 5000, handshake: Bool = true
    ) {
        self.builder = builder
        self.client = client
        self.server = server
        self.clientSequence = clientSequence
        self.serverSequence = serverSequence
        guard handshake else { return }
        builder.segment(client, server, .syn, sequence: clientSequence)
        self.clientSequence &+= 1
        builder.segment(server, client, [.syn, .ack], sequence: serverSequence, acknowledgment: self.clientSequence)
        self.serverSequence &+= 1
        builder.segment(
            client, server, .ack, sequence: self.clientSequence, acknowledgment: self.serverSequence)
    }

    package func say(_ text: String) { send(Array(text.utf8)) }
    package func answer(_ text: String) { reply(Array(text.utf8)) }

    /// From the client.
    package func send(_ bytes: [UInt8]) {
        builder.segment(
            client, server, [.psh, .ack], sequence: clientSequence, acknowledgment: serverSequence, bytes)
        clientSequence &+= UInt32(bytes.count)
    }

    /// From the server.
    package func reply(_ bytes: [UInt8]) {
        builder.segment(
            server, client, [.psh, .ack], sequence: serverSequence, acknowledgment: clientSequence, bytes)
        serverSequence &+= UInt32(bytes.count)
    }

    /// Bytes that go over the wire but not into the capture.
    package func loseReply(_ count: Int) { serverSequence &+= UInt32(count) }

    package func close() {
        builder.segment(server, client, [.fin, .ack], sequence: serverSequence, acknowledgment: clientSequence)
        serverSequence &+= 1
        builder.segment(client, server, [.fin, .ack], sequence: clientSequence, acknowledgment: serverSequence)
        clientSequence &+= 1
        builder.segment(server, client, .ack, sequence: serverSequence, acknowledgment: clientSequence)
    }
}
