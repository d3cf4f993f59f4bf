package import Bytes
package import CaptureFile

/// An interface that frames can be captured on.
package struct NetworkInterface: Hashable, Sendable {
    package var name: String
    package var description: String?
    package var addresses: [InterfaceAddress] = []
    package var macAddress: MACAddress?
    package var state: State = []
    /// Why it may not be captured on; nil where it may.
    package var problem: LiveError.Code?

    package struct State: OptionSet, Hashable, Sendable {
        package let rawValue: UInt8
        package init(rawValue: UInt8) { self.rawValue = rawValue }

        package static let loopback = State(rawValue: 1)
        package static let up = State(rawValue: 2)
        package static let running = State(rawValue: 4)
        package static let wireless = State(rawValue: 8)
        package static let connected = State(rawValue: 16)
        package static let disconnected = State(rawValue: 32)
    }

    package init(name: String) { self.name = name }

    /// Stands for every other one.
    package var isAny: Bool { name == "any" }
    /// Gives IP, and not what programs or devices tell each other by other means (USB, D-Bus, firewall logs).
    package var isNetwork: Bool {
        isAny || state.contains(.loopback) || !addresses.isEmpty || macAddress != nil
    }
}

/// How much went through an interface since it came up. Counters of 32 bits begin anew at 0.
package struct InterfaceCounters: Hashable, Sendable {
    package var packets: UInt32
    package var bytes: UInt32

    package init(packets: UInt32, bytes: UInt32) {
        self.packets = packets
        self.bytes = bytes
    }

    /// What went through since `earlier`.
    package func since(_ earlier: InterfaceCounters) -> InterfaceCounters {
        InterfaceCounters(packets: packets &- earlier.packets, bytes: bytes &- earlier.bytes)
    }
}
