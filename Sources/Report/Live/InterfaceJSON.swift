import Bytes
import CaptureFile
import FoundationEssentials
import FTPProtocol
package import LiveCapture

/// The interfaces as a JSON document.
package enum InterfaceJSON {
    private struct Document: Encodable {
        let format = "wharf-interfaces-1"
        let interfaces: [Entry]
    }

    private struct Entry: Encodable {
        let name: String
        let description: String?
        let addresses: [String]
        let macAddress: String?
        let isUp: Bool
        let isRunning: Bool
        let isLoopback: Bool
        let isWireless: Bool
        let packetsPerSecond: UInt32?
        let bytesPerSecond: UInt32?
        let canCapture: Bool
        let problem: String?
    }

    package static func text(
        of interfaces: [NetworkInterface], _ activity: [String: InterfaceActivity]
    ) throws -> String {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let entries = interfaces.map { interface in
            let last = activity[interface.name]?.intervals.last
            return Entry(
                name: interface.name, description: interface.description,
                addresses: interface.addresses.map { "\($0.address)/\($0.prefixLength)" },
                macAddress: interface.macAddress?.description, isUp: interface.state.contains(.up),
                isRunning: interface.state.contains(.running), isLoopback: interface.state.contains(.loopback),
                isWireless: interface.state.contains(.wireless), packetsPerSecond: last?.packets,
                bytesPerSecond: last?.bytes, canCapture: interface.problem == nil,
                problem: interface.problem.map { LiveProblem.reason($0, interface.name, .en) })
        }
        return String(decoding: try encoder.encode(Document(interfaces: entries)), as: UTF8.self)
    }
}
