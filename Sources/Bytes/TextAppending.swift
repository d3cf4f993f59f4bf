/// Text as UTF-8 in a buffer that is used again for every line: what prints a line for every frame or stream allocates
/// nothing for its numbers and addresses.
extension [UInt8] {
    package mutating func append(_ text: StaticString) {
        text.withUTF8Buffer { unsafe append(contentsOf: $0) }
    }

    /// Appends text that is at hand.
    package mutating func append(_ text: String) { append(contentsOf: text.utf8) }

    /// Appends a number in decimal.
    ///
    /// - Parameters:
    ///   - digits: leading zeros fill up to so many, 20 at most.
    ///   - width: spaces before it fill up to so many bytes.
    package mutating func append(decimal value: UInt64, digits: Int = 1, width: Int = 0) {
        precondition(digits <= 20, "no number has so many digits")
        if value < 10, digits <= 1, width <= 1 { return append(UInt8(truncatingIfNeeded: value) + UInt8(ascii: "0")) }
        var length = 1
        var limit: UInt64 = 10
        while length < 20, value >= limit {
            length += 1
            limit = length < 20 ? limit &* 10 : .max
        }
        length = Swift.max(length, digits)
        pad(by: width - length)
        append(addingCapacity: length) { text in
            unsafe text.withUnsafeMutableBufferPointer { buffer, count in
                var place = count + length
                var rest = value
                repeat {
                    let quotient = rest / 10
                    place -= 1
                    unsafe buffer[place] = UInt8(truncatingIfNeeded: rest &- quotient &* 10) | UInt8(ascii: "0")
                    rest = quotient
                } while rest > 0
                while place > count {
                    place -= 1
                    unsafe buffer[place] = UInt8(ascii: "0")
                }
                count += length
            }
        }
    }

    /// Appends a number in lower-case hexadecimal.
    ///
    /// - Parameter digits: leading zeros fill up to so many.
    package mutating func append(hexadecimal value: UInt64, digits: Int = 1) {
        let needed = Swift.max(digits, (67 - value.leadingZeroBitCount) / 4, 1)
        for place in (0..<needed).reversed() {
            let digit = UInt8(truncatingIfNeeded: place < 16 ? value >> UInt64(4 * place) & 0xF : 0)
            append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
        }
    }

    /// Appends bytes, two digits each.
    package mutating func append(hexadecimal bytes: [UInt8], separator: UInt8? = nil) {
        append(addingCapacity: bytes.count * (separator == nil ? 2 : 3)) { text in
            for (number, byte) in bytes.enumerated() {
                if let separator, number > 0 { text.append(separator) }
                text.append(Self.digit(byte >> 4))
                text.append(Self.digit(byte & 0xF))
            }
        }
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }

    /// Appends spaces until the text that begins at `start` is `width` bytes long.
    package mutating func pad(from start: Int, to width: Int) {
        pad(by: width - (count - start))
    }

    private mutating func pad(by missing: Int) {
        if missing > 0 { append(contentsOf: repeatElement(UInt8(ascii: " "), count: missing)) }
    }

    /// Puts spaces before the text that begins at `start` until it is `width` bytes long.
    package mutating func alignRight(from start: Int, to width: Int) {
        let length = count - start
        guard length < width else { return }
        pad(from: start, to: width)
        for place in (start..<start + length).reversed() {
            self[place + width - length] = self[place]
        }
        for place in start..<start + width - length { self[place] = UInt8(ascii: " ") }
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
