/// Object identifiers between the way that people write them, `1.2.840.113549`, and their bytes (X.690 §8.19), which filters
/// compare.
enum ObjectIdentifierText {
    /// Nil for what is none: the first number is 0, 1 or 2, and behind 0 and 1 the second one is at most 39.
    static func bytes(_ text: some StringProtocol) -> [UInt8]? {
        var numbers: [UInt64] = []
        for part in text.split(separator: ".", omittingEmptySubsequences: false) {
            guard !part.isEmpty, part.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = UInt64(part) else {
                return nil
            }
            numbers.append(number)
        }
        guard numbers.count > 1, numbers[0] <= 2, numbers[0] == 2 || numbers[1] < 40, numbers[1] <= .max - 80 else {
            return nil
        }
        var bytes: [UInt8] = []
        append(40 * numbers[0] + numbers[1], to: &bytes)
        for number in numbers.dropFirst(2) { append(number, to: &bytes) }
        return bytes
    }

    /// Seven bits a byte, the highest first; all but the last byte of a number have their high bit set.
    private static func append(_ number: UInt64, to bytes: inout [UInt8]) {
        let groups = max(1, (64 - number.leadingZeroBitCount + 6) / 7)
        for group in (0..<groups).reversed() {
            bytes.append(UInt8(truncatingIfNeeded: number >> UInt64(7 * group)) & 0x7F | (group > 0 ? 0x80 : 0))
        }
    }

    static func text(_ bytes: [UInt8]) -> String {
        var numbers: [UInt64] = []
        var number: UInt64 = 0
        for byte in bytes {
            number = number &<< 7 | UInt64(byte & 0x7F)
            guard byte < 0x80 else { continue }
            if numbers.isEmpty {
                let first = min(number / 40, 2)
                numbers = [first, number - 40 * first]
            } else {
                numbers.append(number)
            }
            number = 0
        }
        return numbers.map { String($0) }.joined(separator: ".")
    }
}
