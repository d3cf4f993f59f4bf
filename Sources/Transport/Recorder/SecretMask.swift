import Bytes
import FTPProtocol

/// Puts asterisks in the place of passwords in what a client says on its control connection. Lines are held back until
/// they are whole: before that nobody knows what they are.
struct SecretMask {
    /// No command is longer; what is, is not shown at all.
    private static let maximumLine = 16 << 10

    private var line: [UInt8] = []
    private var isTooLong = false
    /// The password of a guest is an address of courtesy.
    private var isGuest = false

    /// Appends to `output` what may be shown.
    mutating func push(_ bytes: Bytes, into output: inout [UInt8]) {
        for offset in 0..<bytes.count {
            let byte = bytes.u8(at: offset)
            line.append(byte)
            if byte == UInt8(ascii: "\n") {
                finish(into: &output)
            } else if line.count == Self.maximumLine {
                isTooLong = true
                finish(into: &output)
                isTooLong = true
            }
        }
    }

    /// Hands out the line that has no end.
    mutating func finish(into output: inout [UInt8]) {
        if isTooLong { hide(0) } else if let words = secretWords() { hide(words) }
        isTooLong = false
        output += line
        line.removeAll(keepingCapacity: true)
    }

    /// How many words stand before the secret; nil where there is none.
    private mutating func secretWords() -> Int? {
        var reader = ControlLineReader(maximumLength: Self.maximumLine)
        var read: ControlLine?
        reader.push(line.bytes, at: 0) { read = $0 }
        guard let text = (read ?? reader.finish())?.text, let command = Command(line: text) else { return nil }
        if command.verb == "USER" { isGuest = ServerSession.isGuest(command.argument) }
        guard command.isSecret, command.verb != "PASS" || !isGuest else { return nil }
        return command.verb == "SITE" ? 2 : 1
    }

    /// Hides what comes behind so many words.
    private mutating func hide(_ words: Int) {
        var place = 0
        for _ in 0..<words {
            place = line[place...].firstIndex(where: Self.isLetter) ?? line.count
            place = line[place...].firstIndex { !Self.isLetter($0) } ?? line.count
            place = min(line.count, place + 1)
        }
        // The separator of a verb alone is its line end.
        for index in line.indices[place...] where line[index] != 0x0D && line[index] != 0x0A {
            line[index] = UInt8(ascii: "*")
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte)
    }
}
