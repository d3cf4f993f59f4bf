import Bytes

/// Shows bytes from the wire as text that is safe on a terminal and on a page.
///
/// Valid UTF-8 stays as it is. What could steer a terminal or deceive a reader becomes a visible escape: a byte that is
/// no UTF-8, a C0 control or DEL as `\x1b`; a C1 control, an invisible or direction-changing format character, or a
/// line separator as `\u{202e}`. A backslash is not doubled, for Windows paths stay readable that way; the result is
/// for eyes, and does not turn back into bytes. What is no UTF-8 but can be GB 2312 is read as that (``GB2312``).
package func displayText(_ bytes: some Sequence<UInt8>) -> String { displayText(Array(bytes)) }

/// As for any sequence.
package func displayText(_ bytes: [UInt8]) -> String {
    if bytes.allSatisfy({ (0x20...0x7E).contains($0) }) { return String(decoding: bytes, as: UTF8.self) }
    if String(validating: bytes, as: UTF8.self) == nil, let chinese = GB2312.text(bytes) {
        return shown(Array(chinese.utf8))
    }
    return shown(bytes)
}

private func shown(_ bytes: [UInt8]) -> String {
    var text = String.UnicodeScalarView()
    var offset = 0
    while offset < bytes.count {
        guard let (scalar, length) = utf8Scalar(in: bytes, at: offset) else {
            text.append(contentsOf: byteEscape(bytes[offset]))
            offset += 1
            continue
        }
        if isSafeToShow(scalar) {
            text.append(scalar)
        } else if scalar.isASCII {
            text.append(contentsOf: byteEscape(bytes[offset]))
        } else {
            text.append(contentsOf: "\\u{\(String(scalar.value, radix: 16))}".unicodeScalars)
        }
        offset += length
    }
    return String(text)
}

private func byteEscape(_ byte: UInt8) -> String.UnicodeScalarView {
    ((byte < 0x10 ? "\\x0" : "\\x") + String(byte, radix: 16)).unicodeScalars
}

/// Whether a character shows as itself and steers neither a terminal nor the direction of what follows.
package func isSafeToShow(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned, .surrogate: false
    default: true
    }
}

/// The scalar that a well-formed UTF-8 sequence at `offset` encodes (Unicode table 3-7), and its length.
private func utf8Scalar(in bytes: [UInt8], at offset: Int) -> (Unicode.Scalar, Int)? {
    let first = bytes[offset]
    let (length, smallest): (Int, UInt32) =
        switch first {
        case 0...0x7F: (1, 0)
        case 0xC2...0xDF: (2, 0x80)
        case 0xE0...0xEF: (3, 0x800)
        case 0xF0...0xF4: (4, 0x1_0000)
        default: (0, 0)
        }
    guard length > 0, length <= bytes.count - offset else { return nil }
    guard length > 1 else { return (Unicode.Scalar(first), 1) }
    var value = UInt32(first) & (0x7F >> UInt32(length))
    for byte in bytes[(offset + 1)..<(offset + length)] {
        guard byte & 0xC0 == 0x80 else { return nil }
        value = value << 6 | UInt32(byte & 0x3F)
    }
    guard value >= smallest, let scalar = Unicode.Scalar(value) else { return nil }
    return (scalar, length)
}
