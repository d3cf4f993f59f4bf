import Bytes
import FTPProtocol

/// One line of an FTP frame, taken apart. Ranges count from the start of the payload.
struct FTPLine {
    let sender: FrameFacts.Sender
    /// Without the line end.
    let bytes: [UInt8]
    /// With the line end.
    let whole: Range<Int>
    /// The verb of a command or the code of a reply; nil in the lines between a reply's first and last, and in what is
    /// no command.
    let word: Range<Int>?
    /// What follows the word and the character behind it; the whole line when there is no word.
    let rest: Range<Int>
    /// Of a reply's first or last line, and of a command.
    let code: ReplyCode?
    private let verb: Verb?

    /// The line end, if the frame has it, as trees write it.
    var end: String {
        let count = whole.count - bytes.count
        return count == 0 ? "" : count == 1 ? "\\n" : "\\r\\n"
    }

    func bytes(_ range: Range<Int>) -> ArraySlice<UInt8> {
        bytes[range.lowerBound - whole.lowerBound..<range.upperBound - whole.lowerBound]
    }

    /// Calls `body` with each line; the last one may lack its end.
    static func forEach(in payload: Bytes, from sender: FrameFacts.Sender, _ body: (FTPLine) -> Void) {
        var offset = 0
        while offset < payload.count {
            let lineFeed = payload.firstIndex(of: 0x0A, from: offset)
            let end = lineFeed.map { $0 + 1 } ?? payload.count
            var last = lineFeed ?? payload.count
            if last > offset, payload.u8(at: last - 1) == 0x0D { last -= 1 }
            body(FTPLine(payload.slice(from: offset, count: last - offset).array, offset..<end, sender))
            offset = end
        }
    }

    private init(_ bytes: [UInt8], _ whole: Range<Int>, _ sender: FrameFacts.Sender) {
        self.sender = sender
        self.bytes = bytes
        self.whole = whole
        code = sender == .server ? Self.code(in: bytes) : nil
        let command = sender == .server ? nil : Self.verb(in: bytes)
        verb = command?.verb
        let word = code == nil ? command?.place : 0..<3
        let start = word.map { min(bytes.count, $0.upperBound + 1) } ?? 0
        self.word = word.map { whole.lowerBound + $0.lowerBound..<whole.lowerBound + $0.upperBound }
        rest = whole.lowerBound + start..<whole.lowerBound + bytes.count
    }

    /// RFC 959 §4.2: three digits, then a space, a hyphen, or nothing.
    private static func code(in line: [UInt8]) -> ReplyCode? {
        guard line.count == 3 || line.count > 3 && (line[3] == 0x20 || line[3] == 0x2D) else { return nil }
        return ReplyCode(startOf: line)
    }

    /// Telnet commands may stand in front of ABOR (RFC 959 §4.1.3).
    private static func verb(in line: [UInt8]) -> (verb: Verb, place: Range<Int>)? {
        CommandOutline(line).map { ($0.verb, $0.name) }
    }
}

/// What PORT, EPRT and the replies 227 and 229 say about where data shall flow.
package enum FTPPlace: Sendable {
    case passiveAddress, passivePort, passiveTranslated
    case activeAddress, activePort, activeTranslated
    case extendedFamily, extendedAddress4, extendedAddress6, extendedPort, extendedInvalid
    case announcedAddress4, announcedAddress6, announcedPort, announcedInvalid

    /// - Parameter source: of the frame; an address other than its sender's means that something translates addresses,
    ///   or that the data shall flow between two servers.
    func value(in line: FTPLine, sentFrom source: IPAddress?) -> FieldRow.Value? {
        switch self {
        case .passiveAddress, .passivePort, .passiveTranslated: passive(line, source)
        case .activeAddress, .activePort, .activeTranslated: active(line, source)
        case .extendedFamily, .extendedAddress4, .extendedAddress6, .extendedPort, .extendedInvalid: extended(line)
        case .announcedAddress4, .announcedAddress6, .announcedPort, .announcedInvalid: announced(line, source)
        }
    }

    private func passive(_ line: FTPLine, _ source: IPAddress?) -> FieldRow.Value? {
        guard line.isReply(227), let place = HostPort.passive(reply: line.bytes(line.rest)) else { return nil }
        return switch self {
        case .passiveAddress: .address(place.address)
        case .passivePort: .number(UInt64(place.port))
        default: source.flatMap { $0 == place.address ? nil : .flag(true) }
        }
    }

    private func active(_ line: FTPLine, _ source: IPAddress?) -> FieldRow.Value? {
        guard line.isCommand("PORT"), let place = HostPort.port(argument: line.bytes(line.rest)) else { return nil }
        return switch self {
        case .activeAddress: .address(place.address)
        case .activePort: .number(UInt64(place.port))
        default: source.flatMap { $0 == place.address ? nil : .flag(true) }
        }
    }

    private func extended(_ line: FTPLine) -> FieldRow.Value? {
        guard line.isCommand("EPRT") else { return nil }
        guard let place = ExtendedPort.eprt(argument: line.bytes(line.rest)) else {
            if case .extendedInvalid = self { return .flag(true) }
            return nil
        }
        return switch self {
        case .extendedFamily: place.family.map { .number(UInt64($0)) }
        case .extendedAddress4: place.address.flatMap { $0.isV4 ? .address($0) : nil }
        case .extendedAddress6: place.address.flatMap { $0.isV4 ? nil : .address($0) }
        case .extendedPort: .number(UInt64(place.port))
        default: nil
        }
    }

    /// The address is the sender's, unless the reply names one (RFC 2428 §3).
    private func announced(_ line: FTPLine, _ source: IPAddress?) -> FieldRow.Value? {
        guard line.isReply(229) else { return nil }
        guard let place = ExtendedPort.passive(reply: line.bytes(line.rest)) else {
            if case .announcedInvalid = self { return .flag(true) }
            return nil
        }
        let address = place.address ?? source
        return switch self {
        case .announcedAddress4: address.flatMap { $0.isV4 ? .address($0) : nil }
        case .announcedAddress6: address.flatMap { $0.isV4 ? nil : .address($0) }
        case .announcedPort: .number(UInt64(place.port))
        default: nil
        }
    }
}

extension FTPPlace {
    /// Where it stands in the line, from the start of the payload; an empty range for what is concluded.
    func place(in line: FTPLine) -> Range<Int> {
        let text = Array(line.bytes(line.rest))
        func from(_ range: Range<Int>?) -> Range<Int> {
            guard let range else { return line.rest.upperBound..<line.rest.upperBound }
            return line.rest.lowerBound + range.lowerBound..<line.rest.lowerBound + range.upperBound
        }
        switch self {
        case .passiveAddress, .activeAddress:
            return from(Self.numbers(in: text).map { $0[0].lowerBound..<$0[3].upperBound })
        case .passivePort, .activePort: return from(Self.numbers(in: text).map { $0[4].lowerBound..<$0[5].upperBound })
        case .extendedFamily: return from(Self.part(1, of: text))
        case .extendedAddress4, .extendedAddress6, .announcedAddress4, .announcedAddress6:
            return from(Self.part(2, of: text))
        case .extendedPort, .announcedPort: return from(Self.part(3, of: text))
        case .passiveTranslated, .activeTranslated, .extendedInvalid, .announcedInvalid: return line.rest
        }
    }

    /// The last six numbers that commas part.
    private static func numbers(in text: [UInt8]) -> [Range<Int>]? {
        var runs: [Range<Int>] = []
        for (place, byte) in text.enumerated() {
            guard (0x30...0x39).contains(byte) else { continue }
            if let last = runs.last, last.upperBound == place {
                runs[runs.count - 1] = last.lowerBound..<place + 1
            } else {
                if let last = runs.last, place != last.upperBound + 1 || text[last.upperBound] != UInt8(ascii: ",") {
                    if runs.count >= 6 { break }
                    runs.removeAll()
                }
                runs.append(place..<place + 1)
            }
        }
        return runs.count >= 6 ? Array(runs.prefix(6)) : nil
    }

    /// What stands between two delimiters, of which the first is wherever RFC 2428's form begins.
    private static func part(_ number: Int, of text: [UInt8]) -> Range<Int>? {
        let start = text.firstIndex(of: UInt8(ascii: "(")).map { $0 + 1 } ?? 0
        guard start < text.count else { return nil }
        let bounds = text.indices.dropFirst(start).filter { text[$0] == text[start] }
        return bounds.count > number ? bounds[number - 1] + 1..<bounds[number] : nil
    }
}

extension FTPLine {
    fileprivate func isReply(_ code: ReplyCode) -> Bool {
        self.code == code
    }

    fileprivate func isCommand(_ verb: Verb) -> Bool {
        self.verb == verb
    }
}
