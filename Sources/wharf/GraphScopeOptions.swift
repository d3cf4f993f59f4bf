import Bytes
import Analysis
import ArgumentParser
import FTPProtocol
import Report

/// Which part of a capture a graph is about.
struct GraphScopeOptions: ParsableArguments {
    @Option(help: "Only this TCP stream, counted from 0 as tshark's tcp.stream.")
    var stream: Int?

    @Option(help: "Only the data connection of this FTP transfer, numbered as analyze does.")
    var transfer: Int?

    @Option(help: "Only this FTP session: its control connection and, for io, its data connections.")
    var session: Int?

    func validate() throws {
        guard [stream, transfer, session].count(where: { $0 != nil }) <= 1 else {
            throw ValidationError("--stream, --transfer and --session exclude one another: give one of them")
        }
    }

    /// What a rate is counted over, and in words.
    func rateScope(_ index: CaptureIndex, _ language: Language) throws -> (GraphScope, [String]) {
        if let session {
            let story = Story(index)
            try check(session, story, language)
            let chosen = story.sessions[session - 1]
            let streams = [chosen.stream] + chosen.transfers.compactMap { story.transfers[$0].stream }
            return (GraphScope(streams: streams), [Message.session.text(language, ["\(session)"])])
        }
        guard stream != nil || transfer != nil, let (number, _) = try self.stream(index, language) else {
            return (.capture, [Message.graphWholeCapture.text(language, [])])
        }
        let record = index.streams[number]
        return (
            GraphScope(streams: [number]),
            [
                Message.graphStream.text(language, ["\(number)"]),
                "\(record.initiator) → \(record.responder)",
            ]
        )
    }

    /// The one stream that is meant, and who sends in it where that is known; nil if there is none.
    func stream(_ index: CaptureIndex, _ language: Language, among streams: Set<Int>? = nil) throws -> (Int, Side?)? {
        if let stream {
            guard index.streams.indices.contains(stream) else {
                try fail(.noSuchStream, ["\(stream)", "\(index.streams.count)"], language)
            }
            return (stream, nil)
        }
        if let transfer {
            let story = Story(index)
            guard story.transfers.indices.contains(transfer - 1) else {
                try fail(.noSuchTransfer, ["\(transfer)", "\(story.transfers.count)"], language)
            }
            let chosen = story.transfers[transfer - 1]
            guard let stream = chosen.stream else { try fail(.transferWithoutConnection, ["\(transfer)"], language) }
            return (stream, chosen.sender)
        }
        if let session {
            let story = Story(index)
            try check(session, story, language)
            return (story.sessions[session - 1].stream, nil)
        }
        return index.streams.indices.filter { streams?.contains($0) ?? true }.max {
            index.streams[$0].payloadBytes < index.streams[$1].payloadBytes
        }
        .map { ($0, nil) }
    }

    private func check(_ session: Int, _ story: Story, _ language: Language) throws {
        guard story.sessions.indices.contains(session - 1) else {
            try fail(.noSuchSession, ["\(session)", "\(story.sessions.count)"], language)
        }
    }

    private func fail(_ message: Message, _ arguments: [String], _ language: Language) throws -> Never {
        warn(message.text(language, arguments))
        throw ExitCode.failure
    }
}
