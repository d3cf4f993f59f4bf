import Bytes

/// How sessions get their data connections, once ``DataConnections`` or elimination has found them.
extension Session {
    /// Notes that a stream answered a negotiation; the first one that carried data stands before the others.
    mutating func tie(_ stream: Int, to negotiation: Int, in index: CaptureIndex) {
        let isFirstWithData =
            index.streams[stream].payloadBytes > 0
            && !negotiations[negotiation].streams.contains { index.streams[$0].payloadBytes > 0 }
        if isFirstWithData || negotiations[negotiation].streams.isEmpty {
            negotiations[negotiation].streams.insert(stream, at: 0)
        } else {
            negotiations[negotiation].streams.append(stream)
        }
    }

    /// Whether what was negotiated for a transfer is not in the capture, and its connection is not known.
    func isUnsaid(_ transfer: Transfer) -> Bool {
        guard security == .clear, let number = transfer.negotiation else { return false }
        return negotiations[number].streams.isEmpty && negotiations[number].announced == nil
    }

    /// Finds a transfer's connection by elimination.
    ///
    /// - Parameter free: streams between the session's hosts that nothing explains.
    mutating func infer(_ transfer: Transfer, from free: [Int], in index: CaptureIndex) -> Int? {
        guard let number = transfer.negotiation else { return nil }
        let begin = index.frames[Int(negotiations[number].frame)].time
        let end = transfer.finalStep.map { index.frames[Int(steps[$0].lastFrame)].time } ?? .max
        // A connection that was open already when the capture began has no SYN here.
        let candidates = free.filter { candidate in
            let stream = index.streams[candidate]
            return stream.isEstablished && stream.firstTime <= end && stream.lastTime >= begin
                && (stream.firstTime >= begin || !hasBeginning)
        }
        guard candidates.count == 1 else { return nil }
        negotiations[number].streams = candidates
        negotiations[number].isInferred = true
        return candidates[0]
    }

    /// Whether an encrypted stream between the session's hosts can be one of its data connections.
    func mayHave(_ stream: TCPStream, in index: CaptureIndex) -> Bool {
        stream.firstTime <= index.streams[self.stream].lastTime && stream.initiator.port != 21
            && stream.responder.port != 21
    }
}

extension CaptureIndex {
    /// Whether the first bytes of the side that opened the connection are a TLS record.
    func isEncrypted(_ stream: TCPStream) -> Bool {
        let frame = stream.sides.initiator.firstData
        return frame != FrameRecord.none && beginsWithTLS(frame)
    }
}
