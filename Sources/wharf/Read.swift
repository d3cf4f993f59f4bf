import Analysis
import ArgumentParser
import CaptureFile
import Dissection
import DisplayFilter
import FTPProtocol
import FoundationEssentials
import Report
import SystemPackage

extension PacketTime: ExpressibleByArgument {}

struct Read: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "read", abstract: "Read a capture with tshark's options.",
        discussion: """
            Options have tshark's spelling and meaning, so that scripts written for it work here. Without any, every \
            frame is one line of the packet list.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, tabs, fields, json, jsonraw, ek, pdml, psml
    }

    @Option(
        name: .customShort("r", allowingJoined: true),
        help: ArgumentHelp("Capture file, or - for standard input; may be given several times.", valueName: "file"))
    var read: [String] = []

    @Argument(help: "Capture files, as with -r; behind -r, a filter as with -Y.")
    var files: [String] = []

    @OptionGroup var filter: FilterOptions

    @Option(name: .customShort("T", allowingJoined: true), help: ArgumentHelp("What to write.", valueName: "form"))
    var format = Format.text

    @Option(
        name: .customShort("e", allowingJoined: true),
        help: ArgumentHelp(
            "A field to print with -T fields, json, ek and pdml; may be given several times.", valueName: "field"))
    var fields: [String] = []

    @Option(
        name: .customShort("E", allowingJoined: true),
        help: ArgumentHelp(
            "How -T fields writes: header=y, separator=/t, occurrence=f|l|a, aggregator=, quote=d|s|n, escape=n, bom=y.",
            valueName: "option=value"))
    var fieldOptions: [String] = []

    @Flag(name: .customShort("V"), help: "Show everything in each frame.")
    var hasTree = false

    @Option(
        name: .customShort("O", allowingJoined: true),
        help: ArgumentHelp(
            "Show everything of these protocols, separated by commas, and a line of each other.", valueName: "protocols"
        ))
    var expanded: String?

    @Flag(name: .customShort("x"), help: "Show the bytes of each frame.")
    var hasBytes = false

    @Flag(name: .customShort("P"), help: "Show the line of the packet list with -V, -O and -x too.")
    var hasSummary = false

    @Option(
        name: .customShort("j", allowingJoined: true),
        help: ArgumentHelp(
            "Protocols and fields that -T json, ek and pdml show in full, separated by spaces.", valueName: "names"))
    var shown: String?

    @Option(
        name: .customShort("J", allowingJoined: true),
        help: ArgumentHelp(
            "Protocols that -T json, ek and pdml show in full, with everything below their fields.", valueName: "names")
    )
    var shownWhole: String?

    @Option(
        name: .customShort("c", allowingJoined: true), parsing: .unconditional,
        help: ArgumentHelp("Read no more than this many frames.", valueName: "count"), transform: Read.count)
    var count: UInt64?

    @Option(
        name: .customShort("w", allowingJoined: true),
        help: ArgumentHelp("Write the frames into this capture file instead of printing them.", valueName: "file"))
    var output: String?

    @Option(name: .customShort("F", allowingJoined: true), help: ArgumentHelp("Format of -w.", valueName: "format"))
    var outputFormat: CaptureWriter.Format = .pcapng

    @Option(
        name: .customShort("z", allowingJoined: true),
        help: ArgumentHelp(
            "A statistic; may be given several times. The last one is printed first, as tshark does.",
            valueName: "statistic"))
    var statistics: [String] = []

    @Option(
        name: .customShort("t", allowingJoined: true),
        help: ArgumentHelp("What the Time column shows: a, ad, adoy, d, dd, e, r, u, ud or udoy.", valueName: "form"))
    var time = PacketTime.relative

    @Option(help: "Columns of the packet list, separated by commas: those of tshark by name, or any field.")
    var columns: String?

    @Option(
        help: ArgumentHelp(
            "Write the files that were transferred into this folder too, as wharf export does.",
            valueName: "ftp-data,folder"),
        transform: Read.exportFolder)
    var exportObjects: [String] = []

    @Flag(name: .customShort("q"), help: "Print statistics only.")
    var isQuiet = false

    @Flag(name: .customShort("n"), help: "Show addresses by number, not by the names that are known.")
    var looksUpNoNames = false

    @Flag(name: .customShort("2"), help: "Accepted for tshark's sake: Wharf always knows the whole capture.")
    var hasTwoPasses = false

    @Flag(name: .customShort("l"), help: "Write each line at once.")
    var isLineBuffered = false

    @OptionGroup var others: TsharkOptions
    @OptionGroup var common: CommonOptions

    @Sendable private static func count(_ text: String) throws -> UInt64 {
        guard let number = Int128(text) else {
            throw ValidationError("it takes a number of frames")
        }
        guard number > 0 else { throw ValidationError("it takes 1 or more") }
        return UInt64(clamping: number)
    }

    @Sendable private static func exportFolder(_ text: String) throws -> String {
        let parts = text.split(separator: ",", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[1].isEmpty else {
            throw ValidationError("it takes ftp-data,FOLDER")
        }
        guard parts[0] == "ftp-data" else {
            throw ValidationError("\(parts[0]): Wharf exports what FTP transfers: ftp-data,FOLDER")
        }
        return String(parts[1])
    }

    func validate() throws {
        if read.isEmpty, files.isEmpty {
            throw ValidationError(
                "no capture file: give it with -r, or - for standard input (wharf capture makes captures)")
        }
        if format == .fields, fields.isEmpty {
            throw ValidationError("-T fields prints what -e names: give at least one -e NAME")
        }
        if !fields.isEmpty, ![.fields, .json, .jsonraw, .ek, .pdml].contains(format) {
            throw ValidationError("-e chooses fields for -T fields, json, ek and pdml: give one of these too")
        }
    }

    /// What stands behind the options: files, or as in tshark a filter, where `-r` names the capture, nothing of that name
    /// is there, and it is one.
    private func trailing() throws -> (paths: [String], condition: DisplayFilter?) {
        let words = files.joined(separator: " ")
        if !read.isEmpty, !files.isEmpty, filter.filter == nil, !files.contains(where: isThere),
            let condition = try? DisplayFilter(words, macros: try filter.macros.all())
        {
            warnOfForeign(condition.foreignNames)
            return (read, condition)
        }
        return (read + files, try filter.condition())
    }

    private func isThere(_ path: String) -> Bool {
        path == "-" || (try? FileDescriptor.open(FilePath(path), .readOnly).close()) != nil
    }

    func run() throws {
        let (paths, condition) = try trailing()
        var options = StatisticCatalog.Options()
        options.language = common.language
        options.looksUpNames = !looksUpNoNames && others.namesHosts
        options.macros = try filter.macros.all()
        try checkNames(statistics, options)
        let text = Output(.standardOutput)
        let exports = try exportObjects.map { folder in
            do { return try FileExport(to: folder) } catch { throw ExitCode(2) }
        }
        let printer = output == nil && (!isQuiet || printsMoreThanList) ? try printer(paths) : nil
        // Once for all that is asked: standard input cannot be read again.
        let index = try readIndex(paths)
        if let output { try write(index, condition, to: output) }
        if let printer {
            let scan = FrameScan(index, scanOptions)
            try scan.print(printer, condition) {
                ApplicationTable(index, $0)
            } to: { piece in
                try text.write(piece)
                if isLineBuffered { try text.flush() }
            }
        }
        try text.flush()
        if !statistics.isEmpty { try writeStatistics(statistics.reversed(), of: index, options) }
        let hasExported = try exports.isEmpty || export(exports, index, condition)
        try reportDamage(of: index)
        if !hasExported { throw ExitCode(2) }
    }

    /// - Returns: whether every file was written.
    private func export(_ exports: [FileExport], _ index: CaptureIndex, _ condition: DisplayFilter?) throws -> Bool {
        let story = Story(index)
        var isWhole = true
        for export in exports {
            let summary = try export.run(story, condition, scanOptions) { _ in }
            if summary.hasFailed { isWhole = false }
        }
        return isWhole
    }

    /// Ends as tshark ends where there is nothing that can be read.
    private func readIndex(_ paths: [String]) throws -> CaptureIndex {
        do { return try wharf.readIndex(paths, common.language, limit: count) } catch {
            if !(error is ExitCode) { warn("\(error)") }
            throw ExitCode(2)
        }
    }

    /// tshark's -q keeps only the packet list from being printed.
    private var printsMoreThanList: Bool {
        (format != .text && format != .tabs && format != .psml) || hasTree || expanded != nil || hasBytes
    }

    /// A wrong name is said before a large file is read.
    private func printer(_ paths: [String]) throws -> any FramePrinter {
        switch format {
        case .fields:
            var lines = FieldLineFormat()
            for option in fieldOptions { try lines.set(option) }
            return FieldLines(try fieldColumns(), lines)
        case .text, .tabs:
            var list = PacketList.Options()
            list.hasTabs = format == .tabs
            list.time = time
            if let columns { list.columns = try chosen(columns) }
            guard hasTree || expanded != nil || hasBytes else {
                return PacketList(list)
            }
            var details = PacketDetails.Options()
            details.hasTree = hasTree || expanded != nil
            details.hasBytes = hasBytes
            details.separator = others.separator ?? ""
            details.expanded = expanded.map { Set($0.split(separator: ",").map(String.init)) }
            if hasSummary { details.summary = list }
            return PacketDetails(details)
        case .pdml:
            return PacketXML(
                file: paths.joined(separator: " "), time: CalendarTime.now, try chosenFields(), shown: shownProtocols)
        case .psml:
            var list = PacketList.Options()
            list.time = time
            if let columns { list.columns = try chosen(columns) }
            return PacketListXML(list)
        case .json, .jsonraw:
            var json = PacketJSON.Options()
            json.hasValues = format == .json
            json.hasRaw = format == .jsonraw || hasBytes
            json.shown = shownProtocols
            json.fields = try chosenFields()
            return PacketJSON(json)
        case .ek:
            var lines = PacketBulk.Options()
            lines.hasRaw = hasBytes
            lines.shown = shownProtocols
            lines.fields = try chosenFields()
            return PacketBulk(lines)
        }
    }

    private var scanOptions: FrameScan.Options {
        var options = FrameScan.Options()
        options.resolvesNames = !looksUpNoNames && others.namesStations
        options.countsFromBeginning = others.countsFromBeginning
        return options
    }

    private var shownProtocols: ShownProtocols? {
        shownWhole.map { ShownProtocols($0, hasSubtrees: true) } ?? shown.map { ShownProtocols($0, hasSubtrees: false) }
    }

    private func chosenFields() throws -> [PacketField]? {
        fields.isEmpty ? nil : try fieldColumns()
    }

    private func fieldColumns() throws -> [PacketField] {
        let found = try FieldLines.columns(fields)
        var foreign: [String] = []
        for case .foreign(let name) in found where !foreign.contains(name) { foreign.append(name) }
        warnOfForeign(foreign)
        return found
    }

    private func chosen(_ columns: String) throws -> [PacketColumn] {
        try columns.split(separator: ",").map { name in
            guard let column = PacketColumn(name.trimmed) else {
                throw ValidationError(
                    "--columns \(name): neither a column (No., Time, Source, Destination, Protocol, Length, Info) nor a field"
                )
            }
            return column
        }
    }

    /// Frames that the filter selects go into the new file with everything that the old one says of them.
    private func write(_ index: CaptureIndex, _ condition: DisplayFilter?, to output: String) throws {
        let kept = condition?.selected(in: index, options: scanOptions).found
        let last = UInt64(index.frames.count)
        do {
            try CaptureCopy(index.capture).write(to: output, format: outputFormat) { number, _ in
                number < last && (kept?.contains(number) ?? true)
            }
        } catch {
            warn("\(error)")
            throw ExitCode(2)
        }
    }
}

extension CaptureWriter.Format: ExpressibleByArgument {}

extension Substring {
    fileprivate var trimmed: String { String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()) }
}
