import ArgumentParser

@main
struct Wharf: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wharf",
        abstract: "Shows what happens on the wire when files move over FTP.",
        version: "0.1.0",
        subcommands: [
            Analyze.self, Export.self, Fields.self, Filter.self, Follow.self, Graph.self, Read.self, Stat.self,
        ])

    static func main() {
        var command: any ParsableCommand
        do { command = try parseAsRoot() } catch { exit(withError: error) }
        do {
            try command.run()
        } catch {
            // Help, and what is wrong with the command line, is told by the parser; what went wrong with a capture is not
            // the command line's fault.
            if exitCode(for: error) == .failure, !(error is ExitCode) { warn("\(error)") }
            exit(withError: exitCode(for: error) == .failure ? ExitCode.failure : error)
        }
    }
}
