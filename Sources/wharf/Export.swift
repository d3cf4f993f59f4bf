import Glibc
import Analysis
import ArgumentParser
import DisplayFilter
import FTPProtocol
import FoundationEssentials
import Report
import SystemPackage

struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write every file that was transferred into a folder, byte for byte, with its checksums.",
        discussion: """
            Names are made safe: nothing on the wire can lead out of the folder or replace a file that is there. Bytes \
            that the capture lacks are left as holes, reported, and the file's name ends in .incomplete.
            With -Y only files are written of whose transfers the filter selects a frame: of the command, of its \
            replies, or of the data connection. They are written whole.
            """)

    @Argument(help: "Capture files, or - for standard input.")
    var files: [String]

    @Option(help: "The folder; made if it is not there.")
    var to: String

    @OptionGroup var filter: FilterOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
        let condition = try filter.condition()
        let export = try FileExport(to: to)
        let story = Story(try readIndex(files, common.language))
        let output = Output(.standardOutput)
        let summary = try export.run(story, condition) { result in
            try output.write(line: ExportText.line(result, common.language))
        }
        if summary.count == 0, !summary.hasFailed {
            try output.write(line: Message.exportedNothing.text(common.language, []))
        }
        if summary.count > 0 {
            let message: Message = summary.count == 1 ? .exportSummaryOne : .exportSummary
            try output.write(
                line: message.text(
                    common.language, ["\(summary.count)", "\(summary.bytes)", displayText(to.utf8)]))
        }
        try output.flush()
        if summary.hasFailed { throw ExitCode.failure }
    }
}

/// Writes the files of a story into a folder; what fails is said on standard error, and the others are written.
struct FileExport {
    let folder: FilePath

    struct Summary {
        var count = 0
        var bytes: Int64 = 0
        var hasFailed = false
    }

    /// Makes the folder, if it is not there: what cannot be is said before a large capture is read.
    init(to path: String) throws {
        folder = FilePath(path)
        try makeFolder()
    }

    /// - Parameters:
    ///   - condition: selects a frame of each transfer whose file is written; `options` are those that it is asked with.
    ///   - report: hears of each file that was written, at once.
    func run(
        _ story: Story, _ condition: DisplayFilter?, _ options: FrameScan.Options = FrameScan.Options(),
        _ report: (FileExporter.Result) throws -> Void
    ) throws -> Summary {
        var summary = Summary()
        var exporter = FileExporter(
            story, to: folder,
            condition.map {
                StorySelection($0.selected(in: story.index, story, namesTransfers: true, options: options))
            })
        try exporter.export { result in
            if result.name != nil, result.failure == nil {
                summary.count += 1
                summary.bytes += result.bytes
            }
            if let failure = result.failure {
                summary.hasFailed = true
                warn("\(displayText(folder.string.utf8))/\(result.name ?? displayText(result.path)): \(failure)")
            } else {
                try report(result)
            }
        }
        return summary
    }

    private func makeFolder() throws {
        do {
            try FileManager.default.createDirectory(atPath: folder.string, withIntermediateDirectories: true)
        } catch {
            let code = ((error as? CocoaError)?.underlying as? POSIXError)?.code.rawValue
            let reason = code.map { Errno(rawValue: $0).description } ?? "\(error)"
            warn("\(displayText(folder.string.utf8)): the folder cannot be made: \(reason)")
            throw ExitCode.failure
        }
    }
}
