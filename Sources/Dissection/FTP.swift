import Bytes
import FTPProtocol

/// The control connection of FTP (RFC 959), line by line as far as the lines lie in the frame.
@usableFromInline
package enum FTP: ComputingLayer {
    package static let id = ProtocolID.ftp

    package static let fields: [FieldRow] = directionFields + lineFields.map(\.row) + laterFields

    private static let directionFields: [FieldRow] = [
        computed(.request, "ftp.request", "Request", .boolean, nil, .inOrder(level: 1)).hidden,
        computed(.response, "ftp.response", "Response", .boolean, nil, .inOrder(level: 1)).hidden,
    ]

    /// What lines say, by their places.
    private static let lineFields: [(field: Computed, row: FieldRow)] = [
        line(.line, "", "", .string, nil, .group),
        line(.command, "ftp.request.command", "Request command", .string),
        line(.argument, "ftp.request.arg", "Request arg", .string),
        line(.strayArgument, "ftp.request.arg", "Request arg", .string, nil, .group),
        line(.code, "ftp.response.code", "Response code", .uint32, nil, .group) { $0.named(codeName) },
        // Three digits, which a code has or is none, are always a number.
        line(.codeInvalid, "ftp.response.code.invalid", "Invalid response code", .none) {
            $0.expert(.error, .malformed)
        },
        line(.directoryInvalid, "ftp.response.pwd.invalid", "Invalid PWD response", .none) {
            $0.expert(.error, .malformed)
        },
        line(.text, "ftp.response.arg", "Response arg", .string),
        line(.strayText, "ftp.response.arg", "Response arg", .string, nil, .group),
        line(.stray, "_ws.string.trailing_stray_characters", "Trailing stray characters", .none) {
            $0.expert(.warn, .undecoded)
        },
        line(.place(.passiveAddress), "ftp.passive.ip", "Passive IP address", .ipv4),
        line(.place(.passivePort), "ftp.passive.port", "Passive port", .uint16),
        line(.place(.passiveTranslated), "ftp.passive.nat", "Passive IP NAT", .boolean),
        line(.place(.activeAddress), "ftp.active.cip", "Active IP address", .ipv4),
        line(.place(.activePort), "ftp.active.port", "Active port", .uint16),
        line(.place(.activeTranslated), "ftp.active.nat", "Active IP NAT", .boolean),
        line(.place(.extendedFamily), "ftp.eprt.af", "Extended active address family", .uint8) {
            $0.named { $0 == 1 ? "IPv4" : $0 == 2 ? "IPv6" : nil }
        },
        line(.place(.extendedAddress4), "ftp.eprt.ip", "Extended active IP address", .ipv4),
        line(.place(.extendedAddress6), "ftp.eprt.ipv6", "Extended active IPv6 address", .ipv6),
        line(.place(.extendedPort), "ftp.eprt.port", "Extended active port", .uint16),
        line(.place(.extendedInvalid), "ftp.eprt.args_invalid", "EPRT arguments are invalid", .none),
        line(.place(.announcedAddress4), "ftp.epsv.ip", "Extended passive IPv4 address", .ipv4),
        line(.place(.announcedAddress6), "ftp.epsv.ipv6", "Extended passive IPv6 address", .ipv6),
        line(.place(.announcedPort), "ftp.epsv.port", "Extended passive port", .uint16),
        line(.place(.announcedInvalid), "ftp.epsv.args_invalid", "EPSV arguments are invalid", .none),
    ]

    private static func line(
        _ field: Computed, _ name: String, _ label: String, _ type: FieldType, _ display: FieldDisplay? = nil,
        _ role: FieldRow.Role = .byPlace, _ change: (FieldRow) -> FieldRow = { $0 }
    ) -> (field: Computed, row: FieldRow) {
        (field, change(computed(field, name, label, type, display, role)))
    }

    private static let laterFields: [FieldRow] =
        FTPOwnField.rows + [
            fact(.firstFrame, "ftp.command-response.first-frame-num", "Command response first frame", .frameNumber),
            fact(.lastFrame, "ftp.command-response.last-frame-num", "Command response last frame", .frameNumber),
            fact(.duration, "ftp.command-response.duration", "Response duration", .uint32),
            fact(.bitrate, "ftp.command-response.bitrate", "Response bitrate", .uint32),
            fact(.frames, "ftp.command-response.frames", "Command response frames", .uint32),
            fact(.bytes, "ftp.command-response.bytes", "Command response bytes", .uint32),
            fact(.setupFrame, "ftp.setup-frame", "Setup frame", .frameNumber),
            fact(.command, "ftp.command", "Command", .string),
            fact(.commandFrame, "ftp.command-frame", "Command frame", .frameNumber),
            fact(.directory, "ftp.current-working-directory", "Current working directory", .string).at(level: 0)
                .generated,
        ]

    private static func fact(
        _ field: FTPFactsField, _ name: String, _ label: String, _ type: FieldType
    ) -> FieldRow {
        computed(.fact(field), name, label, type, nil, .inOrder(level: 0)).generated.needing(.sessions)
    }

    package enum Computed: Sendable {
        case request, response, line, command, argument, code, codeInvalid, directoryInvalid, text, place(FTPPlace),
            fact(FTPFactsField)
        /// What a NUL ends before its line does: the finding of that stands below it.
        case strayArgument, strayText, stray
    }

    /// The first line of the frame, as tshark has it.
    package static func appendInfo(_ input: borrowing FieldInput, to text: inout [UInt8]) {
        text.append(sender(of: input) == .client ? "Request: " : "Response: ")
        let end = input.header.firstIndex(of: 0x0A, from: 0) ?? input.header.count
        var line = input.header.slice(from: 0, count: end).array
        if line.last == 0x0D { line.removeLast() }
        text.append(displayText(line))
    }

    package static func resolve(_ field: Computed, in input: borrowing FieldInput, _ sink: FieldRow.Sink) {
        let sender = sender(of: input)
        switch field {
        case .request: sink(.flag(sender == .client), input.start..<input.start)
        case .response: sink(.flag(sender == .server), input.start..<input.start)
        case .fact(let field): if let value = field.value(input) { sink(value, input.start..<input.start) }
        default:
            FTPLine.forEach(in: input.header, from: sender) { line in
                resolve(field, line, input, sink)
            }
        }
    }

    /// Takes each line apart once for all of its rows.
    package static func appendDetails(_ input: borrowing FieldInput, to nodes: inout [DetailNode]) {
        nodes.append(directionFields, in: input)
        var lines: [FTPLine] = []
        FTPLine.forEach(in: input.header, from: sender(of: input)) { lines.append($0) }
        nodes.appendPlaced(in: input) { place in
            for (field, row) in lineFields {
                for line in lines { resolve(field, line, input) { place(row, $0, $1) } }
            }
        }
        nodes.append(laterFields, in: input)
    }

    private static func resolve(
        _ field: Computed, _ line: FTPLine, _ input: borrowing FieldInput, _ sink: FieldRow.Sink
    ) {
        func emit(_ value: FieldRow.Value, _ range: Range<Int>) {
            sink(value, input.start + range.lowerBound..<input.start + range.upperBound)
        }
        let isRequest = line.sender == .client
        switch field {
        case .line: emit(.text(displayText(line.bytes) + line.end), line.whole)
        case .command: if isRequest, let word = line.word { emit(.text(FTPText(line.bytes(word)).text), word) }
        case .argument, .strayArgument, .text, .strayText, .stray:
            guard !line.rest.isEmpty, !isRequest || line.word != nil else { break }
            let rest = FTPText(line.bytes(line.rest))
            let isStray =
                if case .strayArgument = field { true } else if case .strayText = field { true } else { false }
            switch field {
            case .argument, .strayArgument:
                if isRequest, rest.hasStrayBytes == (isStray) { emit(.text(rest.text), line.rest) }
            case .text, .strayText:
                if !isRequest, rest.hasStrayBytes == (isStray) { emit(.text(rest.text), line.rest) }
            default: if rest.hasStrayBytes { emit(.presence, line.rest.lowerBound..<line.rest.lowerBound) }
            }
        case .code:
            if let word = line.word, let code = line.code {
                emit(.number(UInt64(code.rawValue)), word)
            }
        case .codeInvalid: break
        case .directoryInvalid:
            guard let word = line.word, line.code == 257, line.bytes.count > 3, !namesDirectory(line.bytes(line.rest))
            else { break }
            emit(.presence, word.lowerBound..<word.lowerBound)
        case .place(let field):
            let source = input.layers.source(in: input.frame)
            if let value = field.value(in: line, sentFrom: source) { emit(value, field.place(in: line)) }
        case .request, .response, .fact: break
        }
    }

    /// Whether a reply 257 names a directory as RFC 959 (appendix II) has it: between quotes, of which two stand for one.
    private static func namesDirectory(_ text: ArraySlice<UInt8>) -> Bool {
        let quote = UInt8(ascii: "\"")
        guard text.first == quote else { return false }
        var place = text.startIndex + 1
        var hasName = false
        while place < text.endIndex {
            if text[place] == quote {
                guard place + 1 < text.endIndex, text[place + 1] == quote else { return hasName }
                place += 1
            }
            hasName = true
            place += 1
        }
        return false
    }

    /// As `Analysis` knows; else servers are told by the digits that begin their replies.
    private static func sender(of input: borrowing FieldInput) -> FrameFacts.Sender {
        guard input.facts.sender == .unknown else { return input.facts.sender }
        return ReplyCode(startOf: input.header.slice(from: 0, count: 3).array) == nil ? .client : .server
    }

    private static func codeName(_ code: UInt64) -> String? { FTPReplyNames.name(code) }
}

extension Layers {
    /// The address that the innermost network layer came from.
    fileprivate func source(in frame: Bytes) -> IPAddress? {
        guard network >= 0 else { return nil }
        let layer = self[network]
        return layer.id == .ipv4 ? Header<IPv4>(frame, layer)[.source] : Header<IPv6>(frame, layer)[.source]
    }
}
