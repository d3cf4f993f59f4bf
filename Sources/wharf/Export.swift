import Glibc
import Analysis
import ArgumentParser
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
        let story = Story(try readIndex(files, common.language))
        let folder = FilePath(to)
        try makeFolder(folder)
        let output = Output(.standardOutput)
        var count = 0
        var bytes: Int64 = 0
        var hasFailed = false
        var exporter = FileExporter(
            story, to: folder,
            condition.map { StorySelection($0.selected(in: story.index, story, namesTransfers: true)) })
        try exporter.export { result in
            if result.name != nil, result.failure == nil {
                count += 1
                bytes += result.bytes
            }
            if let failure = result.failure {
                hasFailed = true
                warn("\(folder)/\(result.name ?? displayText(result.path)): \(failure)")
            } else {
                try output.write(line: ExportText.line(result, common.language))
            }
        }
        if count == 0, !hasFailed { try output.write(line: Message.exportedNothing.text(common.language, [])) }
        if count > 0 {
            let summary: Message = count == 1 ? .exportSummaryOne : .exportSummary
            try output.write(line: summary.text(common.language, ["\(count)", "\(bytes)", displayText(to.utf8)]))
        }
        try output.flush()
        if hasFailed { throw ExitCode.failure }
    }

    private func makeFolder(_ folder: FilePath) throws {
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
