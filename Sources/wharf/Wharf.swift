import ArgumentParser

@main
struct Wharf: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wharf",
        abstract: "Shows what happens on the wire when files move over FTP.",
        version: "0.1.0",
        subcommands: [Analyze.self, Export.self, Follow.self, Graph.self, Read.self, Stat.self])

    static func main() {
        var command: any ParsableCommand
        do { command = try parseAsRoot() } catch { exit(withError: error) }
        do {
            try command.run()
        } catch let error where error is ExitCode || error is ValidationError {
            exit(withError: error)
        } catch {
            // What went wrong with a capture is no fault of the command line: no usage behind it.
            warn("\(error)")
            exit(withError: ExitCode.failure)
        }
    }
}
