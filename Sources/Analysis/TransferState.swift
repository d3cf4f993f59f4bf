import FTPProtocol

/// How a transfer ended, from what the server said and what became of its two connections.
enum TransferState {
    static func of(_ transfer: Transfer, _ session: Session, _ index: CaptureIndex) -> Transfer.State {
        let stream = transfer.stream.map { index.streams[$0] }
        let hasConnection = stream?.isEstablished ?? false
        if let step = transfer.finalStep, case .reply(let reply, _, _) = session.steps[step].kind {
            if reply.code.rawValue < 400 {
                // Some servers answer the aborted transfer and ABOR with one 226.
                let admitsAbort = transfer.isAbortRequested && reply.text.lowercased().contains("abort")
                return admitsAbort ? .aborted : .complete
            }
            if reply.code.rawValue == 425 || (!hasConnection && transfer.preliminaryStep != nil) { return .blocked }
            if transfer.preliminaryStep == nil && (transfer.data?.bytes ?? 0) == 0 { return .refused }
            return reply.code.rawValue == 421 ? .cut : .aborted
        }
        if let stream, !stream.isEstablished { return .blocked }
        // Replies that the capture lost prove nothing.
        guard session.missingBytes == 0, session.outcome != .open || transfer.data?.resetFrame != nil else {
            return .unfinished
        }
        guard hasConnection else {
            return transfer.preliminaryStep != nil || transfer.negotiation != nil ? .blocked : .cut
        }
        return .cut
    }
}
