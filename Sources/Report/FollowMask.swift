import Analysis
import Bytes
import Dissection
import FTPProtocol

/// Masks the secrets in what the client says on a control connection, line by line, by the rules of the story.
///
/// A line is held back until it is complete: a password may come in pieces.
struct FollowMask {
    private var reader = ControlLineReader()
    /// The line as it was on the wire, Telnet included.
    private var line: [UInt8] = []
    private var rest = Rest.collected
    private var mayBePiece: Bool
    private var isAnonymous = false
    /// Where the client's bytes are TLS records: nothing to read, nothing to hide.
    private let encrypted: [Range<UInt32>]
    private let loginFrame: UInt32

    /// What becomes of the rest of a line.
    private enum Rest { case collected, passed, dropped }

    /// A line that is longer is judged by its beginning.
    private static let longestLine = 16 << 10
    /// As long as every mask: it does not tell how long the password is.
    private static let stars = [UInt8](repeating: UInt8(ascii: "*"), count: 8)

    init(_ session: Session) {
        mayBePiece = !session.hasBeginning
        var ranges: [Range<UInt32>] = []
        var login = UInt32.max
        for step in session.steps {
            switch step.kind {
            case .encrypted: ranges.append(step.frame..<UInt32.max)
            case .clear:
                if let open = ranges.popLast() { ranges.append(open.lowerBound..<max(open.lowerBound, step.frame)) }
            case .reply(let reply, _, _) where reply.code.rawValue == 230 || reply.code.rawValue == 232:
                login = min(login, step.frame)
            default: break
            }
        }
        encrypted = ranges
        loginFrame = login
    }

    /// What may be shown by now.
    mutating func push(_ bytes: [UInt8], frame: UInt32) -> [UInt8] {
        guard !encrypted.contains(where: { $0.contains(frame) }) else { return finish() + bytes }
        var shown: [UInt8] = []
        var start = 0
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: 0x0A).map { $0 + 1 } ?? bytes.count
            let part = bytes[start..<end]
            shown += push(part, isEnd: part.last == 0x0A, isLoggedIn: frame > loginFrame)
            start = end
        }
        return shown
    }

    private mutating func push(_ part: ArraySlice<UInt8>, isEnd: Bool, isLoggedIn: Bool) -> [UInt8] {
        guard rest == .collected else {
            defer { if isEnd { rest = .collected } }
            return rest == .passed ? Array(part) : []
        }
        line += part
        var complete: ControlLine?
        let bytes = Array(part)
        reader.push(bytes.bytes, at: 0) { complete = $0 }
        if let complete { return take(complete.text, isDamaged: complete.isDamaged, isLoggedIn) }
        guard line.count > Self.longestLine else { return [] }
        let judged = finish(isLoggedIn)
        if !isEnd { rest = judged.isMasked ? .dropped : .passed }
        return judged.shown
    }

    /// A hole: what stands before it is a line of its own, and what follows may begin in the middle of one.
    mutating func skip(_ count: Int64) -> [UInt8] {
        let shown = finish()
        reader.skip(Int(clamping: count))
        mayBePiece = true
        rest = .collected
        return shown
    }

    /// Ends the stream and gives back what was held.
    mutating func finish() -> [UInt8] { finish(false).shown }

    private mutating func finish(_ isLoggedIn: Bool) -> (shown: [UInt8], isMasked: Bool) {
        guard !line.isEmpty else { return ([], false) }
        let held = line
        let text = reader.finish()?.text ?? line
        let shown = take(text, isDamaged: false, isLoggedIn)
        return (shown, shown != held)
    }

    /// The rules of ``Analysis/Step``: behind a hole, or where the capture begins, only a known verb is believed.
    private mutating func take(_ text: [UInt8], isDamaged: Bool, _ isLoggedIn: Bool) -> [UInt8] {
        let mayBePiece = mayBePiece || isDamaged
        let wire = line
        line = []
        self.mayBePiece = false
        guard !text.isEmpty else { return wire }
        guard let command = Command(line: text), !mayBePiece || VerbTable.row(command.verb) != nil else {
            return mayBePiece || !isLoggedIn ? Self.stars + Self.lineEnd(of: wire) : wire
        }
        if command.verb == "USER" {
            let name = String(decoding: command.argument, as: UTF8.self).lowercased()
            isAnonymous = name == "anonymous" || name == "ftp"
        }
        let isSecret = command.isSecret && !(command.verb == "PASS" && isAnonymous) && !command.argument.isEmpty
        guard isSecret else { return wire }
        return Array("\(command.verb) ".utf8) + Self.stars + Self.lineEnd(of: wire)
    }

    private static func lineEnd(of wire: [UInt8]) -> [UInt8] {
        wire.suffix(2) == [0x0D, 0x0A] ? [0x0D, 0x0A] : wire.last == 0x0A ? [0x0A] : []
    }
}
