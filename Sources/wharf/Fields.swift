import SystemPackage
import ArgumentParser
import Report

struct Fields: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fields", abstract: "List the fields that frames can have.",
        discussion: """
            Names are those of display filters and of -e. A PATTERN selects names that contain it; with a * it has to \
            match the whole name. docs/fields.md has them all: it is what --markdown prints.
            """)

    @Argument(help: "Part of a name, or a pattern with *.")
    var pattern: String?

    @Flag(help: "One field a line: name, type, label, separated by tabs.")
    var tsv = false

    @Flag(help: "Only Wharf's own fields, which Wireshark does not have.")
    var own = false

    @Flag(help: "The whole list as a page of Markdown.")
    var markdown = false

    func validate() throws {
        guard !markdown || pattern == nil && !own && !tsv else {
            throw ValidationError("--markdown prints the whole list: it goes with nothing else")
        }
    }

    func run() throws {
        if markdown {
            let output = Output(.standardOutput)
            for line in FieldReference.markdown { try output.write(line: line) }
            return try output.flush()
        }
        let rows = FieldReference.rows(matching: pattern, own: own)
        guard !rows.isEmpty else {
            warn("no field's name matches \"\(pattern ?? "")\"")
            throw ExitCode.failure
        }
        let output = Output(.standardOutput)
        let width = rows.reduce(0) { max($0, $1.name.utf8.count) }
        for row in rows {
            let parts =
                tsv
                ? [row.name, row.type, row.label] : [row.name.padded(to: width), row.type.padded(to: 16), row.label]
            try output.write(line: parts.joined(separator: tsv ? "\t" : "  "))
        }
        try output.flush()
    }
}

extension String {
    fileprivate func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - utf8.count))
    }
}
