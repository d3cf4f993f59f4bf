import Bytes

/// A Telnet command found in a control connection (RFC 854; RFC 959 §2.3 builds control connections on Telnet).
package enum TelnetCommand: Hashable, Sendable {
    /// IAC IP: sent before ABOR, so that a busy server looks up from the transfer (RFC 959 §4.1.3).
    case interruptProcess
    /// IAC DM: the place in the stream that TCP's urgent pointer marks.
    case dataMark
    case will(UInt8)
    case wont(UInt8)
    case `do`(UInt8)
    case dont(UInt8)
    /// IAC SB option … IAC SE; what lay between is dropped.
    case subnegotiation(UInt8)
    /// Any other command that stands alone; 236 … 249.
    case other(UInt8)

    init(alone code: UInt8) {
        switch code {
        case Telnet.interruptProcess: self = .interruptProcess
        case Telnet.dataMark: self = .dataMark
        default: self = .other(code)
        }
    }

    /// Nil unless `code` is one of WILL, WONT, DO, DONT.
    init?(_ code: UInt8, option: UInt8) {
        switch code {
        case Telnet.will: self = .will(option)
        case Telnet.wont: self = .wont(option)
        case Telnet.do: self = .do(option)
        case Telnet.dont: self = .dont(option)
        default: return nil
        }
    }
}

extension TelnetCommand: CustomStringConvertible {
    /// As RFC 854 writes it: `IAC IP`, `IAC WILL 24`.
    package var description: String {
        switch self {
        case .interruptProcess: "IAC IP"
        case .dataMark: "IAC DM"
        case .will(let option): "IAC WILL \(option)"
        case .wont(let option): "IAC WONT \(option)"
        case .do(let option): "IAC DO \(option)"
        case .dont(let option): "IAC DONT \(option)"
        case .subnegotiation(let option): "IAC SB \(option)"
        case .other(let code): "IAC \(Telnet.names[code] ?? String(code))"
        }
    }
}

/// The byte values of RFC 854 that a control connection can carry.
enum Telnet {
    static let subnegotiationEnd: UInt8 = 240
    static let dataMark: UInt8 = 242
    static let interruptProcess: UInt8 = 244
    static let subnegotiation: UInt8 = 250
    static let will: UInt8 = 251
    static let wont: UInt8 = 252
    static let `do`: UInt8 = 253
    static let dont: UInt8 = 254
    /// Interpret as command: the escape before each of the others.
    static let iac: UInt8 = 255

    /// How many bytes stand before the first that is IAC or part of a line's end.
    static func plainTextCount(_ bytes: Bytes) -> Int {
        var offset = 0
        // Eight at a time: a byte that is sought leaves a zero behind, and a zero shows in the top bit (the lowest such
        // bit is always right).
        while offset + 8 <= bytes.count {
            let word = bytes.u64(at: offset, .little)
            let lineEnds = zeroes(word ^ eight(UInt8(ascii: "\n"))) | zeroes(word ^ eight(UInt8(ascii: "\r")))
            let found = lineEnds | zeroes(~word)
            if found != 0 { return offset + found.trailingZeroBitCount / 8 }
            offset += 8
        }
        while offset < bytes.count, !isMeaningful(bytes.u8(at: offset)) { offset += 1 }
        return offset
    }

    private static func eight(_ byte: UInt8) -> UInt64 { 0x0101_0101_0101_0101 &* UInt64(byte) }

    private static func zeroes(_ word: UInt64) -> UInt64 {
        (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
    }

    private static func isMeaningful(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") || byte == iac
    }

    /// EOF, SUSP and ABORT are of RFC 1184, EOR is of RFC 885.
    static let names: [UInt8: String] = [
        236: "EOF", 237: "SUSP", 238: "ABORT", 239: "EOR", 240: "SE", 241: "NOP", 243: "BRK", 245: "AO", 246: "AYT",
        247: "EC", 248: "EL", 249: "GA",
    ]
}
