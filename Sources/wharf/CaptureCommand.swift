import Analysis
import ArgumentParser
import CaptureFile
import FTPProtocol
import LiveCapture
import Report
import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

struct CaptureCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "capture",
        abstract: "Capture frames: show them, tell the FTP story in them, or write them to a file.",
        discussion: """
            wharf capture -i lo                        one line a frame, as they come
            wharf capture -i lo --story                every FTP session and transfer while it happens
            wharf capture -i lo --ftp -w ftp.pcapng    into a file, with dumpcap's options, and only FTP

            Whatever ends the program, the file can be read; only where it is killed while it writes, the last frame \
            may be cut. Ctrl-C ends the capture, a second one at once. Started by sudo, Wharf opens the interfaces and then goes on as the user who called sudo, whose the \
            files are.
            """)

    @Option(
        name: .customShort("i", allowingJoined: true),
        help: ArgumentHelp(
            "Interface to capture on, by name or by its number in -D; any is all of them. May be given several times.",
            valueName: "interface"))
    var interfaces: [String] = []

    @Option(
        name: .customShort("f", allowingJoined: true), parsing: .unconditional,
        help: ArgumentHelp("Only frames that this filter selects, in libpcap's language.", valueName: "filter"))
    var filter: String?

    @Flag(
        help: ArgumentHelp(
            "Only FTP: control connections, and the data connections that they announce, whatever their ports are."))
    var ftp = false

    @Option(
        help: ArgumentHelp(
            "A port of FTP servers beside 21 and 990, for --ftp; may be given several times.",
            valueName: "port"))
    var ftpPort: [UInt16] = []

    @Option(
        name: .customShort("w", allowingJoined: true),
        help: ArgumentHelp("The file, or - for standard output.", valueName: "file"))
    var output: String?

    @Option(name: .customShort("F", allowingJoined: true), help: ArgumentHelp("Format of -w.", valueName: "format"))
    var format: CaptureWriter.Format = .pcapng

    @Option(
        name: .customShort("c", allowingJoined: true), parsing: .unconditional,
        help: ArgumentHelp("End after so many frames.", valueName: "count"))
    var count: UInt64?

    @Option(
        name: .customShort("a", allowingJoined: true),
        help: ArgumentHelp(
            "End after duration:SECONDS, filesize:KB, files:N or packets:N. May be given several times.",
            valueName: "condition:value"))
    var autostop: [String] = []

    @Option(
        name: .customShort("b", allowingJoined: true),
        help: ArgumentHelp(
            "Go on in another file after duration:SECONDS, interval:SECONDS, filesize:KB or packets:N, and keep files:N.",
            valueName: "condition:value"))
    var ring: [String] = []

    @Option(
        name: .customShort("s", allowingJoined: true), parsing: .unconditional,
        help: ArgumentHelp(
            "Bytes kept of each frame; 0 for all. With --ftp, control connections are kept whole all the same.",
            valueName: "bytes"))
    var snapLength: Int32?

    @Option(
        name: .customShort("B", allowingJoined: true), parsing: .unconditional,
        help: ArgumentHelp("MiB that the kernel keeps until they are fetched (default: 16).", valueName: "MiB"))
    var bufferSize: Int32?

    @Option(
        name: .customShort("y", allowingJoined: true),
        help: ArgumentHelp("The link type that frames have, by name or number; -L lists them.", valueName: "type"))
    var linkType: String?

    @Flag(name: .customShort("p"), help: "Leave frames for other stations alone.")
    var isNotPromiscuous = false

    @Flag(name: .customShort("I"), help: "All of a radio channel, with radio headers (monitor mode).")
    var isMonitor = false

    @Flag(
        help: "Take each frame as it comes, not when some have gathered or a tenth of a second has passed; costs time.")
    var immediateMode = false

    @Flag(name: .customShort("D"), help: "List the interfaces, and end.")
    var listsInterfaces = false

    @Flag(name: .customShort("L"), help: "List the link types of the interfaces, and end.")
    var listsLinkTypes = false

    @Flag(name: .customShort("q"), help: "Show no count while frames come in.")
    var isQuiet = false

    @Flag(help: "Tell the story of every FTP session and transfer while it happens.")
    var story = false

    @Flag(
        name: .customShort("P"),
        help: "Show the packet list while frames come in; without -w and --story that is done anyway.")
    var showsList = false

    @Option(
        name: .customShort("t", allowingJoined: true),
        help: ArgumentHelp(
            "What the list's Time column shows: a, ad, adoy, d, dd, e, r, u, ud or udoy.", valueName: "form"))
    var time = PacketTime.relative

    @Flag(help: "With --story, explain every step in plain words.")
    var explain = false

    @Flag(help: "With --story, show passwords instead of masking them.")
    var showSecrets = false

    @OptionGroup var common: CommonOptions

    func validate() throws {
        _ = try CaptureLimits(autostop: autostop, ring: ring, count: count)
        _ = try linkType.map(LinkType.init(named:))
        if output == "" { throw ValidationError("-w: it takes the name of a file, or - for standard output") }
        if output == "-", Output(.standardOutput).isTerminal {
            throw ValidationError("-w -: a terminal cannot show frames: send them to a file or another program")
        }
        if let snapLength, snapLength < 0 { throw ValidationError("-s \(snapLength): it takes 0 or more bytes") }
        if let bufferSize, !(1...1024).contains(bufferSize) {
            throw ValidationError("-B \(bufferSize): it takes 1 to 1024 MiB")
        }
        if output == "-" || output == nil, !ring.isEmpty {
            throw ValidationError("-b needs files: give their name with -w")
        }
        if story, showsList { throw ValidationError("--story and -P would write between each other's lines") }
        if output == "-", story || showsList {
            throw ValidationError("frames and what is told of them cannot both go to standard output: give -w a file")
        }
        if !story, explain || showSecrets { throw ValidationError("--explain and --show-secrets belong to --story") }
    }

    func run() throws {
        do { try capture() } catch let error as LiveError {
            warn(LiveProblem.text(error, program: ownPath, common.language))
            throw ExitCode(2)
        } catch let error as FilterFault {
            warn(LiveProblem.text(error, common.language))
            throw ExitCode(2)
        } catch let error as CaptureError {
            warn("\(error)")
            throw ExitCode(2)
        }
    }

    private func capture() throws {
        let known = try NetworkInterface.all(isTried: false)
        if listsInterfaces { return try list(InterfaceTable.numbered(known)) }
        let names = try chosen(known)
        var options = LiveOptions()
        options.isPromiscuous = !isNotPromiscuous
        options.isMonitor = isMonitor
        options.isImmediate = immediateMode
        if let bufferSize { options.bufferSize = bufferSize << 20 }
        if !selectsFTP { options.snapLength = Int32(clamping: min(snapLimit, Int(options.snapLength))) }
        options.linkType = try linkType.map(LinkType.init(named:))
        let sources = try names.map { try open($0, options, known) }
        if listsLinkTypes {
            return try list(sources.flatMap { source in ["\(source.name):"] + source.linkTypes.map { "  \($0)" } })
        }
        for source in sources {
            if let filter { try source.select(try CaptureFilter(filter, for: source.linkType)) }
        }
        try Privileges.drop()
        try write(sources, known)
    }

    private func open(
        _ name: String, _ options: LiveOptions, _ known: [NetworkInterface]
    ) throws(LiveError) -> LiveInterface {
        do { return try LiveInterface(name, options) } catch {
            // Whoever may open none is told so of those too that are not there.
            let isThere = known.contains { $0.name == name }
            throw error.code == .notPermitted && !isThere ? LiveError(.unknownInterface, name) : error
        }
    }

    /// What is known before the first frame is said before it.
    private func checkFile(_ sources: [LiveInterface]) throws {
        guard let output else { return }
        if tells, let type = try? FilePath(output).stat().type, type != .regular {
            warn("\(output): not a file that can be read while it is written, as --story and -P have to")
            throw ExitCode(2)
        }
        let first = sources[0].linkType
        if format != .pcapng, let other = sources.first(where: { $0.linkType != first })?.linkType {
            throw CaptureError(.linkTypesDiffer(first, other), output)
        }
    }

    private func write(_ sources: [LiveInterface], _ known: [NetworkInterface]) throws {
        try checkFile(sources)
        // Who reads the list or the story may go before the capture ends.
        _ = signal(SIGPIPE, SIG_IGN)
        let limits = try CaptureLimits(autostop: autostop, ring: ring, count: count)
        let descriptions = sources.map { source in
            var description = CaptureInterface(
                linkType: source.linkType, snapLength: source.snapLength, name: source.name)
            let found = known.first { $0.name == source.name }
            description.description = found?.description
            description.filter = filter
            description.addresses = found?.addresses ?? []
            description.macAddress = found?.macAddress
            return description
        }
        var section = CaptureSection()
        section.application = "wharf \(Wharf.configuration.version)"
        let rotation = output == nil ? Self.spoolRotation : limits.rotation
        let growing = tells ? GrowingCapture(keeping: rotation?.files ?? Self.filesKept) : nil
        let files = try CaptureFiles(
            path: output, format: format, section: section, interfaces: descriptions, rotation: rotation,
            growing: growing, now: CaptureLoop.now)
        let stop = try CaptureLoop.Stop()
        let signals = StopSignals(stop)
        defer { signals.cancel() }
        let progress = CaptureProgress(common.language, isShown: !isQuiet)
        warn(LiveMessage.capturing.text(common.language, sources.map(\.name).joined(separator: ", ")))
        let seesLoopback = known.contains { $0.state.contains(.loopback) && sources.map(\.name).contains($0.name) }
        if story || selectsFTP, !seesLoopback, !sources.contains(where: { $0.name == "any" }),
            let hint = loopbackHint(known, common.language)
        {
            warn(hint)
        }
        let watch = growing.map { CaptureWatch($0, stop, progress, common.language) }
        let events = events(progress, isShownHere: watch == nil)
        let loop = CaptureLoop(sources, files, limits.stop, stop, events, selection: ftpSelection(sources))
        watch?.start(teller(progress))
        let (end, counts) = loop.run()
        // A terminal that takes nothing does not keep what was captured from being told of.
        let isTold = watch?.isFinished(within: 1) ?? true
        if !isTold { summarize(counts, loop.name) }
        try watch?.finish()
        progress.finish()
        if isTold { summarize(counts, loop.name) }
        try conclude(end)
    }

    /// Where nothing is to be left, what was told of goes: 16 files of 64 MiB are there at most.
    private static let spoolRotation: Rotation = {
        var rotation = Rotation()
        rotation.bytes = 64 << 20
        rotation.files = 16
        return rotation
    }()
    /// Files that are open at most for whoever tells of them.
    private static let filesKept = 256

    /// - Parameter isShownHere: whether how far it has come is shown whenever something was written: not where somebody who
    ///   tells of the frames does that between his lines.
    private func events(_ progress: CaptureProgress, isShownHere: Bool) -> CaptureLoop.Events {
        var events = CaptureLoop.Events()
        let language = common.language
        events.wrote = {
            progress.note($0)
            if isShownHere { progress.showAside() }
        }
        events.lost = { error in
            progress.clear()
            warn(LiveProblem.text(error, program: ownPath, language))
        }
        return events
    }

    /// Whether frames are told of while they come.
    private var tells: Bool { story || showsList || (output == nil && !isQuiet) }

    private func teller(_ progress: CaptureProgress) -> @Sendable () -> any LiveTeller {
        guard story else {
            var options = PacketList.Options()
            options.time = time
            return { [options] in ListTeller(PacketList(options), Output(.standardOutput), progress) }
        }
        let output = Output(.standardOutput)
        var options = TextStory.Options()
        options.language = common.language
        options.style = Style(hasColour: common.hasColour(output))
        options.explains = explain
        options.showsSecrets = showSecrets
        options.lineWidth = output.isTerminal ? terminalSize()?.columns : nil
        return { [options] in StoryTeller(options, Output(.standardOutput), progress) }
    }

    private var selectsFTP: Bool { ftp || !ftpPort.isEmpty }
    private var snapLimit: Int { snapLength.flatMap { $0 > 0 ? Int($0) : nil } ?? .max }

    /// Which frames are FTP's is decided here and not in the kernel, which cannot read what is announced.
    private func ftpSelection(_ sources: [LiveInterface]) -> CaptureLoop.Selection? {
        guard selectsFTP else { return nil }
        let ports = Set([21, 990] + ftpPort)
        var selection = FTPSelection(sources.map(\.linkType), controlPorts: ports)
        warn(
            LiveMessage.ftpOnly.text(
                common.language, ports.sorted().map { "\($0)" }.joined(separator: ", ")))
        let limit = snapLimit
        // What is announced is needed whole.
        return { header, bytes in selection.part(header, bytes).map { $0 == .control ? .max : limit } }
    }

    private func summarize(_ counts: CaptureLoop.Counts, _ name: String) {
        let language = common.language
        let frames = "\(counts.frames)"
        let place = name == "-" ? "standard output" : name
        let isLeft = output != nil
        if !isLeft {
            warn(LiveMessage.endedUnwritten.text(language, frames))
        } else if counts.files > 1 {
            warn(LiveMessage.endedMany.text(language, frames, "\(counts.files)", place))
        } else if selectsFTP {
            warn(LiveMessage.endedOfSeen.text(language, frames, "\(counts.seen)", place))
        } else {
            warn(LiveMessage.ended.text(language, frames, place))
        }
        if counts.dropped > 0 { warn(LiveMessage.dropped.text(language, "\(counts.dropped)")) }
        if counts.droppedByInterface > 0 {
            warn(LiveMessage.droppedByInterface.text(language, "\(counts.droppedByInterface)"))
        }
    }

    private func conclude(_ end: CaptureLoop.End) throws {
        switch end {
        case .stopped, .condition: return
        case .noInterface:
            warn(LiveMessage.noneLeft.text(common.language))
            throw ExitCode(2)
        case .cannotWrite(let error):
            warn("\(error)")
            throw ExitCode(2)
        }
    }

    private func list(_ lines: [String]) throws {
        let output = Output(.standardOutput)
        for line in lines { try output.write(line: line) }
        try output.flush()
    }

    /// Names, and numbers as `-D` gives them; without any, the first interface that is up, as dumpcap chooses.
    private func chosen(_ known: [NetworkInterface]) throws -> [String] {
        guard !interfaces.isEmpty else {
            guard let first = known.first else {
                throw LiveError(.other(LiveMessage.noInterfaces.text(common.language)), "")
            }
            return [first.name]
        }
        var names: [String] = []
        for choice in interfaces {
            let isName = known.contains { $0.name == choice }
            let number = isName ? nil : Int(choice)
            if let number, !known.indices.contains(number - 1) { throw LiveError(.unknownInterface, choice) }
            let name = number.map { known[$0 - 1].name } ?? choice
            if !names.contains(name) { names.append(name) }
        }
        return names
    }
}

extension LinkType {
    /// By the registry's name or number: `ETHERNET`, `EN10MB`, `113`.
    init(named name: String) throws {
        if let number = UInt16(name) {
            self.init(rawValue: number)
        } else if name.uppercased() == "EN10MB" {
            self = .ethernet
        } else if let type = (0...UInt16(300)).lazy.map(LinkType.init(rawValue:)).first(where: {
            "\($0)" == name.uppercased()
        }) {
            self = type
        } else {
            throw ValidationError("-y \(name): there is no link type of that name; -L lists those of the interfaces")
        }
    }
}
