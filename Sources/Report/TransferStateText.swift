import Analysis

extension Transfer.State {
    var message: Message {
        switch self {
        case .complete: .complete
        case .aborted: .aborted
        case .cut: .cut
        case .blocked: .blocked
        case .refused: .refused
        }
    }

    var role: Style.Role? { self == .complete ? .success : .failure }
}

extension Transfer.Cause {
    var message: Message {
        switch self {
        case .abortCommand: .causeAbortCommand
        case .serverReply: .causeServerReply
        case .dataConnectionClosed: .causeDataConnectionClosed
        case .dataConnectionReset: .causeDataConnectionReset
        case .controlConnectionEnded: .causeControlConnectionEnded
        case .captureEnds: .causeCaptureEnds
        case .repliesNotCaptured: .causeRepliesNotCaptured
        case .dataConnectionUnanswered: .causeDataConnectionUnanswered
        case .dataConnectionRefused: .causeDataConnectionRefused
        case .nobodyConnected: .causeNobodyConnected
        }
    }
}
