package import Analysis
import Bytes
import FTPProtocol

/// What is to be followed.
package enum FollowSubject: Sendable, Hashable {
    /// One TCP stream by its number, counted from 0 as `tcp.stream`.
    case stream(Int)
    /// An FTP session, control and data connections; an index into the story's sessions.
    case session(Int)
    /// A transfer's data connection; an index into the story's transfers.
    case transfer(Int)
}

package enum FollowSide: String, Sendable, CaseIterable { case both, client, server }

/// What was said on the streams of a subject, piece by piece, with secrets masked.
package struct FollowSource {
    package struct Options: Sendable {
        package var showsSecrets = false
        package var side = FollowSide.both
        /// Turns to show, counted from 1.
        package var turns = 1...Int.max
        /// Only what these carried; nil for all.
        package var frames: FrameSet?

        package init() {}
    }

    /// One piece on its way out.
    struct Part {
        let turn: FollowTurn
        let piece: FollowPiece
        let isFirstOfTurn: Bool
        let isFromClient: Bool
        /// As they may be shown; none for a hole.
        let bytes: [UInt8]
    }

    /// What a stream is to FTP.
    enum Role: Hashable {
        case control(session: Int)
        case data(transfer: Int)
        case other
    }

    let story: Story
    let subject: FollowSubject
    let streams: [Int]
    private let options: Options
    private var roles: [Int: Role] = [:]

    package init(_ story: Story, _ subject: FollowSubject, _ options: Options) {
        self.story = story
        self.subject = subject
        self.options = options
        switch subject {
        case .stream(let number): streams = [number]
        case .transfer(let number): streams = story.transfers[number].stream.map { [$0] } ?? []
        case .session(let number):
            let session = story.sessions[number]
            let data = session.transfers.compactMap { story.transfers[$0].stream }
            var seen: Set<Int> = [session.stream]
            let others = (data + session.negotiations.flatMap(\.streams)).filter { seen.insert($0).inserted }
            streams = [session.stream] + others
        }
        for session in story.sessions where streams.contains(session.stream) {
            roles[session.stream] = .control(session: session.id)
        }
        for transfer in story.transfers {
            guard let stream = transfer.stream, streams.contains(stream), roles[stream] == nil else { continue }
            roles[stream] = .data(transfer: transfer.id)
        }
    }

    func role(of stream: Int) -> Role { roles[stream] ?? .other }

    /// FTP's client where FTP tells, else who opened the connection.
    func clientSide(of stream: Int) -> Side {
        switch role(of: stream) {
        case .control(let session): story.sessions[session].clientSide
        case .data(let transfer):
            story.transfers[transfer].isUpload
                ? story.transfers[transfer].sender : story.transfers[transfer].sender.other
        case .other: .initiator
        }
    }

    private func isWanted(_ piece: FollowPiece) -> Bool { options.frames?.contains(piece.frame) ?? true }

    /// Calls `body` with every piece, in the order of time.
    func read(_ body: (Part) -> Void) {
        var masks: [Int: FollowMask] = [:]
        var held: [Int: Part] = [:]
        if !options.showsSecrets {
            for (stream, role) in roles {
                if case .control(let session) = role { masks[stream] = FollowMask(story.sessions[session]) }
            }
        }
        var number = 0
        story.index.forEachTurn(on: streams) { turn in
            let isFromClient = turn.side == clientSide(of: turn.stream)
            guard options.side == .both || (options.side == .client) == isFromClient else { return }
            number += 1
            let isShown = options.turns.contains(number)
            guard isShown || (isFromClient && masks[turn.stream] != nil) else { return }
            var isFirst = true
            for piece in turn.pieces {
                var bytes = piece.isGap ? [] : story.index.withBytes(of: piece) { $0.array }
                if isFromClient, masks[turn.stream] != nil {
                    // A hole shows what was held before it.
                    let shown =
                        (piece.isGap
                            ? masks[turn.stream]?.skip(piece.count)
                            : masks[turn.stream]?.push(bytes, frame: piece.frame)) ?? []
                    if piece.isGap, isShown, !shown.isEmpty, let before = held[turn.stream], isWanted(before.piece) {
                        body(before.with(shown, isFirstOfTurn: isFirst))
                        isFirst = false
                    }
                    bytes = piece.isGap ? [] : shown
                }
                let part = Part(
                    turn: turn, piece: piece, isFirstOfTurn: isFirst, isFromClient: isFromClient, bytes: bytes)
                if isFromClient { held[turn.stream] = part }
                guard isShown, piece.isGap || !bytes.isEmpty, isWanted(piece) else { continue }
                body(part)
                isFirst = false
            }
        }
        for stream in streams {
            guard let rest = masks[stream]?.finish(), !rest.isEmpty, let last = held[stream] else { continue }
            guard options.turns.contains(number), isWanted(last.piece) else { continue }
            body(last.with(rest, isFirstOfTurn: false))
        }
    }
}

extension FollowSource.Part {
    func with(_ bytes: [UInt8], isFirstOfTurn: Bool) -> Self {
        Self(turn: turn, piece: piece, isFirstOfTurn: isFirstOfTurn, isFromClient: isFromClient, bytes: bytes)
    }
}
