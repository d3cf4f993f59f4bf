import ArgumentParser
import Report
import SystemPackage

struct Read: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Read a capture with tshark's options.",
        discussion: "Options have tshark's spelling and meaning, so that scripts written for it work here.")

    enum Format: String, ExpressibleByArgument, CaseIterable { case fields }

    @Option(name: .short, help: "Capture file, or - for standard input.")
    var read: String

    @Option(name: .customShort("T"), help: "What to write: fields.")
    var format = Format.fields

    @Option(name: .customShort("e"), help: "A field to print with -T fields; may be given several times.")
    var fields: [String] = []

    @Flag(name: .customShort("n"), help: "Look no names up; Wharf never does.")
    var looksUpNoNames = false

    @OptionGroup var common: CommonOptions

    func run() throws {
        let lines = try FieldLines(fields)
        let output = Output(.standardOutput)
        lines.write(try readIndex([read], common.language)) { output.append(line: $0) }
        try output.flush()
    }
}
