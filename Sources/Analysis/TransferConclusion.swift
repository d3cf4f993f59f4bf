import Bytes

/// Gives transfers their data connections, their numbers and their states, once it is known which stream answered which
/// negotiation.
struct TransferConclusion {
    private let index: CaptureIndex
    /// What was measured last: in block mode many transfers share one connection.
    private var measured: (stream: Int, sender: Side, facts: DataFacts)?

    init(_ index: CaptureIndex) {
        self.index = index
    }

    /// - Parameter isLast: whether no later transfer has the same negotiation.
    mutating func conclude(_ transfer: inout Transfer, of session: Session, isLast: Bool) {
        if let number = transfer.negotiation, let stream = session.negotiations[number].streams.first,
            // A refused command leaves its connection to the next one.
            isLast || transfer.preliminaryStep != nil
        {
            let sender = sender(of: &transfer, session.negotiations[number], stream, server: session.server)
            transfer.stream = stream
            transfer.sender = sender
            transfer.data = facts(of: stream, sender)
        }
        (transfer.state, transfer.cause) = TransferState.of(transfer, session, index)
    }

    private mutating func facts(of stream: Int, _ sender: Side) -> DataFacts {
        if let measured, measured.stream == stream, measured.sender == sender { return measured.facts }
        let facts = index.dataFacts(of: stream, sender: sender)
        measured = (stream, sender, facts)
        return facts
    }

    private func sender(
        of transfer: inout Transfer, _ negotiation: Negotiation, _ stream: Int, server endpoint: Endpoint
    ) -> Side {
        let record = index.streams[stream]
        let server: Side
        if let announced = negotiation.announced, !negotiation.isInferred {
            let listens =
                !record.hasSYN && (negotiation.candidates.contains(record.initiator) || record.initiator == announced)
            let listener: Side = listens ? .initiator : .responder
            server = negotiation.isPassive ? listener : listener.other
        } else {
            server = record.initiator.address == endpoint.address ? .initiator : .responder
        }
        if transfer.verb == nil, transfer.kind != .listing {
            // The command was not captured: the data says which way it went.
            let isUpload = record.sides[server.other].payloadBytes > record.sides[server].payloadBytes
            transfer.kind = isUpload ? .upload : .download
        }
        return transfer.isUpload ? server.other : server
    }
}
