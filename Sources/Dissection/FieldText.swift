package import Bytes

extension FieldRow {
    /// Appends a value alone, without its name: what scripts read.
    ///
    /// - Parameter isEscapedLater: whether the form that it is written in has its own way to write control characters.
    package func appendPlain(_ value: Value, isEscapedLater: Bool = false, to text: inout [UInt8]) {
        switch value {
        case .number, .integer, .span, .flag, .mac: text.append(atMost: Self.shortLength) { put(value, into: &$0) }
        case .time(let time): text.append(AbsoluteTime.text(time))
        case .presence: text.append("1")
        case .real(let number): text.append(Self.text(of: number))
        case .address(let address): text.append(address)
        case .text(let value): text.append(isEscapedLater ? value : Self.safe(value))
        // As tshark says that a field is there and has no bytes.
        case .bytes([]): text.append(display == .bytesOrNone ? "<none>" : "<MISSING>")
        case .bytes(let bytes): text.append(hexadecimal: bytes)
        }
    }

    /// Text of which nothing can steer a terminal: values are as frames have them. Line ends and tabs are each form's own
    /// matter.
    static func safe(_ text: String) -> String {
        func steers(_ byte: UInt8) -> Bool { byte < 0x20 && !(0x09...0x0A ~= byte) && byte != 0x0D || byte == 0x7F }
        var isPlain = true
        let bytes = text.utf8Span.span
        for place in bytes.indices where steers(bytes[place]) { isPlain = false }
        if isPlain { return text }
        var safe: [UInt8] = []
        for byte in text.utf8 {
            if steers(byte) { safe += "\\x\(hexadecimal(UInt64(byte), 2))".utf8 } else { safe.append(byte) }
        }
        return String(decoding: safe, as: UTF8.self)
    }

    /// What ``put(_:into:)`` writes has no more bytes.
    package static var shortLength: Int { 32 }

    /// Writes numbers, flags and hardware addresses as ``appendPlain(_:to:)`` does.
    ///
    /// - Returns: whether it was one.
    @discardableResult
    package func put(_ value: Value, into text: inout TextPieces) -> Bool {
        switch value {
        case .number(let number):
            if display == .hexadecimal {
                // As many digits as the type has, however few bits of it the field takes.
                text.put("0x")
                text.put(hexadecimal: number, digits: type.bits / 4)
            } else {
                text.put(decimal: number)
            }
        case .integer(let number):
            if number < 0 { text.put(UInt8(ascii: "-")) }
            text.put(decimal: number.magnitude)
        case .span(let span): text.put(seconds: span)
        case .flag(let flag): text.put(flag ? UInt8(ascii: "1") : UInt8(ascii: "0"))
        case .mac(let address): text.put(address)
        default: return false
        }
        return true
    }

    /// The same as trees and their JSON and XML have it: bytes are parted by colons there, and what is only there or not
    /// says nothing.
    package func appendShown(_ value: Value, isEscapedLater: Bool = false, to text: inout [UInt8]) {
        switch value {
        case .bytes(let bytes): text.append(hexadecimal: bytes, separator: UInt8(ascii: ":"))
        case .presence: break
        default: appendPlain(value, isEscapedLater: isEscapedLater, to: &text)
        }
    }

    package func plainText(of value: Value) -> String { String(writing: { appendPlain(value, to: &$0) }) }
    package func shownText(of value: Value) -> String { String(writing: { appendShown(value, to: &$0) }) }

    /// The bits of the loaded number that the field takes; 0 for all of them.
    package var bitMask: UInt64 {
        guard let place, place.mask != .max, !isWhole else { return 0 }
        return place.mask << UInt64(bitsBelow)
    }

    /// The value of a field that takes only some bits of its bytes, in hexadecimal; nil for other fields.
    package func maskedText(of value: Value) -> String? {
        guard let place, place.mask != .max, !isWhole else { return nil }
        switch value {
        case .number(let number): return String(number / place.unit, radix: 16, uppercase: true)
        case .flag(let flag): return flag ? "1" : "0"
        default: return nil
        }
    }
}
