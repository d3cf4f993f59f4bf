package import Analysis
import FTPProtocol

/// Tells of FTP while it happens, line by line: the story's own lines, each behind its session's number, as sessions take
/// turns.
package final class LiveStoryText {
    private let options: TextStory.Options
    private let write: (String) -> Void
    private var hasTitles = false

    private static let labelWidth = 4

    /// - Parameter write: takes one line at a time, without its end.
    package init(_ options: TextStory.Options, write: @escaping (String) -> Void) {
        var options = options
        options.lineWidth = options.lineWidth.map { $0 - Self.labelWidth }
        self.options = options
        self.write = write
    }

    package func tell(_ event: LiveStory.Event, of story: Story) {
        switch event {
        case .session(let id):
            let session = story.sessions[id]
            let text = text(story, id)
            write("")
            write(options.style(.heading, text.ends(of: session)))
            if !hasTitles { write(DisplayWidth.leftPadded("#", to: Self.labelWidth) + text.columnTitles) }
            hasTitles = true
            text.tellConnection(session)
        case .step(let number, let id):
            let session = story.sessions[id]
            let negotiation = session.negotiations.last { $0.step == number }
            text(story, id).tell(session.steps[number], of: session, negotiation)
        case .transfer(let id):
            let transfer = story.transfers[id]
            TransferBox(text(story, transfer.session), transfer, story.sessions[transfer.session]).tell()
        case .end(let id):
            let session = story.sessions[id]
            let text = text(story, id)
            text.tellEnd(session, note: text.outcomes(of: session))
        }
    }

    private func text(_ story: Story, _ session: Int) -> TextStory {
        let label = options.style(.quiet, DisplayWidth.leftPadded("\(session + 1)", to: Self.labelWidth))
        return TextStory(story, options) { [write] in write(label + $0) }
    }
}
