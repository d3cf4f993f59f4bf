import Analysis
import Bytes
import Dissection
package import FTPProtocol

/// Tells what was said on streams as text for a terminal: frame, time, direction, and what was said.
package struct FollowText {
    package struct Options: Sendable {
        package var language = Language.en
        package var style = Style(hasColour: false)
        /// Nil shows text as text, and of anything else the beginning.
        package var format: FollowFormat?

        package init() {}
    }

    private let source: FollowSource
    private let options: Options
    private let write: (String) -> Void

    /// - Parameter write: takes one line at a time, without its end.
    package init(_ source: FollowSource, _ options: Options, write: @escaping (String) -> Void) {
        self.source = source
        self.options = options
        self.write = write
    }

    package func tell() {
        for stream in source.streams { tellHeadline(of: stream) }
        var printer = FollowLinePrinter(source, options, write)
        var hasSpoken = false
        source.read { part in
            hasSpoken = true
            printer.take(part)
        }
        printer.flush()
        if !hasSpoken { write(Message.followNothing.text(options.language, [])) }
    }

    private func tellHeadline(of stream: Int) {
        let client = source.clientSide(of: stream)
        let record = source.story.index.streams[stream]
        var parts = [
            Message.followStream.text(options.language, ["\(stream)"]),
            "\(record.endpoint(client)) → \(record.endpoint(client.other))",
        ]
        switch source.role(of: stream) {
        case .control(let session): parts.append(Message.followControl.text(options.language, ["\(session + 1)"]))
        case .data(let number):
            let transfer = source.story.transfers[number]
            parts.append(Message.followData.text(options.language, ["\(number + 1)"]))
            parts.append("\(Secrets.verb(of: transfer)) \(displayText(transfer.path))")
        case .other: break
        }
        write(options.style(.heading, parts.joined(separator: "   ")))
    }
}
