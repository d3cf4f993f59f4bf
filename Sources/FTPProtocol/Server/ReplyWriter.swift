/// Replies as they go over the wire (RFC 959 §4.2).
extension Reply {
    /// Appends the lines with their ends; CR and LF within them become spaces, and the byte 255 is doubled (RFC 854).
    package func append(to output: inout [UInt8]) {
        let code = Array(String(code.rawValue).utf8)
        for (number, line) in lines.enumerated() {
            let isLast = number == lines.count - 1
            if isLast || number == 0 {
                output += code
                output.append(isLast ? ASCII.space : UInt8(ascii: "-"))
            } else if line.first != ASCII.space {
                // A line that began with the code and a space would end the reply.
                output.append(ASCII.space)
            }
            for byte in line {
                switch byte {
                case UInt8(ascii: "\r"), UInt8(ascii: "\n"), 0: output.append(ASCII.space)
                case Telnet.iac: output += [byte, byte]
                default: output.append(byte)
                }
            }
            output += [UInt8(ascii: "\r"), UInt8(ascii: "\n")]
        }
    }
}
