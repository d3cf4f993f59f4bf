import Bytes
import FTPProtocol

/// How a transfer ended, from what the server said and what became of its two connections.
enum TransferState {
    static func of(
        _ transfer: Transfer, _ session: Session, _ index: CaptureIndex
    ) -> (state: Transfer.State, cause: Transfer.Cause?) {
        let stream = transfer.stream.map { index.streams[$0] }
        if let step = transfer.finalStep, case .reply(let reply, _, _) = session.steps[step].kind {
            return of(transfer, reply, stream)
        }
        if let stream, !stream.isEstablished { return (.blocked, obstacle(stream)) }
        if transfer.isAbortRequested { return (.aborted, .abortCommand) }
        // Replies that the capture lacks prove nothing.
        let hasReplies = index.streams[session.stream].sides[session.clientSide.other].frames > 0
        guard hasReplies, session.missingBytes == 0 else { return (.cut, .repliesNotCaptured) }
        if stream != nil, transfer.data?.resetFrame != nil { return (.cut, .dataConnectionReset) }
        guard session.outcome != .open else { return (.cut, .captureEnds) }
        guard stream == nil, transfer.preliminaryStep != nil else { return (.cut, .controlConnectionEnded) }
        return (.blocked, .nobodyConnected)
    }

    private static func of(
        _ transfer: Transfer, _ reply: Reply, _ stream: TCPStream?
    ) -> (state: Transfer.State, cause: Transfer.Cause?) {
        if reply.code.rawValue < 400 {
            if transfer.isAbortRequested, isOfAbort(reply, transfer) { return (.aborted, .abortCommand) }
            return isShort(transfer) ? (.cut, .dataConnectionReset) : (.complete, nil)
        }
        if let stream, !stream.isEstablished { return (.blocked, obstacle(stream)) }
        if reply.code.rawValue == 425 || (stream == nil && transfer.preliminaryStep != nil) {
            return (.blocked, .nobodyConnected)
        }
        if transfer.preliminaryStep == nil, (transfer.data?.bytes ?? 0) == 0 { return (.refused, .serverReply) }
        if transfer.isAbortRequested { return (.aborted, .abortCommand) }
        switch reply.code.rawValue {
        case 421: return (.cut, .controlConnectionEnded)
        // RFC 959 §4.2.1: connection closed; transfer aborted.
        case 426: return (.cut, transfer.data?.resetFrame == nil ? .dataConnectionClosed : .dataConnectionReset)
        default: return (.aborted, .serverReply)
        }
    }

    /// Whether a reply that seems to end a transfer answers ABOR, or both: some servers send one 226 for the two.
    private static func isOfAbort(_ reply: Reply, _ transfer: Transfer) -> Bool {
        // A single reply after ABOR is ABOR's, unless everything had arrived by then.
        let hasAll = reachesAnnouncedEnd(transfer) ?? false
        return (transfer.isAbortUnanswered && !hasAll) || reply.text.lowercased().contains("abor")
    }

    /// Whether the bytes reach the file's announced end; nil where no size was announced. Servers announce the whole
    /// size or, after REST, what is left; the smaller claim is the one that counts.
    private static func reachesAnnouncedEnd(_ transfer: Transfer) -> Bool? {
        guard let size = transfer.announcedSize, let bytes = transfer.data?.bytes else { return nil }
        return bytes >= size - min(size, transfer.offset ?? 0)
    }

    /// Whether the connection was reset before the bytes that the server itself had announced, whatever it said then.
    private static func isShort(_ transfer: Transfer) -> Bool {
        guard transfer.kind == .download, transfer.parameters.type == .image, transfer.parameters.mode == .stream,
            transfer.rangeEnd == nil, transfer.data?.resetFrame != nil
        else { return false }
        return reachesAnnouncedEnd(transfer) == false
    }

    private static func obstacle(_ stream: TCPStream) -> Transfer.Cause {
        stream.sides.responder.resetFrame != FrameRecord.none ? .dataConnectionRefused : .dataConnectionUnanswered
    }
}
