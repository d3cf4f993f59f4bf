import Bytes
import Dissection

/// One control connection as it reads by itself, before it is known which connections carried its data.
///
/// Readings depend on nothing but their own stream, and are made side by side; the story then takes them in the order of
/// the streams and numbers sessions and transfers.
struct SessionReading: Sendable {
    private(set) var session: Session
    let transfers: [Transfer]

    /// The readings of all streams in `range` that are FTP by what is said on them, in order.
    static func all(of range: Range<Int>, in index: CaptureIndex) -> [SessionReading] {
        Concurrent.map(range, pieces: 64) { $0.compactMap { SessionReading($0, in: index) } }.flatMap { $0 }
    }

    /// Nil if the stream is not FTP.
    private init?(_ number: Int, in index: CaptureIndex) {
        let evidence = ControlEvidence(number, in: index)
        guard evidence.isFTP else { return nil }
        let stream = index.streams[number]
        let client = evidence.client
        var session = Session(
            id: 0, stream: number, client: stream.endpoint(client), server: stream.endpoint(client.other),
            clientSide: client)
        session.hasBeginning = stream.sides[client].flags.contains(.syn)
        let frames = index.frames
        var observer = SessionObserver(session, stream) { frames[Int($0)].time }
        if let heard = evidence.heard {
            for event in heard.events { observer.take(event) }
            observer.finish()
            observer.note(heard.tls, stream)
        } else {
            let conversation = ControlConversation(number, in: index) { observer.take($0) }
            observer.finish()
            observer.note(conversation.tls, stream)
        }
        self.session = observer.session
        transfers = observer.transfers
    }
}
