/// One chunk of Follow TCP Stream as tshark 4.0 prints it.
struct FollowChunk {
    let content: [UInt8]
    let isServer: Bool
    /// Where it begins in its side's bytes, the texts that stand for holes included.
    let position: Int64
    /// The frame's number, counted from 1.
    let packet: UInt32
    /// Nanoseconds since 1970.
    let time: Int64

    func tell(as format: FollowFormat, _ write: (String) -> Void) {
        let indent = isServer ? "\t" : ""
        switch format {
        case .ascii: tellText(write) { FollowCharacters.shown($0) }
        case .ebcdic: tellText(write) { Self.ebcdicOfTShark(FollowCharacters.shown($0)) }
        case .utf8:
            write("\(indent)\(content.count)")
            for line in Self.lines(content) { write(String(decoding: line, as: UTF8.self)) }
        case .hex:
            var start = 0
            while start < content.count {
                let row = content[start..<min(start + 16, content.count)]
                var line = FollowCharacters.dumpLine(row, at: position + Int64(start))
                // tshark 4.0 leaves out one blank at the end of a line; behind eight characters it is one of its own.
                if line.last == 0x20, row.count != 8 { line.removeLast() }
                write(indent + String(decoding: line, as: UTF8.self))
                start += 16
            }
        case .raw:
            var line = Array(indent.utf8)
            line.reserveCapacity(2 * content.count + 1)
            for byte in content { FollowCharacters.appendHex(byte, to: &line) }
            write(String(decoding: line, as: UTF8.self))
        case .yaml:
            write("  - packet: \(packet)")
            write("    peer: \(isServer ? 1 : 0)")
            write("    timestamp: \(Self.timestamp(time))")
            write("    data: !!binary |")
            var start = 0
            while start < content.count {
                // 57 bytes make the 76 characters of a MIME line (RFC 2045 §6.8).
                let row = content[start..<min(start + 57, content.count)]
                write("      " + String(decoding: FollowCharacters.base64(row), as: UTF8.self))
                start += 57
            }
        }
    }

    private func tellText(_ write: (String) -> Void, _ shown: (UInt8) -> UInt8) {
        write("\(isServer ? "\t" : "")\(content.count)")
        let text = content.map { $0 == 0x0A || $0 == 0x0D ? $0 : shown($0) }
        for line in Self.lines(text) { write(String(decoding: line, as: UTF8.self)) }
    }

    private static func lines(_ text: [UInt8]) -> [ArraySlice<UInt8>] {
        text.split(separator: 0x0A, omittingEmptySubsequences: false)
    }

    /// tshark 4.0 replaces whatever is no printable ASCII character by a dot first and translates then, which leaves
    /// little of a text in EBCDIC. Its table keeps what stands below the blank as it is, so that most digits stay digits.
    private static func ebcdicOfTShark(_ byte: UInt8) -> UInt8 {
        switch byte {
        case 0x30, 0x31, 0x3E: UInt8(ascii: ".")
        case 0x20..<0x40: byte
        case 0x5F: UInt8(ascii: "^")
        case 0x6A: UInt8(ascii: "|")
        case 0x79: UInt8(ascii: ".")
        default: FollowCharacters.ebcdic(byte)
        }
    }

    /// Seconds with nine decimals as C prints a double: of a time in our century the last two or three are noise.
    static func timestamp(_ nanoseconds: Int64) -> String {
        let (whole, rest) = nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
        let value = Double(whole) + Double(rest) / 1e9
        let magnitude = value.magnitude
        let seconds = magnitude.rounded(.towardZero)
        // The fraction is a whole number of 2^-shift, exactly.
        let fraction = magnitude - seconds
        guard fraction > 0 else { return "\(value < 0 ? "-" : "")\(UInt64(seconds)).000000000" }
        let shift = min(127, 52 - Int(fraction.exponent))
        let scaled = UInt128(fraction.significandBitPattern | 1 << 52) * 1_000_000_000
        var billionths = scaled >> UInt128(shift)
        let remainder = scaled - billionths << UInt128(shift)
        let half = UInt128(1) << UInt128(shift - 1)
        if remainder > half || (remainder == half && billionths & 1 == 1) { billionths += 1 }
        var total = UInt64(seconds)
        if billionths == 1_000_000_000 { (total, billionths) = (total + 1, 0) }
        let text = String(billionths)
        return "\(value < 0 ? "-" : "")\(total)." + String(repeating: "0", count: 9 - text.count) + text
    }
}
