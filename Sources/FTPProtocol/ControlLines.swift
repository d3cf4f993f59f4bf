package import Bytes

/// One line of a control connection, freed of its end and of Telnet commands.
package struct ControlLine: Hashable, Sendable {
    /// The text, without CR LF; at most the reader's `maximumLength` bytes.
    package var text: [UInt8] = []
    /// Bytes or Telnet commands past the limits were dropped.
    package var isTruncated = false
    /// Bytes of this line are missing from the capture; its text may join the halves of two lines.
    package var isDamaged = false
    /// The stream ended before the line did.
    package var isUnterminated = false
    /// The Telnet commands met within or before the line, in order.
    package var telnet: [TelnetCommand] = []
    /// Where the first byte came from: the `origin` of its chunk.
    package var start: Int
    /// Where the last byte came from.
    package var end: Int

    init(start: Int) {
        self.start = start
        end = start
    }
}

/// Cuts one direction of a control connection into lines, chunk by chunk.
///
/// A line ends at LF, after CR or alone. Telnet (RFC 854) is undone: commands are lifted out of the text, IAC IAC is
/// the byte 255, CR NUL is CR. Memory stays bounded whatever the peer sends.
package struct ControlLineReader: Sendable {
    /// The most Telnet commands kept for one line; IAC sequences cost a hostile peer nothing.
    package static let maximumTelnetCommands = 64

    /// The most bytes kept of one line.
    package let maximumLength: Int

    private var line: ControlLine?
    private var state = State.text
    private var isCarriageReturnPending = false
    /// Bytes of the current line were lost, or may have been: the gap hides whether it had begun.
    private var isDamaged = false

    private enum State: Hashable {
        case text
        /// After IAC.
        case command
        /// After IAC WILL and its kin.
        case option(UInt8)
        /// After IAC SB.
        case subnegotiationStart
        case subnegotiation(UInt8, length: Int)
        case subnegotiationCommand(UInt8, length: Int)
    }

    /// - Parameter maximumLength: the most bytes kept of a line; what follows them up to LF is dropped.
    package init(maximumLength: Int = 8192) {
        self.maximumLength = maximumLength
    }

    /// Reads the next `bytes` of the stream and hands on each line that they complete.
    ///
    /// - Parameter origin: what the caller knows the chunk by, such as the number of its frame.
    package mutating func push(_ bytes: Bytes, at origin: Int, into emit: (ControlLine) -> Void) {
        var offset = 0
        while offset < bytes.count {
            if let (line, count) = wholeLine(bytes.slice(from: offset), origin) {
                emit(line)
                offset += count
                continue
            }
            offset += pushPlainText(bytes.slice(from: offset), origin)
            guard offset < bytes.count else { return }
            if let line = push(bytes.u8(at: offset), origin) { emit(line) }
            offset += 1
        }
    }

    /// What nearly all chunks are: a line from its beginning to its end, with nothing in it that means something.
    private func wholeLine(_ bytes: Bytes, _ origin: Int) -> (line: ControlLine, count: Int)? {
        guard line == nil, case .text = state, !isCarriageReturnPending, !isDamaged else { return nil }
        let count = Telnet.plainTextCount(bytes)
        guard count <= maximumLength, bytes.count >= count + 2, bytes.u16(at: count) == 0x0D0A else { return nil }
        var line = ControlLine(start: origin)
        line.text = bytes.slice(from: 0, count: count).array
        return (line, count + 2)
    }

    /// Takes the bytes before the first one that means something, which are nearly all, at once; gives their number.
    private mutating func pushPlainText(_ bytes: Bytes, _ origin: Int) -> Int {
        guard case .text = state, !isCarriageReturnPending else { return 0 }
        let count = Telnet.plainTextCount(bytes)
        guard count > 0 else { return 0 }
        begin(origin)
        let room = maximumLength - (line?.text.count ?? 0)
        if count > room { line?.isTruncated = true }
        line?.text.append(bytes.slice(from: 0, count: min(count, room)))
        return count
    }

    private mutating func begin(_ origin: Int) {
        if line == nil { line = ControlLine(start: origin) }
        line?.end = origin
    }

    /// Notes that `missing` bytes of the stream were never seen.
    package mutating func skip(_ missing: Int) {
        guard missing > 0 else { return }
        state = .text
        isCarriageReturnPending = false
        isDamaged = true
    }

    /// Ends the stream and gives back a last line that has no end, if there is one.
    package mutating func finish() -> ControlLine? {
        if isCarriageReturnPending { append(UInt8(ascii: "\r")) }
        guard var last = line else { return nil }
        last.isUnterminated = true
        last.isDamaged = isDamaged
        self = ControlLineReader(maximumLength: maximumLength)
        return last
    }

    private mutating func push(_ byte: UInt8, _ origin: Int) -> ControlLine? {
        begin(origin)
        switch state {
        case .text: return pushText(byte)
        case .command: return pushCommand(byte)
        case .option(let command):
            TelnetCommand(command, option: byte).map { note($0) }
            state = .text
        case .subnegotiationStart:
            state = .subnegotiation(byte, length: 0)
        case .subnegotiation(let option, let length):
            pushSubnegotiation(byte, option, length)
        case .subnegotiationCommand(let option, let length):
            // IAC IAC is a byte of the subnegotiation; anything but SE would be a fault that ends it as well.
            state = byte == Telnet.iac ? .subnegotiation(option, length: length + 1) : .text
            if state == .text { note(.subnegotiation(option)) }
        }
        return nil
    }

    private mutating func pushText(_ byte: UInt8) -> ControlLine? {
        if byte == Telnet.iac {
            state = .command
            return nil
        }
        return pushData(byte)
    }

    private mutating func pushCommand(_ byte: UInt8) -> ControlLine? {
        state = .text
        switch byte {
        case Telnet.iac: return pushData(byte)
        case Telnet.subnegotiation: state = .subnegotiationStart
        case Telnet.will...Telnet.dont: state = .option(byte)
        case 236...: note(TelnetCommand(alone: byte))
        default:
            // No command: the ÿ of a peer that writes ISO 8859-1 and does not know Telnet.
            return pushData(Telnet.iac) ?? pushData(byte)
        }
        return nil
    }

    private mutating func pushSubnegotiation(_ byte: UInt8, _ option: UInt8, _ length: Int) {
        if byte == Telnet.iac {
            state = .subnegotiationCommand(option, length: length)
        } else if length < maximumLength {
            state = .subnegotiation(option, length: length + 1)
        } else {
            // One that never ends would swallow the rest of the session.
            line?.isTruncated = true
            note(.subnegotiation(option))
            state = .text
        }
    }

    private mutating func pushData(_ byte: UInt8) -> ControlLine? {
        if isCarriageReturnPending {
            isCarriageReturnPending = false
            if byte != UInt8(ascii: "\n") { append(UInt8(ascii: "\r")) }
            if byte == 0 { return nil }
        }
        switch byte {
        case UInt8(ascii: "\r"): isCarriageReturnPending = true
        case UInt8(ascii: "\n"): return endLine()
        default: append(byte)
        }
        return nil
    }

    private mutating func endLine() -> ControlLine? {
        defer {
            line = nil
            isDamaged = false
        }
        line?.isDamaged = isDamaged
        return line
    }

    private mutating func append(_ byte: UInt8) {
        guard let count = line?.text.count else { return }
        if count < maximumLength { line?.text.append(byte) } else { line?.isTruncated = true }
    }

    private mutating func note(_ command: TelnetCommand) {
        guard let count = line?.telnet.count else { return }
        if count < Self.maximumTelnetCommands { line?.telnet.append(command) } else { line?.isTruncated = true }
    }
}
