package import Dissection

/// The troubles of TCP that a rate may suffer from, as the groups that people ask about.
package enum TCPProblem: String, Sendable, CaseIterable {
    case retransmission, lostSegment, outOfOrder, duplicateACK, zeroWindow, windowFull

    package var flags: TCPAnalysis.Flags {
        switch self {
        case .retransmission: [.retransmission, .fastRetransmission, .spuriousRetransmission]
        case .lostSegment: [.lostSegment, .ackLostSegment]
        case .outOfOrder: .outOfOrder
        case .duplicateACK: .duplicateACK
        case .zeroWindow: [.zeroWindow, .zeroWindowProbe, .zeroWindowProbeACK]
        case .windowFull: .windowFull
        }
    }

    package var series: GraphSeries.Kind {
        switch self {
        case .retransmission: .retransmission
        case .lostSegment: .lostSegment
        case .outOfOrder: .outOfOrder
        case .duplicateACK: .duplicateACK
        case .zeroWindow: .zeroWindow
        case .windowFull: .windowFull
        }
    }
}
