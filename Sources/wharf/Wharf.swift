import ArgumentParser

@main
struct Wharf: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wharf",
        abstract: "Shows what happens on the wire when files move over FTP.",
        version: "0.1.0",
        subcommands: [Analyze.self, Export.self, Follow.self, Graph.self, Read.self, Stat.self])
}
