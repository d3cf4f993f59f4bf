import Analysis
import ArgumentParser
import DisplayFilter
import FTPProtocol
import Foundation
import Report
import SystemPackage

struct Filter: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "filter", abstract: "Explain display filters, and complete them.",
        subcommands: [Check.self, Complete.self])

    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say what a display filter selects, or what is wrong with it.",
            discussion: "Ends with 2 if one of the filters is none, as reading with it would.")

        @Argument(help: "Filters, as for read -Y.")
        var filters: [String]

        @Flag(help: "Print the filter's tree instead.")
        var tree = false

        @OptionGroup var macros: MacroOptions
        @OptionGroup var common: CommonOptions

        func run() throws {
            let output = Output(.standardOutput)
            let macros = try macros.all()
            var isWrong = false
            for (index, text) in filters.enumerated() {
                if filters.count > 1 {
                    if index > 0 { try output.write(line: "") }
                    try output.write(line: displayText(text.utf8))
                }
                do {
                    let filter = try DisplayFilter(text, macros: macros)
                    let lines =
                        tree
                        ? filter.meaning.tree.map { displayText($0.utf8) }
                        : FilterExplanation.lines(filter, common.language)
                    for line in lines { try output.write(line: line) }
                } catch let error as FilterError {
                    // What stands before it was said first.
                    try output.flush()
                    warn("\(error)")
                    isWrong = true
                }
            }
            try output.flush()
            if isWrong { throw ExitCode(2) }
        }
    }

    struct Complete: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List what could stand at the cursor of a display filter that is being written.",
            discussion: """
                One candidate a line: the text, its kind and what it is, separated by tabs. The text replaces what is \
                written of it already; --json says from which byte to which.
                """)

        @Argument(help: "The filter, or its beginning.")
        var text: String

        @Option(help: "Where the cursor is, in bytes from the beginning (default: at the end).")
        var cursor: Int?

        @Flag(help: "Write JSON.")
        var json = false

        @OptionGroup var macros: MacroOptions

        private struct Document: Encodable {
            let start: Int
            let end: Int
            let candidates: [FilterCandidate]
        }

        func run() throws {
            let completion = FilterCompletion(text, cursor: cursor, macros: try macros.all())
            let output = Output(.standardOutput)
            if json {
                let encoder = JSONEncoder()
                encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
                let place = completion.place
                let document = Document(
                    start: place.lowerBound, end: place.upperBound, candidates: completion.candidates)
                try output.write(line: String(decoding: try encoder.encode(document), as: UTF8.self))
            } else {
                for candidate in completion.candidates {
                    let cells = [candidate.text, candidate.kind.rawValue, candidate.explanation]
                    try output.write(line: cells.map { displayText($0.utf8) }.joined(separator: "\t"))
                }
            }
            try output.flush()
        }
    }
}

/// For `.custom` completion of an option that takes a display filter: whole words of the shell, each the filter so far
/// with one candidate in its place.
func completeFilter(_ words: [String], _ word: Int, _ prefix: String) -> [String] {
    let text = prefix.isEmpty && words.indices.contains(word) ? words[word] : prefix
    let completion = FilterCompletion(text)
    let before = String(decoding: text.utf8.prefix(completion.place.lowerBound), as: UTF8.self)
    return completion.candidates.prefix(200).map { before + $0.text }
}
