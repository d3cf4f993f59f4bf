import Bytes
import Dissection

/// A control connection that is read while it goes on.
struct LiveReading {
    let stream: Int
    private var placer: SegmentPlacer
    private var conversation: ControlConversation
    private(set) var observer: SessionObserver
    private(set) var isOver = false
    /// Whether the responder's first sequence number is known, or cannot be known any more.
    private let isAnswered: Bool

    /// What others know of it.
    var isAnnounced = false
    var isKnownEncrypted = false
    var toldSteps = 0
    var knownNegotiations = 0
    /// Those that have not been told of to their end, by their numbers in the story and in the session.
    var open: [(id: Int, number: Int)] = []

    /// TLS is told of when its handshake is, or as soon as that takes longer.
    private static let patience: Int64 = 2_000_000_000

    init(_ stream: Int, client: Side, id: Int, in index: CaptureIndex) {
        let control = index.streams[stream]
        let sides = control.sides
        isAnswered = sides.responder.initialSequence != nil || sides.initiator.initialSequence == nil
        self.stream = stream
        placer = SegmentPlacer(control)
        conversation = ControlConversation(growing: control)
        var session = Session(
            id: id, stream: stream, client: control.endpoint(client), server: control.endpoint(client.other),
            clientSide: client)
        session.hasBeginning = control.sides[client].flags.contains(.syn)
        observer = SessionObserver(session, control, isGrowing: true) { _ in 0 }
    }

    var session: Session {
        get { observer.session }
        _modify { yield &observer.session }
    }

    /// Calls `body` while the observer can look up times; it keeps nothing of the index.
    private mutating func observing(
        _ index: CaptureIndex, _ body: (inout ControlConversation, inout SegmentPlacer, inout SessionObserver) -> Void
    ) {
        observer.time = { index.frames[Int($0)].time }
        body(&conversation, &placer, &observer)
        observer.time = { _ in 0 }
    }

    mutating func take(_ frame: UInt32, in index: CaptureIndex) {
        if !isAnswered, index.streams[stream].sides.responder.initialSequence != nil {
            // Nothing that was found out before the answer holds.
            var anew = LiveReading(stream, client: session.clientSide, id: session.id, in: index)
            anew.isAnnounced = isAnnounced
            self = anew
        }
        observing(index) { conversation, placer, observer in
            guard let segment = placer.place(frame, in: index) else { return }
            conversation.push(segment, in: index) { observer.take($0) }
        }
    }

    /// Waits no longer for what is long due.
    mutating func giveUp(at time: Int64, in index: CaptureIndex) {
        let last = UInt32(truncatingIfNeeded: max(0, index.frames.count - 1))
        observing(index) { conversation, _, observer in
            conversation.giveUp(at: time, frame: last, in: index) { observer.take($0) }
        }
    }

    /// The connection has said its last word, or the capture is over.
    mutating func finish(in index: CaptureIndex) {
        guard !isOver else { return }
        isOver = true
        let control = index.streams[stream]
        observing(index) { conversation, _, observer in
            conversation.giveUpAll(frame: control.lastFrame, in: index) { observer.take($0) }
            conversation.finish(in: index) { observer.take($0) }
            observer.finish()
            observer.note(conversation.tls, control)
        }
    }

    /// How many of the steps can be told by now.
    mutating func tellableSteps(at time: Int64, in index: CaptureIndex) -> Int {
        let steps = session.steps
        guard session.security != .clear else { return steps.count }
        if !isOver { session.tls = conversation.tls }
        guard session.tls?.cipherSuite == nil, !isOver else { return steps.count }
        return steps[toldSteps...].firstIndex {
            guard case .encrypted = $0.kind else { return false }
            return time - index.frames[Int($0.frame)].time < Self.patience
        } ?? steps.count
    }
}
