/// What a macro stands for, taken apart at its places for arguments.
enum MacroText {
    enum Piece {
        case text(ArraySlice<UInt8>)
        /// From 1 on.
        case argument(Int)
    }

    static func forEachPiece(of bytes: [UInt8], _ body: (Piece) -> Void) {
        var start = 0
        var index = 0
        while index < bytes.count {
            var end = index + 1
            var number = 0
            while bytes[index] == UInt8(ascii: "$"), end < bytes.count, (0x30...0x39).contains(bytes[end]), number < 100
            {
                number = number * 10 + Int(bytes[end] - 0x30)
                end += 1
            }
            if number > 0 {
                if start < index { body(.text(bytes[start..<index])) }
                body(.argument(number))
                start = end
            }
            index = end
        }
        if start < bytes.count { body(.text(bytes[start...])) }
    }
}

/// Finds the macros in a filter.
struct MacroCallReader {
    struct Call {
        let name: String
        let arguments: [[UInt8]]
        let place: Range<Int>
        /// Written `$name(…)`.
        let isFunction: Bool
    }

    enum Piece {
        case text(Range<Int>)
        case call(Call)
        case unclosed(Int)
    }

    private let bytes: [UInt8]
    private var offset = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func next() -> Piece? {
        guard offset < bytes.count else { return nil }
        guard bytes[offset] == UInt8(ascii: "$") else {
            let end = bytes[offset...].firstIndex(of: UInt8(ascii: "$")) ?? bytes.count
            defer { offset = end }
            return .text(offset..<end)
        }
        let start = offset
        var name = start + 1
        let isFunction = name < bytes.count && bytes[name] != UInt8(ascii: "{")
        if !isFunction { name += 1 }
        var end = name
        while end < bytes.count, FilterMacros.isInName(bytes[end]) || !isFunction && Self.isInReference(bytes[end]) {
            end += 1
        }
        let words = String(decoding: bytes[min(name, bytes.count)..<min(end, bytes.count)], as: UTF8.self)
        guard end < bytes.count else {
            offset = bytes.count
            return isFunction || name > bytes.count ? .text(start..<bytes.count) : .unclosed(start)
        }
        if isFunction {
            guard bytes[end] == UInt8(ascii: "("), end > name else { return plain(start) }
            return call(words, start, end + 1, close: UInt8(ascii: ")"), between: UInt8(ascii: ","))
        }
        switch bytes[end] {
        case UInt8(ascii: "}"):
            offset = end + 1
            return .call(Call(name: words, arguments: [], place: start..<offset, isFunction: false))
        case UInt8(ascii: ":"), UInt8(ascii: ";"):
            return call(words, start, end + 1, close: UInt8(ascii: "}"), between: UInt8(ascii: ";"))
        default: return plain(start)
        }
    }

    /// The `$` alone: whatever it is, it is no macro.
    private mutating func plain(_ start: Int) -> Piece {
        offset = start + 1
        return .text(start..<offset)
    }

    private static func isInReference(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "#") || byte == UInt8(ascii: "[")
            || byte == UInt8(ascii: "]")
    }

    /// Arguments may have brackets and quotes of their own.
    private mutating func call(
        _ name: String, _ start: Int, _ first: Int, close: UInt8, between: UInt8
    ) -> Piece {
        var arguments: [[UInt8]] = [[]]
        var depth = 0
        var isQuoted = false
        var index = first
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            if isQuoted || byte == UInt8(ascii: "\"") {
                if byte == UInt8(ascii: "\""), bytes[index - 2] != UInt8(ascii: "\\") { isQuoted.toggle() }
            } else if depth == 0, byte == close {
                offset = index
                if arguments.count == 1, arguments[0].allSatisfy({ $0 == 0x20 }) { arguments = [] }
                return .call(
                    Call(
                        name: name, arguments: arguments, place: start..<offset, isFunction: close == UInt8(ascii: ")"))
                )
            } else if depth == 0, byte == between {
                arguments.append([])
                continue
            } else if byte == UInt8(ascii: "(") || byte == UInt8(ascii: "{") {
                depth += 1
            } else if byte == UInt8(ascii: ")") || byte == UInt8(ascii: "}") {
                depth -= 1
            }
            arguments[arguments.count - 1].append(byte)
        }
        offset = bytes.count
        return .unclosed(start)
    }
}
