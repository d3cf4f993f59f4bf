import Bytes
import FTPProtocol

/// Names and texts in messages.
extension DNS {
    /// A name as it is shown: the root has no labels, and a name whose pointers run in circles has no end.
    static func shownName(in message: borrowing Bytes, at start: Int) -> (text: String, end: Int)? {
        guard let end = end(ofName: message, at: start) else { return nil }
        var text: [UInt8] = []
        guard appendName(message, at: start, to: &text) else { return nil }
        return (String(decoding: text, as: UTF8.self), end)
    }

    /// Where what follows a name begins; nil where its labels leave the message.
    static func end(ofName message: borrowing Bytes, at start: Int) -> Int? {
        var offset = start
        while message.has(1, at: offset) {
            let length = Int(message.u8(at: offset))
            switch length >> 6 {
            case 0 where length == 0: return offset + 1
            case 0: offset += 1 + length
            case 3: return message.has(2, at: offset) ? offset + 2 : nil
            default: return nil
            }
        }
        return nil
    }

    /// - Returns: false for a damaged name, of which nothing is appended.
    static func appendName(_ message: borrowing Bytes, at start: Int, to text: inout [UInt8]) -> Bool {
        let before = text.count
        var offset = start
        // A name has at most 127 labels (RFC 1035 §3.1); with a pointer for each of them that is the longest way.
        for _ in 0..<256 {
            let length = Int(message.u8(at: offset))
            guard message.has(1, at: offset), text.count - before <= 1024 else { break }
            switch length >> 6 {
            case 0:
                if length == 0 {
                    if text.count == before { text.append("<Root>") }
                    return true
                }
                guard message.has(length, at: offset + 1) else {
                    text.removeSubrange(before...)
                    return false
                }
                if text.count > before { text.append(UInt8(ascii: ".")) }
                appendSafe(message.slice(from: offset + 1, count: length), to: &text)
                offset += 1 + length
            case 3:
                let target = Int(message.u16(at: offset) & 0x3FFF)
                guard message.has(2, at: offset), message.has(1, at: target) else {
                    text.removeSubrange(before...)
                    return false
                }
                offset = target
            default:
                text.removeSubrange(before...)
                return false
            }
        }
        text.removeSubrange(before...)
        text.append("<Name contains a pointer that loops>")
        return true
    }

    private static func appendSafe(_ label: Bytes, to text: inout [UInt8]) {
        var isPlain = true
        for place in 0..<label.count where !(0x20..<0x7F).contains(label.u8(at: place)) { isPlain = false }
        if isPlain {
            for place in 0..<label.count { text.append(label.u8(at: place)) }
        } else {
            text.append(displayText(label.array))
        }
    }

    static func text(_ bytes: Bytes) -> String { displayText(bytes.array) }
}

extension FieldInput {
    /// A message from its header on: over UDP what the datagram holds, over TCP as much as the length before it says
    /// (RFC 1035 §4.2.2).
    var dnsMessage: Bytes {
        @_lifetime(copy self)
        get {
            guard isDNSOverTCP else { return message }
            return frame.slice(from: start, count: Int(frame.u16(at: start - 2)))
        }
    }

    var isDNSOverTCP: Bool {
        layers.transport >= 0 && layers[layers.transport].id == .tcp && start >= 2
    }
}
