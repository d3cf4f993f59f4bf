import Analysis

extension Transfer.State {
    var message: Message {
        switch self {
        case .complete: .complete
        case .aborted: .aborted
        case .cut: .cut
        case .blocked: .blocked
        case .refused: .refused
        case .unfinished: .unfinished
        }
    }

    var role: Style.Role? {
        switch self {
        case .complete: .success
        case .unfinished: .warning
        default: .failure
        }
    }
}
