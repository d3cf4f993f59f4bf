/// What has to be found out about a frame, beyond the layers that headers announce, before it can be asked something.
package struct FrameNeeds: OptionSet, Sendable {
    package let rawValue: UInt16
    package init(rawValue: UInt16) { self.rawValue = rawValue }

    /// FTP, FTP-DATA, TLS and plain data above TCP. A finding says whether a payload is read at all.
    package static let application = FrameNeeds(rawValue: 1 | 4)
    /// What FTP's sessions know of the frame beside that: user, transfer, directory, the command that a reply answers.
    package static let sessions = FrameNeeds(rawValue: 1 | 4 | 64)
    /// As much of these two as the frame's line in the packet list tells: nothing where no payload is read, and of the
    /// sessions only whose data it carries.
    package static let carried = FrameNeeds(rawValue: 4 | 128)
    /// What following the TCP streams says: all of it, and only what is remarkable, which the index remembers.
    package static let sequences = FrameNeeds(rawValue: 2)
    package static let findings = FrameNeeds(rawValue: 4)
    /// The time since the last frame that was shown, which depends on what is shown.
    package static let displayedTime = FrameNeeds(rawValue: 32)
    /// All there is, for what shows whole trees.
    package static let everything: FrameNeeds = [.sessions, .sequences, .datagrams, .echoes]
    /// Which exchange a datagram of UDP belongs to.
    package static let datagrams = FrameNeeds(rawValue: 8)
    /// Which echo request a reply answers, and which ARP packets contradict each other.
    package static let echoes = FrameNeeds(rawValue: 16)
}

/// What a frame has to have before a test can hold for it: what an index can decide without the frame's bytes.
package struct FrameRequirement: Sendable, Hashable {
    /// Bits of protocols, of each of which sets a frame has to have one.
    package var protocols: [UInt64] = []
    /// Findings of which a frame has to have one; nil where the test wants none.
    package var findings: TCPAnalysis.Flags?

    package init() {}
}

/// A question about a frame that is answered with yes or no.
package protocol FrameTest: Sendable {
    /// As it was written.
    var text: String { get }
    var needs: FrameNeeds { get }
    var requirement: FrameRequirement { get }
    func holds(for frame: borrowing DissectedFrame) -> Bool
}

extension ProtocolID {
    package var needs: FrameNeeds {
        switch self {
        case .tls, .ftp, .ftpData, .data: .application
        default: []
        }
    }
}

extension FieldHandle {
    package var needs: FrameNeeds {
        entries.reduce(into: []) { $0.formUnion($1.layer.id.needs.union($1.row.needs)) }
    }
}
