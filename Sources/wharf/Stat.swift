import Analysis
import ArgumentParser
import DisplayFilter
import FTPProtocol
import FoundationEssentials
import Report
import SystemPackage

struct Stat: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stat", abstract: "Count what is in a capture.",
        discussion: """
            Names of statistics and files may stand in any order; without a name, an overview is printed. Whatever names \
            an existing file is a file. A name may go on with a display filter: conv,tcp,ftp or ftp-data. With -Y \
            every statistic counts only frames that the filter selects (and ftp only commands, replies, logins and \
            transfers that have one); unlike read -z, which as in tshark counts all frames whatever -Y says. \
            Statistics:

            \(("overview" + "\n" + "ftp" + "\n" + StatisticCatalog.summary.joined(separator: "\n")))
            """)

    @Argument(
        help: ArgumentHelp("Names of statistics, then capture files, or - for standard input.", valueName: "name|file"))
    var arguments: [String]

    @Flag(help: "Write JSON instead of text.")
    var json = false

    @Flag(help: "Show passwords instead of masking them.")
    var showSecrets = false

    @OptionGroup var filter: FilterOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
        let condition = try filter.condition()
        let names = arguments.filter(isStatistic)
        let files = arguments.filter { !isStatistic($0) }
        try check(files)
        var options = StatisticCatalog.Options()
        options.language = common.language
        options.showsSecrets = showSecrets
        options.isOwn = true
        options.condition = condition
        options.macros = try filter.macros.all()
        let wanted = names.isEmpty ? ["overview"] : Array(names)
        try checkNames(wanted, options)
        let index = try readIndex(files, common.language)
        try writeStatistics(wanted, of: index, options, json: json)
        try reportDamage(of: index)
    }

    /// Whatever names a file is a file; a folder called `ftp` is none.
    private func isStatistic(_ argument: String) -> Bool { StatisticCatalog.knows(argument) && !isFile(argument) }

    private func isFile(_ path: String) -> Bool {
        var isDirectory = false
        return path == "-"
            || (FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && !isDirectory)
    }

    private func check(_ files: [String]) throws {
        if files.isEmpty {
            warn(Message.statisticsNoFile.text(common.language, []))
            throw ExitCode.failure
        }
        // What looks like a path is left to whoever opens it: the reason is in what the system says.
        for file in files where !isFile(file) && !file.contains("/") && !file.contains(".") {
            warn(Message.statisticsUnknown.text(common.language, [displayText(file.utf8)]) + list)
            throw ExitCode.failure
        }
    }

    private var list: String {
        (StatisticCatalog.ownNames + StatisticCatalog.summary).map { "\n  " + $0 }.joined()
    }
}

/// A wrong name is said before a large file is read.
func checkNames(_ names: [String], _ options: StatisticCatalog.Options) throws {
    var options = options
    options.observesFilter = { warnOfForeign($0.foreignNames) }
    let catalog = StatisticCatalog(options)
    for name in names { _ = try catalog.maker(name) }
}

/// Takes all the statistics in one walk over a capture and writes them in their order.
func writeStatistics(
    _ names: [String], of index: CaptureIndex, _ options: StatisticCatalog.Options, json: Bool = false
) throws {
    let catalog = StatisticCatalog(options)
    let source = StatisticsSource(index, options.condition)
    let statistics = try names.map { (name: $0, statistic: try catalog.maker($0)(source)) }
    source.take(statistics.map(\.statistic))
    let output = Output(.standardOutput)
    if json {
        try output.write(line: StatisticsJSON.text(of: statistics))
    } else {
        for (number, entry) in statistics.enumerated() {
            if options.isOwn, number > 0 { output.append(line: "") }
            entry.statistic.write { output.append(line: $0) }
        }
    }
    try output.flush()
}
