import Bytes
import Dissection

/// Reads what was written for a field of some type.
struct Literal {
    /// What the filter says, as it says it.
    enum Content {
        case word(String)
        case string([UInt8])
        case character(UInt32)
    }

    let content: Content
    let isNegative: Bool

    struct Failure: Error {
        let message: String
        init(_ message: String) { self.message = message }
    }

    private var words: String {
        switch content {
        case .word(let word): word
        case .string(let bytes): String(decoding: bytes, as: UTF8.self)
        case .character(let code): "'\(Character(Unicode.Scalar(code) ?? "?"))'"
        }
    }

    /// The value for a field of `type`; `row` may have names for its numbers.
    func value(_ type: FieldType, _ row: FieldRow?, _ names: ValueNames) throws(Failure) -> FilterValue {
        if isNegative, !type.isInteger, type != .double, type != .relativeTime {
            throw Failure("a minus sign stands before a number; this field is \(type.words)")
        }
        switch type {
        case .boolean: return try boolean(row, names)
        case _ where type.isUnsigned: return try unsigned(type, row, names)
        case _ where type.isSigned: return try signed(type, row, names)
        case .double: return .double(try real())
        case .relativeTime: return .nanoseconds(try span())
        case .absoluteTime:
            guard let time = AbsoluteTimeReader.time(words) else {
                throw Failure("\"\(words)\" is no point in time: \"2020-07-04 12:34:56\" or \"Sep 26, 2004 23:18:04\"")
            }
            return .nanoseconds(time)
        case .ipv4, .ipv6: return try address(isV4: type == .ipv4)
        case .ether, .eui64: return try hardware(type == .ether ? 6 : 8)
        case .bytes, .protocol: return try bytes()
        case .objectIdentifier:
            guard case .word(let word) = content, let bytes = ObjectIdentifierText.bytes(word) else {
                throw Failure(
                    "\"\(words)\" is no object identifier, which stands without quotes: 1.2.840.113549.1.1.11")
            }
            return .bytes(bytes)
        case .string:
            switch content {
            case .word(let word): return .text(Array(word.utf8))
            case .string(let bytes): return .text(bytes)
            case .character(let code): return .text([UInt8(truncatingIfNeeded: code)])
            }
        default: throw Failure("this has no value that could be compared: it is there or not")
        }
    }

    // MARK: - Numbers

    private func magnitude() -> UInt64? {
        if case .character(let code) = content { return UInt64(code) }
        guard case .word(let word) = content else { return nil }
        return Self.number(word)
    }

    /// Decimal, hexadecimal (0x), octal (0) or binary (0b).
    static func number(_ word: String) -> UInt64? {
        let digits = word.lowercased()
        guard let first = digits.utf8.first, (0x30...0x39).contains(first) else { return nil }
        if digits.hasPrefix("0x") { return UInt64(digits.dropFirst(2), radix: 16) }
        if digits.hasPrefix("0b") { return UInt64(digits.dropFirst(2), radix: 2) }
        return digits.hasPrefix("0") && digits.utf8.count > 1 ? UInt64(digits.dropFirst(), radix: 8) : UInt64(digits)
    }

    /// The number that has this name.
    private func named(_ row: FieldRow?, _ names: ValueNames) -> UInt64? {
        if case .character = content { return nil }
        guard let row, row.meaning != nil || row.wordsOfFilters != nil, magnitude() == nil else { return nil }
        return names.number(words, of: row)
    }

    private func noNumber(_ row: FieldRow?, _ names: ValueNames) -> Failure {
        var message = "\"\(words)\" is no number"
        if case .string = content, Self.number(words) != nil {
            message += "; a number stands without quotes"
        } else if let row, let near = names.nearest(to: words, of: row) {
            message += ", nor the name of one: did you mean \"\(near)\"?"
        } else if let row, let some = names.some(of: row) {
            message += ", nor the name of one; there are names such as \(some)"
        }
        return Failure(message)
    }

    private func unsigned(_ type: FieldType, _ row: FieldRow?, _ names: ValueNames) throws(Failure) -> FilterValue {
        if let value = named(row, names) { return .unsigned(value) }
        guard let value = magnitude() else { throw noNumber(row, names) }
        if type.bits < 64, value >> UInt64(type.bits) != 0 {
            throw Failure(
                "\(words) is too big for this field, whose largest number is \(UInt64(1) << UInt64(type.bits) - 1)")
        }
        return .unsigned(value)
    }

    private func signed(_ type: FieldType, _ row: FieldRow?, _ names: ValueNames) throws(Failure) -> FilterValue {
        if let value = named(row, names) { return .signed(Int64(value)) }
        guard let value = magnitude() else { throw noNumber(row, names) }
        let limit = UInt64(1) << UInt64(type.bits - 1)
        guard isNegative ? value <= limit : value < limit else {
            throw Failure("\(words) is out of this field's range, which is from -\(limit) to \(limit - 1)")
        }
        return .signed(isNegative ? Int64(truncatingIfNeeded: 0 &- value) : Int64(value))
    }

    private func boolean(_ row: FieldRow?, _ names: ValueNames) throws(Failure) -> FilterValue {
        if case .character = content {
        } else {
            // Whatever the case, in quotes or not: as the tree words it, and as any Boolean can be asked for.
            if let row, let value = names.number(words, of: row) { return .unsigned(value) }
            if let value = truth(row) { return .unsigned(value ? 1 : 0) }
        }
        guard let value = magnitude() else {
            let some = row.flatMap { names.some(of: $0) }
            throw Failure(
                "\"\(words)\" is neither True nor False, nor a number" + (some.map { ", nor one of \($0)" } ?? ""))
        }
        return .unsigned(value == 0 ? 0 : 1)
    }

    private func truth(_ row: FieldRow?) -> Bool? {
        guard row?.display == .flag || row?.wordsOfFilters != nil else {
            return ["true": true, "false": false][words.lowercased()]
        }
        // Where a field has words of its own, True and False stand without quotes and in one of three ways.
        if case .word(let word) = content {
            if ["true", "True", "TRUE"].contains(word) { return true }
            if ["false", "False", "FALSE"].contains(word) { return false }
        }
        return row?.wordsOfFilters == nil ? ["set": true, "not set": false][words.lowercased()] : nil
    }

    private func real() throws(Failure) -> Double {
        if let value = magnitude() { return isNegative ? -Double(value) : Double(value) }
        guard case .word(let word) = content, let value = Double(word) else {
            throw Failure("\"\(words)\" is no number")
        }
        return isNegative ? -value : value
    }

    /// Seconds, with up to nine digits behind the point.
    private func span() throws(Failure) -> Int64 {
        let parts = words.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let fraction = parts.count > 1 ? parts[1] : ""
        guard let seconds = parts[0].isEmpty && !fraction.isEmpty ? 0 : UInt64(parts[0]),
            fraction.utf8.allSatisfy({ (0x30...0x39).contains($0) }), fraction.dropFirst(9).allSatisfy({ $0 == "0" })
        else { throw Failure("\"\(words)\" is no number of seconds") }
        // 292 years are as long as any number is.
        let nanoseconds = Int64(fraction.prefix(9).padding(9)) ?? 0
        let value = seconds > 9_000_000_000 ? Int64.max : Int64(seconds) * 1_000_000_000 + nanoseconds
        return isNegative ? -value : value
    }

    // MARK: - Addresses and bytes

    private func address(isV4: Bool) throws(Failure) -> FilterValue {
        let kind = isV4 ? "IPv4" : "IPv6"
        guard case .word = content else { throw Failure("\(words) is text; an \(kind) address stands without quotes") }
        let parts = words.split(separator: "/", omittingEmptySubsequences: false)
        // An IPv6 address that stands for one of IPv4 is written with colons all the same.
        guard parts.count <= 2, let address = IPAddress(parts[0]), parts[0].contains(":") != isV4 else {
            let isName = words.contains { $0.isLetter && !$0.isHexDigit }
            throw Failure(
                "\"\(words)\" is no \(kind) address" + (isName ? "; names of hosts are not looked up" : ""))
        }
        // Some read a leading 0 as octal.
        if isV4, parts[0].split(separator: ".").contains(where: { $0.count > 1 && $0.first == "0" }) {
            throw Failure("\"\(words)\" is no \(kind) address: its numbers begin with no 0")
        }
        guard parts.count == 2 else { return .address(address, bits: 128) }
        guard let bits = UInt8(parts[1]), bits <= (isV4 ? 32 : 128) else {
            throw Failure("an \(kind) network has 0 to \(isV4 ? 32 : 128) bits")
        }
        return .address(address, bits: isV4 ? bits + 96 : bits)
    }

    private func hardware(_ count: Int) throws(Failure) -> FilterValue {
        if case .string = content { throw Failure("an address stands without quotes: 00:11:22:33:44:55") }
        guard let bytes = Self.bytes(words), bytes.count == count else {
            throw Failure("\"\(words)\" is no address of \(count) bytes: 00:11:22:33:44:55")
        }
        return .bytes(bytes)
    }

    private func bytes() throws(Failure) -> FilterValue {
        switch content {
        case .string(let bytes): return .bytes(bytes)
        case .character(let code): return .bytes([UInt8(truncatingIfNeeded: code)])
        case .word(let word):
            if let bytes = Self.bytes(word) { return .bytes(bytes) }
            throw Failure(
                "\"\(word)\" is no sequence of bytes: 01:02:0a, 01020a, or 0x0a for a single one; text stands in double quotes"
            )
        }
    }

    /// Pairs of hexadecimal digits parted by `:`; or digits in runs of any length, parted by `-` or `.` or not at all,
    /// where the last digit of an odd run is a byte of its own; or one byte as 0x….
    static func bytes(_ word: String) -> [UInt8]? {
        var word = word[...]
        if word.hasPrefix(":"), word.dropFirst().first != ":" { word = word.dropFirst() }
        if word.hasPrefix("0x") || word.hasPrefix("0X") {
            let digits = word.dropFirst(2)
            return digits.utf8.count == 2 && digits.utf8.allSatisfy(isHexadecimal)
                ? UInt8(digits, radix: 16).map { [$0] } : nil
        }
        if word.hasPrefix("0b") || word.hasPrefix("0B"), word.utf8.count == 10,
            let byte = UInt8(word.dropFirst(2), radix: 2)
        {
            return [byte]
        }
        let separators: [Character] = [":", "-", "."]
        let separator = word.first(where: separators.contains) ?? "-"
        if separator == "-", word.last == separator { word = word.dropLast() }
        var bytes: [UInt8] = []
        // Dashes and points may part the same bytes, colons keep to themselves.
        let isSeparator: (Character) -> Bool = { separator == ":" ? $0 == ":" : $0 == "-" || $0 == "." }
        for run in word.split(omittingEmptySubsequences: false, whereSeparator: isSeparator) {
            guard !run.isEmpty, run.utf8.allSatisfy(isHexadecimal), separator != ":" || run.utf8.count == 2 else {
                return nil
            }
            appendPairs(of: run.utf8, to: &bytes)
        }
        return bytes
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x46).contains(byte) || (0x61...0x66).contains(byte)
    }

    private static func appendPairs(of digits: Substring.UTF8View, to bytes: inout [UInt8]) {
        func value(_ digit: UInt8) -> UInt8 { digit < 0x3A ? digit - 0x30 : (digit | 0x20) - 0x57 }
        var high: UInt8?
        for digit in digits {
            if let first = high {
                bytes.append(first << 4 | value(digit))
                high = nil
            } else {
                high = value(digit)
            }
        }
        if let high { bytes.append(high) }
    }
}

extension Substring {
    fileprivate func padding(_ width: Int) -> String {
        self + String(repeating: "0", count: Swift.max(0, width - count))
    }
}
