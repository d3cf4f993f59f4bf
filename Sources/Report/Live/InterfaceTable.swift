import Bytes
import CaptureFile
package import FTPProtocol
package import LiveCapture

/// The interfaces for people: a line each with what moves, and below it what there is to know.
package struct InterfaceTable {
    private let language: Language
    private let style: Style
    private let width: Int

    /// - Parameter width: columns of the terminal.
    package init(_ language: Language, _ style: Style, width: Int) {
        self.language = language
        self.style = style
        self.width = width
    }

    /// tshark's `-D`: `1. eth0`, `3. lo (Loopback)`.
    package static func numbered(_ interfaces: [NetworkInterface]) -> [String] {
        interfaces.enumerated().map { number, interface in
            "\(number + 1). \(interface.name)" + (interface.state.contains(.loopback) ? " (Loopback)" : "")
        }
    }

    /// - Parameters:
    ///   - activity: by name; none where nothing was measured.
    ///   - program: where Wharf lies, for the line that gives it the right to capture.
    package func lines(
        of interfaces: [NetworkInterface], _ activity: [String: InterfaceActivity], program: String
    ) -> [String] {
        let nameWidth = interfaces.reduce(0) { max($0, DisplayWidth.of($1.name)) }
        var lines: [String] = []
        for interface in interfaces {
            var line = style(.heading, DisplayWidth.padded(interface.name, to: nameWidth))
            if let activity = activity[interface.name], let last = activity.intervals.last {
                let packets = LiveMessage.packetRate.text(language, Quantity.count(Int(last.packets)))
                line += "  " + style(.command, activity.curve) + "  " + DisplayWidth.leftPadded(packets, to: 18)
                line += "  " + DisplayWidth.leftPadded(Quantity.rate(Double(last.bytes)), to: 10)
            }
            lines.append(line)
            let facts = facts(of: interface).joined(separator: " · ")
            for part in DisplayWidth.wrapped(facts, to: max(20, width - nameWidth - 2)) where !part.isEmpty {
                lines.append(DisplayWidth.blanks(nameWidth + 2) + part)
            }
            guard let problem = interface.problem else { continue }
            let reason = LiveProblem.reason(problem, interface.name, language)
            for part in DisplayWidth.wrapped(reason, to: max(20, width - nameWidth - 2)) {
                lines.append(DisplayWidth.blanks(nameWidth + 2) + style(.failure, part))
            }
        }
        if interfaces.contains(where: { $0.problem == .notPermitted }) {
            lines += ["", LiveMessage.waysToPermission.text(language, program)]
        }
        return lines
    }

    /// A text below the list.
    package func lines(of text: String) -> [String] { [""] + DisplayWidth.wrapped(text, to: width) }

    /// How many lines of the terminal some lines take, of which long ones go on in the next.
    package func height(of lines: some Sequence<String>) -> Int {
        lines.reduce(0) { $0 + max(1, (DisplayWidth.ofStyled($1) + width - 1) / width) }
    }

    /// As many of the lines as a terminal of so many has room for.
    package func clipped(_ lines: [String], to height: Int) -> [String] {
        var clipped = lines
        while self.height(of: clipped) > height, !clipped.isEmpty { clipped.removeLast() }
        if clipped.count < lines.count, !clipped.isEmpty { clipped[clipped.count - 1] = "…" }
        return clipped
    }

    private func facts(of interface: NetworkInterface) -> [String] {
        var facts: [String] = []
        if interface.isAny {
            facts.append(LiveMessage.any.text(language))
        } else if interface.state.contains(.loopback) {
            facts.append(LiveMessage.loopback.text(language))
        } else if let description = interface.description {
            facts.append(displayText(description.utf8))
        }
        if interface.state.contains(.wireless) { facts.append(LiveMessage.wireless.text(language)) }
        if interface.isNetwork, !interface.isAny {
            if !interface.state.contains(.up) {
                facts.append(LiveMessage.down.text(language))
            } else if !interface.state.contains(.running) {
                facts.append(LiveMessage.upNotRunning.text(language))
            } else if interface.state.contains(.disconnected) {
                facts.append(LiveMessage.disconnected.text(language))
            }
        }
        facts += interface.addresses.map { "\($0.address)/\($0.prefixLength)" }
        if let mac = interface.macAddress { facts.append("\(mac)") }
        return facts
    }
}
