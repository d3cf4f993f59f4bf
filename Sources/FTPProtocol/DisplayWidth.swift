/// How many columns a terminal gives a text: two for the wide characters of East Asian scripts (Unicode TR 11), none
/// for combining marks.
package enum DisplayWidth {
    package static func of(_ text: String) -> Int {
        text.utf8.allSatisfy { $0 < 0x80 } ? text.utf8.count : text.unicodeScalars.reduce(0) { $0 + of($1) }
    }

    private static func of(_ scalar: Unicode.Scalar) -> Int {
        switch scalar.value {
        // The second range has punctuation, arrows and mathematical signs, which are frequent here and never combine.
        case 0..<0x300, 0x2000...0x20CF, 0x2100...0x2CEE: 1
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
            0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF,
            0x20000...0x3FFFD:
            2
        default: scalar.properties.canonicalCombiningClass == .notReordered ? 1 : 0
        }
    }
}
