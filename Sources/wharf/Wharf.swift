import ArgumentParser
import Dispatch
import DisplayFilter
import SystemPackage

@main
struct Wharf: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wharf",
        abstract: "Shows what happens on the wire when files move over FTP.",
        version: "0.1.0",
        subcommands: [
            Analyze.self, CaptureCommand.self, Export.self, Fields.self, Filter.self, Follow.self, Graph.self,
            Interfaces.self, Read.self, Serve.self, Stat.self, User.self,
            Who.self,
        ])

    /// In the form that the parser takes.
    private static var arguments: [String] {
        var arguments = Array(CommandLine.arguments.dropFirst())
        guard let name = arguments.first else { return arguments }
        let letters = Arguments.of(name)
        arguments = [name] + letters.parted(arguments.dropFirst())
        guard name == "read" else { return arguments }
        // tshark's --color stands alone; for Wharf that is what happens anyway.
        for place in arguments.indices where arguments[place] == "--color" {
            let next = place + 1 < arguments.count ? arguments[place + 1] : ""
            if ColourChoice(rawValue: next) == nil { arguments[place] = "--color=auto" }
        }
        return arguments
    }

    /// A command that is named is parsed by itself: gathering the options of all others takes longer than reading a
    /// small capture. Help, and what is wrong, is told by the whole.
    private static func parse() throws -> any ParsableCommand {
        let arguments = arguments
        if let name = arguments.first,
            let named = configuration.subcommands.first(where: { $0.configuration.commandName == name }),
            let command = try? named.parseAsRoot(Array(arguments.dropFirst())), type(of: command) == named
        {
            return command
        }
        return try parseAsRoot(arguments)
    }

    /// A file that is opened must not take the place of an output that whoever called has closed.
    private static func openStandardFiles() {
        while let descriptor = try? FileDescriptor.open(FilePath("/dev/null"), .readWrite) {
            guard descriptor.rawValue > 2 else { continue }
            try? descriptor.close()
            return
        }
    }

    static func main() {
        openStandardFiles()
        // While the command line is parsed.
        if CommandLine.arguments.contains(where: { $0.hasPrefix("-Y") || $0.hasPrefix("-e") }) {
            DispatchQueue.global(qos: .userInitiated).async { DisplayFilter.prepare() }
        }
        var command: any ParsableCommand
        do { command = try parse() } catch { end(error) }
        do {
            try command.run()
        } catch let error as FilterError {
            // As tshark ends where a filter is none.
            warn("\(error)")
            exit(withError: ExitCode(2))
        } catch let error as OutputError {
            // As tshark ends there too.
            warn("\(error)")
            exit(withError: ExitCode(command is Read ? 2 : 1))
        } catch {
            // Help, and what is wrong with the command line, is told by the parser; what went wrong with a capture is not
            // the command line's fault.
            if exitCode(for: error) == .failure, !(error is ExitCode) { warn("\(error)") }
            if exitCode(for: error) == .failure { exit(withError: ExitCode.failure) }
            end(error)
        }
    }

    /// Tells what the parser says, help included. What was typed, or names a file, may hold what steers a terminal.
    private static func end(_ error: any Error) -> Never {
        let code = exitCode(for: error)
        guard !code.isSuccess, !(error is ExitCode) else { exit(withError: error) }
        _ = try? FileDescriptor.standardError.writeAll((harmless(fullMessage(for: error)) + "\n").utf8)
        exit(withError: code)
    }
}
