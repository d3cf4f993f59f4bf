/// Text as UTF-8 in a buffer that is used again for every line: what prints a line for every frame or stream allocates
/// nothing for its numbers and addresses.
extension [UInt8] {
    package mutating func append(_ text: StaticString) {
        text.withUTF8Buffer { unsafe append(contentsOf: $0) }
    }

    /// Appends text that is at hand; of literals, the overload above is meant, which has their bytes ready.
    @_disfavoredOverload
    package mutating func append(_ text: String) { append(contentsOf: text.utf8) }

    /// Appends a number in decimal.
    ///
    /// - Parameters:
    ///   - digits: leading zeros fill up to so many, 20 at most.
    ///   - width: spaces before it fill up to so many bytes.
    package mutating func append(decimal value: UInt64, digits: Int = 1, width: Int = 0) {
        precondition(digits <= 20, "no number has so many digits")
        let start = count
        append(atMost: 20) { $0.put(decimal: value, digits: digits) }
        if width > 1 { alignRight(from: start, to: width) }
    }

    /// Appends a number in lower-case hexadecimal.
    ///
    /// - Parameter digits: leading zeros fill up to so many.
    package mutating func append(hexadecimal value: UInt64, digits: Int = 1) {
        append(atMost: Swift.max(16, digits)) { $0.put(hexadecimal: value, digits: digits) }
    }

    /// Appends bytes, two digits each.
    package mutating func append(hexadecimal bytes: [UInt8], separator: UInt8? = nil) {
        append(atMost: bytes.count * (separator == nil ? 2 : 3)) { text in
            for (number, byte) in bytes.enumerated() {
                if let separator, number > 0 { text.put(separator) }
                text.put(TextPieces.digit(byte >> 4))
                text.put(TextPieces.digit(byte & 0xF))
            }
        }
    }

    /// Appends spaces until the text that begins at `start` is `width` bytes long.
    package mutating func pad(from start: Int, to width: Int) {
        pad(by: width - (count - start))
    }

    private mutating func pad(by missing: Int) {
        if missing > 0 { append(atMost: missing) { $0.put(UInt8(ascii: " "), times: missing) } }
    }

    /// Puts spaces before the text that begins at `start` until it is `width` bytes long.
    package mutating func alignRight(from start: Int, to width: Int) {
        let length = count - start
        let missing = width - length
        guard missing > 0 else { return }
        pad(by: missing)
        unsafe withUnsafeMutableBufferPointer { text in
            guard let base = text.baseAddress else { return }
            unsafe (base + start + missing).update(from: base + start, count: length)
            unsafe (base + start).update(repeating: UInt8(ascii: " "), count: missing)
        }
    }
}

extension String {
    /// What `write` appends to an empty buffer.
    package init(writing write: (inout [UInt8]) -> Void) {
        var text: [UInt8] = []
        text.reserveCapacity(40)
        write(&text)
        self.init(decoding: text, as: UTF8.self)
    }
}
