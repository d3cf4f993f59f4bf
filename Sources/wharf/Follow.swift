import Analysis
import ArgumentParser
import Bytes
import Report
import SystemPackage

extension FollowFormat: ExpressibleByArgument {}
extension FollowSide: ExpressibleByArgument {}

struct Follow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "follow",
        abstract: "Show what was said on a TCP stream, in an FTP session or on a transfer's data connection.",
        discussion: """
            Text is shown as text, anything else by its beginning; --format shows all of it, as ascii, utf-8, ebcdic, \
            hex or yaml. --format raw writes the bytes themselves, of a transfer those of the side that sent the file, \
            and needs --output FILE where they would go to a terminal (--output - forces it). Bytes that the capture \
            lacks are told; passwords are masked in every format unless --show-secrets is given.
            -Y with one of --stream, --session and --transfer shows only what the frames carried that the filter \
            selects; turns keep their numbers. -Y alone shows, one after another, every stream that has such a frame, \
            whole.
            --tap prints exactly what tshark -z prints: --tap follow,tcp,hex,3.
            """)

    @Argument(help: "Capture files, or - for standard input.")
    var files: [String]

    @Option(help: "A TCP stream by its number, counted from 0 as tshark's tcp.stream.")
    var stream: Int?

    @Option(help: "An FTP session by its number: control and data connections, as they went in time.")
    var session: Int?

    @Option(help: "A transfer by its number: its data connection.")
    var transfer: Int?

    @Option(help: "How to show it (default: text as text, the beginning of anything else).")
    var format: FollowFormat?

    @Option(help: "Whose bytes (default: both; for the raw bytes of a transfer, the sender's).")
    var side: FollowSide?

    @Option(help: ArgumentHelp("Only these turns, counted from 1: 3, 3-7 or 3-.", valueName: "range"))
    var range: String?

    @Option(help: "Write to this file instead of standard output.")
    var output: String?

    @Flag(help: "Show passwords instead of masking them.")
    var showSecrets = false

    @Option(help: ArgumentHelp("Print as tshark -z does; may be given several times.", valueName: "follow,tcp,…"))
    var tap: [String] = []

    @OptionGroup var filter: FilterOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
        let count = [stream, session, transfer].count { $0 != nil }
        guard count == 1 || (count == 0 && (!tap.isEmpty || filter.filter != nil)) else {
            throw ValidationError("Say what to follow: one of --stream, --session and --transfer, or -Y with a filter.")
        }
        guard tap.isEmpty || filter.filter == nil else {
            throw ValidationError("--tap prints what tshark prints, and there -Y says nothing about it: leave out one.")
        }
        _ = try turns()
        for argument in tap { _ = try FollowTap(argument) }
    }

    func run() throws {
        let isRaw = format == .raw && tap.isEmpty
        if isRaw, output == nil, Output(.standardOutput).isTerminal {
            throw refusal(.followBinary)
        }
        let condition = try filter.condition()
        let index = try readIndex(files, common.language)
        guard tap.isEmpty else { return try withOutput { try printTaps(index, $0) } }
        let story = Story(index)
        let selected = condition?.selected(in: index, story)
        let sources: [FollowSource]
        if stream == nil, session == nil, transfer == nil {
            let streams = selected.map { $0.streams.sorted() } ?? Array(index.streams.indices)
            guard !streams.isEmpty else { throw refusal(.followNoStream) }
            if isRaw, streams.count > 1 { throw refusal(.followManyStreams, "\(streams.count)") }
            sources = try streams.map { FollowSource(story, .stream($0), try sourceOptions(.stream($0), story)) }
        } else {
            let subject = try subject(story)
            var options = try sourceOptions(subject, story)
            options.frames = selected?.found
            sources = [FollowSource(story, subject, options)]
        }
        try withOutput { descriptor in
            for source in sources {
                if isRaw { try writeRaw(source, descriptor) } else { try writeText(source, descriptor) }
            }
        }
    }

    private func writeText(_ source: FollowSource, _ descriptor: FileDescriptor) throws {
        let output = Output(descriptor)
        if format == .yaml {
            FollowYAML(source) { output.append(line: $0) }.tell()
        } else {
            var options = FollowText.Options()
            options.language = common.language
            options.style = Style(hasColour: common.hasColour(output))
            options.format = format
            FollowText(source, options) { output.append(line: $0) }.tell()
        }
        try output.flush()
    }

    private func printTaps(_ index: CaptureIndex, _ descriptor: FileDescriptor) throws {
        let output = Output(descriptor)
        for argument in tap { try FollowTap(argument).tell(index) { output.append(line: $0) } }
        try output.flush()
    }

    private func writeRaw(_ source: FollowSource, _ descriptor: FileDescriptor) throws {
        var bytes = BufferedOutput(descriptor, closesDescriptor: false)
        let missing: FollowRaw.Missing
        do {
            missing = try FollowRaw.write(source, to: &bytes)
            try bytes.close()
        } catch {
            throw OutputError(cause: error)
        }
        if missing.bytes > 0 {
            warn(Message.followMissing.text(common.language, ["\(missing.bytes)", "\(missing.places)"]))
        }
    }

    /// A file that is there is left alone: it might be the capture itself.
    private func withOutput(_ body: (FileDescriptor) throws -> Void) throws {
        guard let output, output != "-" else { return try body(.standardOutput) }
        let descriptor: FileDescriptor
        do {
            descriptor = try FileDescriptor.open(
                FilePath(output), .writeOnly, options: [.create, .exclusiveCreate],
                permissions: [.ownerReadWrite, .groupRead, .otherRead])
        } catch Errno.fileExists {
            throw refusal(.followExists, output)
        } catch {
            warn("\(output): cannot be written: \(error)")
            throw ExitCode.failure
        }
        try descriptor.closeAfter { try body(descriptor) }
    }

    private func subject(_ story: Story) throws -> FollowSubject {
        if let stream {
            guard story.index.streams.indices.contains(stream) else {
                throw refusal(.noSuchStream, "\(stream)", "\(story.index.streams.count)")
            }
            return .stream(stream)
        }
        if let session {
            guard story.sessions.indices.contains(session - 1) else {
                throw refusal(.noSuchSession, "\(session)", "\(story.sessions.count)")
            }
            return .session(session - 1)
        }
        let number = transfer ?? 0
        guard story.transfers.indices.contains(number - 1) else {
            throw refusal(.noSuchTransfer, "\(number)", "\(story.transfers.count)")
        }
        guard story.transfers[number - 1].stream != nil else { throw refusal(.noDataToFollow, "\(number)") }
        return .transfer(number - 1)
    }

    private func sourceOptions(_ subject: FollowSubject, _ story: Story) throws -> FollowSource.Options {
        var options = FollowSource.Options()
        options.showsSecrets = showSecrets
        options.turns = try turns()
        options.side = side ?? .both
        if case .transfer(let number) = subject, side == nil, format == .raw {
            options.side = story.transfers[number].isUpload ? .client : .server
        }
        return options
    }

    private func turns() throws -> ClosedRange<Int> {
        guard let range else { return 1...Int.max }
        let parts = range.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        let first = parts.first.flatMap { Int($0) }
        let last = parts.count == 1 ? first : parts[1].isEmpty ? Int.max : Int(parts[1])
        guard let first, let last, first >= 1, first <= last else {
            throw ValidationError("\(range) is no range of turns: write 3, 3-7 or 3-.")
        }
        return first...last
    }

    private func refusal(_ message: Message, _ arguments: String...) -> ExitCode {
        warn(message.text(common.language, arguments))
        return ExitCode.failure
    }
}
