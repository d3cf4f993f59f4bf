/// How what was said on a stream is written, by the names that `tshark -z follow` has for it.
package enum FollowFormat: String, Sendable, CaseIterable {
    /// Text; what is no printable ASCII character is a dot.
    case ascii
    case ebcdic
    /// A hexadecimal dump with offsets.
    case hex
    /// The bytes themselves; where text is asked for, their hexadecimal digits.
    case raw
    case utf8 = "utf-8"
    case yaml
}

/// The characters and dumps that both Wharf's own reports and Wireshark's are made of.
enum FollowCharacters {
    private static let digits = Array("0123456789abcdef".utf8)
    private static let capitals = Array("0123456789ABCDEF".utf8)

    static func isPrintable(_ byte: UInt8) -> Bool { (0x20...0x7E).contains(byte) }

    /// `byte` where it is printable, else a dot.
    static func shown(_ byte: UInt8) -> UInt8 { isPrintable(byte) ? byte : UInt8(ascii: ".") }

    static func appendHex(_ byte: UInt8, to line: inout [UInt8]) {
        line.append(digits[Int(byte >> 4)])
        line.append(digits[Int(byte & 15)])
    }

    /// Sixteen bytes at most: `00000010  33 29 0d 0a                                       3)..`.
    static func dumpLine(_ bytes: ArraySlice<UInt8>, at position: Int64) -> [UInt8] {
        var line: [UInt8] = []
        line.reserveCapacity(80)
        for shift in stride(from: 28, through: 0, by: -4) { line.append(capitals[Int(position >> Int64(shift) & 15)]) }
        line += [0x20, 0x20]
        for (column, byte) in bytes.enumerated() {
            appendHex(byte, to: &line)
            line.append(0x20)
            if column == 7 { line.append(0x20) }
        }
        // The characters begin in the same column however many bytes there are.
        while line.count < 60 { line.append(0x20) }
        for (column, byte) in bytes.enumerated() {
            if column == 8 { line.append(0x20) }
            line.append(shown(byte))
        }
        return line
    }

    /// RFC 4648 §4.
    static func base64(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let rest = bytes[index...].prefix(3)
            var value: UInt32 = 0
            for offset in 0..<3 {
                value = value << 8 | (offset < rest.count ? UInt32(rest[index + offset]) : 0)
            }
            for place in 0..<4 {
                let digit = Int(value >> UInt32(18 - 6 * place) & 63)
                text.append(place <= rest.count ? base64Digits[digit] : UInt8(ascii: "="))
            }
            index += rest.count
        }
        return text
    }

    private static let base64Digits = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// The printable ASCII characters of IBM code page 037, a dot for all others. Line ends: CR, LF and NEL (0x15).
    static func ebcdic(_ byte: UInt8) -> UInt8 {
        switch byte {
        case 0x0D: 0x0D
        case 0x15, 0x25: 0x0A
        case 0x40...0x7F: ebcdicSigns[Int(byte) - 0x40]
        case 0x81...0x89: byte - 0x81 + UInt8(ascii: "a")
        case 0x91...0x99: byte - 0x91 + UInt8(ascii: "j")
        case 0xA1: UInt8(ascii: "~")
        case 0xA2...0xA9: byte - 0xA2 + UInt8(ascii: "s")
        case 0xB0: UInt8(ascii: "^")
        case 0xBA: UInt8(ascii: "[")
        case 0xBB: UInt8(ascii: "]")
        case 0xC0: UInt8(ascii: "{")
        case 0xC1...0xC9: byte - 0xC1 + UInt8(ascii: "A")
        case 0xD0: UInt8(ascii: "}")
        case 0xD1...0xD9: byte - 0xD1 + UInt8(ascii: "J")
        case 0xE0: UInt8(ascii: "\\")
        case 0xE2...0xE9: byte - 0xE2 + UInt8(ascii: "S")
        case 0xF0...0xF9: byte - 0xF0 + UInt8(ascii: "0")
        default: UInt8(ascii: ".")
        }
    }

    private static let ebcdicSigns = Array(
        (" ...........<(+|" + "&.........!$*);." + "-/.........,%_>?" + ".........`:#@'=\"").utf8)
}
