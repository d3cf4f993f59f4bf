import Bytes

/// Bytes in rows of sixteen: offset, hexadecimal, text.
enum HexDump {
    static func append(_ bytes: Bytes, to text: inout [UInt8]) {
        let digits = bytes.count > 0x10000 ? 8 : 4
        var row = 0
        while row < bytes.count {
            text.append(hexadecimal: UInt64(row), digits: digits)
            text.append("  ")
            let end = min(row + 16, bytes.count)
            for place in row..<row + 16 {
                if place < end {
                    text.append(hexadecimal: UInt64(bytes.u8(at: place)), digits: 2)
                    text.append(" ")
                } else {
                    text.append("   ")
                }
            }
            text.append("  ")
            for place in row..<end {
                let byte = bytes.u8(at: place)
                text.append(byte >= 0x20 && byte < 0x7F ? byte : UInt8(ascii: "."))
            }
            text.append("\n")
            row = end
        }
    }
}
