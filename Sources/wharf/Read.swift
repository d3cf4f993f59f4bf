import Analysis
import ArgumentParser
import DisplayFilter
import FTPProtocol
import Report
import SystemPackage

extension PacketTime: ExpressibleByArgument {}

struct Read: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Read a capture with tshark's options.",
        discussion: "Options have tshark's spelling and meaning, so that scripts written for it work here.")

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, tabs, fields }

    @Option(name: .short, help: "Capture file, or - for standard input; may be given several times.")
    var read: [String] = []

    @Argument(help: "Capture files, as with -r.")
    var files: [String] = []

    @Option(
        name: [.customShort("Y"), .customLong("display-filter")], parsing: .unconditional,
        help: "Show only frames that this filter selects.")
    var filter: String?

    @Option(name: .customShort("T"), help: "What to write: text, tabs or fields.")
    var format = Format.text

    @Option(name: .customShort("e"), help: "A field to print with -T fields; may be given several times.")
    var fields: [String] = []

    @Option(
        name: .customShort("z"),
        help: ArgumentHelp("A statistic; may be given several times. The last one is printed first, as tshark does."))
    var statistics: [String] = []

    @Option(name: .customShort("t"), help: "What the Time column shows: a, ad, adoy, d, dd, e, r, u, ud or udoy.")
    var time = PacketTime.relative

    @Flag(name: .customShort("q"), help: "Print statistics only.")
    var isQuiet = false

    @Flag(name: .customShort("n"), help: "Use no names of hosts, not even those that the capture tells.")
    var looksUpNoNames = false

    @OptionGroup var common: CommonOptions

    func validate() throws {
        if read.isEmpty, files.isEmpty {
            throw ValidationError("no capture file: give it with -r, or - for standard input")
        }
        if format == .fields, fields.isEmpty {
            throw ValidationError("-T fields prints what -e names: give at least one -e NAME")
        }
    }

    func run() throws {
        let paths = read + files
        if !isQuiet { try write(paths) }
        guard !statistics.isEmpty else { return }
        var options = StatisticCatalog.Options()
        options.language = common.language
        options.looksUpNames = !looksUpNoNames
        try writeStatistics(statistics.reversed(), of: paths, options, common)
    }

    private func write(_ paths: [String]) throws {
        let output = Output(.standardOutput)
        let condition = try filter.map { try DisplayFilter($0) }
        let text = TextOutput { output.append($0) }
        let tap: any FrameTap
        switch format {
        case .fields: tap = try FieldLines(fields, condition) { output.append(line: $0) }
        case .text, .tabs:
            var options = PacketList.Options()
            options.hasTabs = format == .tabs
            options.time = time
            tap = PacketList(options, condition, to: text)
        }
        let index = try readIndex(paths, common.language)
        FrameScan(index, resolvesNames: !looksUpNoNames).run([tap]) { ApplicationTable(Story(index)) }
        text.flush()
        try output.flush()
        try reportDamage(of: index)
    }
}
