import SystemPackage
import Analysis
import ArgumentParser
import CaptureFile
import FTPProtocol
import Report

struct Analyze: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Tells the story of every FTP session and transfer in a capture.")

    @Argument(help: "Capture files (pcap or pcapng, plain or gzip), or - for standard input.")
    var files: [String]

    @Flag(help: "Explain every step.")
    var explain = false

    @Flag(help: "Show passwords.")
    var showSecrets = false

    func run() throws {
        let index = CaptureIndex(try Capture(paths: files))
        for problem in index.problems { warn(problem.description) }
        let story = Story(index)
        var options = TextStory.Options()
        options.explains = explain
        options.showsSecrets = showSecrets
        let output = Output(.standardOutput)
        var failure: (any Error)?
        TextStory(story, options) { line in
            do { try output.write(line: line) } catch { failure = failure ?? error }
        }.tell()
        if let failure { throw failure }
        try output.flush()
    }
}
