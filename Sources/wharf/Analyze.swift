import SystemPackage
import Analysis
import ArgumentParser
import Report

struct Analyze: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "analyze", abstract: "Tell the story of every FTP session and transfer in a capture.",
        discussion: """
            Reads pcap and pcapng files, plain or gzip-compressed, and standard input as "-". Several files are read as \
            one capture in the order of their times, as a ring buffer's files belong together.
            With -Y only those sessions are told, in every format, that have a frame which the filter selects, on the \
            control connection or on a data connection; of their transfers, the table and the JSON list those that \
            have one.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, zeek }

    @Argument(help: "Capture files, or - for standard input.")
    var files: [String]

    @Flag(help: "Explain every step in plain words.")
    var explain = false

    @Option(help: "What to write: text, json (docs/json.md) or zeek (an ftp.log).")
    var format = Format.text

    @Flag(help: "The same as --format json.")
    var json = false

    @Flag(help: "Show passwords instead of masking them.")
    var showSecrets = false

    @Flag(
        name: .customLong("no-checksums"), help: "Leave out MD5 and SHA-256, which read every transferred byte again.")
    var omitsChecksums = false

    @Option(help: "Tell only this session; may be given several times.")
    var session: [Int] = []

    @OptionGroup var filter: FilterOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
        let condition = try filter.condition()
        var story = Story(try readIndex(files, common.language))
        story.hasChecksums = !omitsChecksums
        try check(session, against: story)
        let selection = condition.map { StorySelection($0.selected(in: story.index, story, namesTransfers: true)) }
        let output = Output(.standardOutput)
        switch json ? .json : format {
        case .json: try output.write(line: JSONStory.text(of: story, showsSecrets: showSecrets, selection))
        case .zeek: ZeekLog(story, showsSecrets: showSecrets, selection) { output.append(line: $0) }.tell()
        case .text: TextStory(story, textOptions(output, selection)) { output.append(line: $0) }.tell()
        }
        try output.flush()
    }

    private func check(_ numbers: [Int], against story: Story) throws {
        for number in numbers where !(1...max(1, story.sessions.count)).contains(number) || story.sessions.isEmpty {
            warn(Message.noSuchSession.text(common.language, ["\(number)", "\(story.sessions.count)"]))
            throw ExitCode.failure
        }
    }

    private func textOptions(_ output: Output, _ selection: StorySelection?) -> TextStory.Options {
        var options = TextStory.Options()
        options.language = common.language
        options.style = Style(hasColour: common.hasColour(output))
        options.explains = explain
        options.showsSecrets = showSecrets
        options.sessions = Set(session)
        options.selection = selection
        options.lineWidth = output.isTerminal ? terminalSize()?.columns : nil
        return options
    }
}
