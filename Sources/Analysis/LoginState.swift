import FTPProtocol

/// What a login has set up, and REIN takes back (RFC 959 §4.1.1).
struct LoginState {
    var parameters = TransferParameters()
    var directory = WorkingDirectory()
    /// REST's position, for the next transfer only.
    var restart: Int64?
    /// RANG's bytes, for the next transfer only.
    var range: ClosedRange<Int64>?
    /// Index into the session's negotiations of the one that the next transfer will use.
    var negotiation: Int?
    /// A PASV or its like whose reply has not been seen.
    var unansweredPassive: (verb: Verb, frame: UInt32)?
    /// What SIZE said, by path.
    var sizes: [[UInt8]: Int64] = [:]

    /// Takes over what a command changes once it has succeeded.
    mutating func succeed(_ command: Command) {
        switch command.verb {
        case "CWD", "XCWD": directory.change(to: command.argument)
        case "CDUP", "XCUP": directory.change(to: Array("..".utf8))
        case "TYPE": if let type = RepresentationType(argument: command.argument) { parameters.type = type }
        case "STRU": if let structure = FileStructure(argument: command.argument) { parameters.structure = structure }
        case "MODE": if let mode = TransferMode(argument: command.argument) { parameters.mode = mode }
        case "PROT": if let level = ProtectionLevel(argument: command.argument) { parameters.protection = level }
        case "REST": restart = Self.number(command.argument)
        case "RANG": range = Self.range(command.argument)
        case "REIN": self = LoginState()
        default: break
        }
    }

    /// A position or size in bytes; nil for what is none.
    static func number(_ text: some Sequence<UInt8>) -> Int64? {
        Int64(String(decoding: text.filter { $0 > 0x20 }, as: UTF8.self)).flatMap { $0 >= 0 ? $0 : nil }
    }

    /// RANG's two positions; `1 0` is how a client takes a range back.
    private static func range(_ argument: [UInt8]) -> ClosedRange<Int64>? {
        let bounds = argument.split(separator: 0x20).map { number($0) }
        guard bounds.count == 2, let first = bounds[0], let last = bounds[1], first <= last else { return nil }
        return first...last
    }
}
