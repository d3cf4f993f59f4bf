import Bytes
import Crypto

/// JA3 and JA3S: what a hello offers, as one line of numbers, and that line's MD5.
enum TLSFingerprint {
    /// - Parameter message: a whole hello message.
    static func line(of message: Bytes) -> String {
        let isClient = message.u8(at: 0) == 1
        let body = message.slice(from: 4, count: Int(message.u24(at: 1)))
        var (types, groups, formats) = ([UInt16](), [UInt16](), [UInt16]())
        TLSHello.forEachExtension(in: body, isClient: isClient) { type, offset, length in
            types.append(type)
            let data = body.slice(from: offset, count: length)
            switch type {
            case 10: for place in stride(from: 2, to: data.count - 1, by: 2) { groups.append(data.u16(at: place)) }
            case 11: for place in stride(from: 1, to: data.count, by: 1) { formats.append(UInt16(data.u8(at: place))) }
            default: break
            }
        }
        let suites = TLSHello.cipherSuites(in: body, isClient: isClient).map { body.u16(at: $0) }
        return ([[body.u16(at: 0)], suites, types] + (isClient ? [groups, formats] : [])).map(joined)
            .joined(separator: ",")
    }

    static func digest(of line: String) -> String {
        Insecure.MD5.hash(data: Array(line.utf8)).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// Values that stand for nothing are left out (RFC 8701).
    private static func joined(_ numbers: [UInt16]) -> String {
        numbers.filter { !TLS.isReserved($0) }.map(String.init).joined(separator: "-")
    }
}

extension TLS {
    /// Whether the number is one of those that keep others from being taken for granted (RFC 8701 §2).
    static func isReserved(_ number: UInt16) -> Bool { number & 0x0F0F == 0x0A0A && number >> 8 == number & 0xFF }
}
