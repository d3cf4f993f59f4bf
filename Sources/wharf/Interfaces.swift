import ArgumentParser
import FTPProtocol
import LiveCapture
import Report
import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

struct Interfaces: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "interfaces", abstract: "List the interfaces that can be captured on, and what moves on each.",
        discussion: """
            On a terminal the list goes on showing what moves, until Ctrl-C; elsewhere what passed in one second is \
            shown once.
            """)

    @Flag(name: .customShort("D"), help: "As tshark -D lists them: numbers and names.")
    var isNumbered = false

    @Flag(help: "Those too that give no packets of a network: USB, D-Bus, firewall logs.")
    var all = false

    @Flag(help: "As JSON.")
    var json = false

    @Flag(help: "Show the list once, on a terminal too.")
    var once = false

    @OptionGroup var common: CommonOptions

    /// Seconds that a curve shows.
    private static let span = 24

    func run() throws {
        let output = Output(.standardOutput)
        let interfaces: [NetworkInterface]
        do {
            interfaces = try NetworkInterface.all(isTried: !isNumbered).filter { all || isNumbered || $0.isNetwork }
        } catch {
            warn(LiveProblem.text(error, program: ownPath, common.language))
            throw ExitCode.failure
        }
        if isNumbered {
            for line in InterfaceTable.numbered(interfaces) { try output.write(line: line) }
            return try output.flush()
        }
        var activity: [String: InterfaceActivity] = [:]
        measure(interfaces, &activity)
        sleep(1)
        measure(interfaces, &activity)
        if json {
            try output.write(line: try InterfaceJSON.text(of: interfaces, activity))
            return try output.flush()
        }
        let isLive = output.isTerminal && !once
        var height = 0
        while true {
            let table = InterfaceTable(
                common.language, Style(hasColour: common.hasColour(output)), width: terminalSize()?.columns ?? 80)
            var lines = table.lines(of: interfaces, activity, program: ownPath)
            if let hint = loopbackHint(interfaces, common.language) { lines += table.lines(of: hint) }
            // What has left the terminal cannot be written anew.
            if isLive, let rows = terminalSize()?.rows { lines = table.clipped(lines, to: rows - 1) }
            if height > 0 { try output.write(Array("\u{1B}[\(height)A\u{1B}[J".utf8)) }
            for line in lines { try output.write(line: line) }
            try output.flush()
            guard isLive else { return }
            height = table.height(of: lines)
            sleep(1)
            measure(interfaces, &activity)
        }
    }

    private func measure(_ interfaces: [NetworkInterface], _ activity: inout [String: InterfaceActivity]) {
        let counters = InterfaceCounters.all()
        for interface in interfaces {
            activity[interface.name, default: InterfaceActivity(limit: Self.span)].note(counters[interface.name])
        }
    }
}

/// Where the clients of a server on this very machine are seen; nil where there is none.
func loopbackHint(_ interfaces: [NetworkInterface], _ language: Language) -> String? {
    guard let loopback = interfaces.first(where: { $0.state.contains(.loopback) }) else { return nil }
    let ports = LocalServers.ftpPorts
    guard !ports.isEmpty else { return nil }
    return LiveMessage.loopbackHint.text(language, ports.map { "\($0)" }.joined(separator: ", "), loopback.name)
}

/// Where this program lies.
var ownPath: String {
    #if os(Linux)
        var path = [CChar](repeating: 0, count: 4096)
        let length = unsafe readlink("/proc/self/exe", &path, path.count)
        if length > 0 { return String(decoding: path.prefix(length).map { UInt8(bitPattern: $0) }, as: UTF8.self) }
    #endif
    return CommandLine.arguments.first ?? "wharf"
}
