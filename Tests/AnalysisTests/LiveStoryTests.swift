import Bytes
import CaptureFile
import TestSupport
import Testing

@testable import Analysis

/// What is told while frames come is what the whole capture tells in the end.
@Suite struct LiveStoryTests {
    /// What was told of one session.
    private struct Told {
        var steps: [String] = []
        var transfers: [String] = []
        var end = ""

        var lines: [String] { steps + transfers + [end] }
    }

    private static func text(_ transfer: Transfer) -> String {
        let (verb, path) = (transfer.verb.map { "\($0)" } ?? "?", String(decoding: transfer.path, as: UTF8.self))
        return "\(verb) \(path) \(transfer.state) \(transfer.cause.map { "\($0)" } ?? "") "
            + "\(transfer.movedBytes) bytes on stream \(transfer.stream.map(String.init) ?? "?")"
    }

    private static func text(_ step: Step) -> String {
        guard case .reply(let reply, let answers, let latency) = step.kind else {
            return "\(step.frame)–\(step.lastFrame) \(step.kind)"
        }
        return "\(step.frame)–\(step.lastFrame) \(reply) to \(answers.map(String.init) ?? "-") \(latency ?? -1)"
    }

    private static func end(_ session: Session) -> String {
        "\(session.outcome), \(session.negotiations.map(\.streams)), \(session.unreadableConnections)"
    }

    private func whole(_ capture: Capture) -> [Told] {
        let story = Story(CaptureIndex(capture))
        return story.sessions.map { session in
            Told(
                steps: session.steps.map(Self.text),
                transfers: session.transfers.map { Self.text(story.transfers[$0]) },
                end: Self.end(session))
        }
    }

    /// - Parameter turn: how many frames come at a time.
    private func live(_ capture: Capture, turn: Int) -> [Told] {
        var growing = GrowingIndex(turn: turn)
        var live = LiveStory()
        var told: [Int: (stream: Int, told: Told, transfers: [Int: String])] = [:]
        var time: Int64 = 0
        func take(_ story: Story, _ event: LiveStory.Event) {
            switch event {
            case .session(let id): told[id] = (story.sessions[id].stream, Told(), [:])
            case .step(let number, let id):
                #expect(told[id]?.told.steps.count == number)
                told[id]?.told.steps.append(Self.text(story.sessions[id].steps[number]))
            case .transfer(let id):
                let session = story.transfers[id].session
                let number = story.sessions[session].transfers.firstIndex(of: id) ?? -1
                #expect(told[session]?.transfers[number] == nil)
                told[session]?.transfers[number] = Self.text(story.transfers[id])
            case .end(let id): told[id]?.told.end = Self.end(story.sessions[id])
            }
        }
        growing.read(capture) { index in
            time = max(time, index.frames.last?.time ?? 0)
            live.take(index, at: time, tell: take)
        }
        growing.read(capture) { live.take($0, at: time, isLast: true, tell: take) }
        return told.values.sorted { $0.stream < $1.stream }.map { entry in
            var told = entry.told
            told.transfers = entry.transfers.sorted { $0.key < $1.key }.map(\.value)
            return told
        }
    }

    @Test(arguments: Fixtures.all, [1, 7, 1000])
    func `the end is the same`(_ name: String, _ turn: Int) throws {
        guard let capture = try? Capture(paths: ["\(Fixtures.root)/\(name)"]) else { return }
        let (expected, found) = (whole(capture).flatMap(\.lines), live(capture, turn: turn).flatMap(\.lines))
        let differences = found.difference(from: expected).map { change in
            switch change {
            case .insert(_, let line, _): "+ \(line)"
            case .remove(_, let line, _): "- \(line)"
            }
        }
        #expect(differences == [])
    }

    @Test func `a server that answers late is answered for from there on`() throws {
        let scene = Scene()
        scene.retrieve("a.txt", "hello")
        let index = try scene.builder.story().index
        let control = try #require(index.streams.first)
        // The first frame is the SYN: after half a minute without an answer, it is told that there was none.
        var growing = GrowingIndex(turn: 1)
        var live = LiveStory()
        var states: [Transfer.State] = []
        var steps = 0
        growing.read(index.capture) { index in
            let late: Int64 = index.frames.count == 1 ? 40_000_000_000 : 0
            live.take(index, at: (index.frames.last?.time ?? 0) + late) { story, event in
                if case .transfer(let id) = event { states.append(story.transfers[id].state) }
                if case .step = event { steps += 1 }
            }
        }
        growing.read(index.capture) { index in
            live.take(index, at: control.lastTime, isLast: true) { story, event in
                if case .transfer(let id) = event { states.append(story.transfers[id].state) }
            }
        }
        #expect(states == [.complete] && steps > 4)
    }
}
