import Analysis
import ArgumentParser
import CaptureFile
import FTPProtocol
import Report

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension Language: ExpressibleByArgument {}

enum ColourChoice: String, ExpressibleByArgument, CaseIterable { case auto, always, never }

/// Options that every command which prints for people has.
struct CommonOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Language of the report: en or zh (default: from LC_ALL, LC_MESSAGES, LANG)."))
    var lang: Language?

    @Option(help: "Colour: auto (on a terminal, unless NO_COLOR is set), always or never.")
    var color = ColourChoice.auto

    /// POSIX's order of the variables that say which language messages are in.
    var language: Language {
        if let lang { return lang }
        let variables = ["LC_ALL", "LC_MESSAGES", "LANG"]
        let value = variables.lazy.compactMap(environment).first { !$0.isEmpty } ?? ""
        return value.lowercased().hasPrefix("zh") ? .zh : .en
    }

    func hasColour(_ output: Output) -> Bool {
        switch color {
        case .always: true
        case .never: false
        case .auto:
            // no-color.org: any value but the empty one counts.
            output.isTerminal && (environment("NO_COLOR") ?? "").isEmpty && environment("TERM") != "dumb"
        }
    }
}

func environment(_ name: String) -> String? {
    guard let value = unsafe getenv(name) else { return nil }
    return unsafe String(cString: value)
}

/// Opens captures and reads them once, with progress on a terminal for those that take long.
///
/// - Parameter limit: how many frames are read at most; nil for all.
func readIndex(_ files: [String], _ language: Language, limit: UInt64? = nil) throws -> CaptureIndex {
    var paths: [String] = []
    for file in files {
        if paths.contains(file) {
            warn(Message.givenTwice.text(language, [file]))
        } else {
            paths.append(file)
        }
    }
    let capture = try Capture(paths: paths)
    let progress = Progress()
    let index = CaptureIndex(capture, limit: limit ?? .max) { progress.show($0, of: $1) }
    progress.clear()
    for problem in index.problems { warn(problem.description) }
    return index
}

/// Ends as tshark ends where a capture could not be read to its end: what was read has been told, and scripts can see
/// that it is not all.
func reportDamage(of index: CaptureIndex) throws {
    if index.problems.contains(where: \.endsFile) { throw ExitCode(2) }
}
