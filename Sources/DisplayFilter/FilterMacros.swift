/// Filters that have a name, and places for arguments: `${name:first;second}` or `$name(first, second)`.
package struct FilterMacros: Sendable {
    private var texts: [String: String] = [:]

    package init() {}

    /// Why a macro is none.
    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    /// Sorted.
    package var names: [String] { texts.keys.sorted() }
    package func text(of name: String) -> String? { texts[name] }

    /// - Throws: ``Failure`` for a name with other characters than letters, digits and `_`.
    package mutating func define(_ name: String, _ text: String) throws(Failure) {
        guard !name.isEmpty, name.utf8.allSatisfy(Self.isInName) else {
            throw Failure(
                description: "\"\(name)\" can be no macro's name: it has letters, digits and _ and nothing else")
        }
        texts[name] = text
    }

    /// Reads what Wireshark keeps in `dfilter_macros`: lines `"name","text"`, with `\x22` for a quote.
    ///
    /// - Returns: the numbers of lines that are none; what the others say is taken.
    @discardableResult
    package mutating func read(_ file: String) -> [Int] {
        var wrong: [Int] = []
        for (index, line) in file.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            var rest = line.utf8.drop { $0 == 0x20 || $0 == 9 }
            if rest.isEmpty || rest.first == UInt8(ascii: "#") { continue }
            guard let name = Self.quoted(&rest), rest.popFirst() == UInt8(ascii: ","), let text = Self.quoted(&rest),
                (try? define(name, text)) != nil
            else {
                wrong.append(index + 1)
                continue
            }
        }
        return wrong
    }

    private static func quoted(_ rest: inout Substring.UTF8View) -> String? {
        guard rest.popFirst() == UInt8(ascii: "\"") else { return nil }
        var bytes: [UInt8] = []
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "\"") { return String(decoding: bytes, as: UTF8.self) }
            guard byte == UInt8(ascii: "\\") else {
                bytes.append(byte)
                continue
            }
            guard let escaped = rest.popFirst() else { return nil }
            guard escaped == UInt8(ascii: "x") else {
                bytes.append(escaped)
                continue
            }
            guard let code = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) else { return nil }
            bytes.append(code)
            rest = rest.dropFirst(2)
        }
        return nil
    }

    static func isInName(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
            || byte == UInt8(ascii: "_")
    }

    /// The greatest of its `$1`, `$2` ….
    func argumentCount(of name: String) -> Int {
        var greatest = 0
        MacroText.forEachPiece(of: Array((texts[name] ?? "").utf8)) { piece in
            if case .argument(let number) = piece { greatest = max(greatest, number) }
        }
        return greatest
    }

    // MARK: - Expansion

    /// Macros stand in macros only so deep.
    private static let maximumDepth = 31
    /// In bytes: each level could double what the one below says.
    private static let maximumLength = 1 << 20

    /// The filter with what macros stand for. References to fields, whose names have a point, stay as they are.
    ///
    /// - Throws: ``FilterError`` for a macro that there is not, or that wants another number of arguments.
    package func expanded(_ text: String) throws(FilterError) -> String {
        guard text.utf8.contains(UInt8(ascii: "$")) else { return text }
        var output: [UInt8] = []
        try expand(Array(text.utf8), into: &output, text, nil, 0)
        return String(decoding: output, as: UTF8.self)
    }

    /// - Parameter place: of the macro in the filter that this is the text of; nil for the filter itself.
    private func expand(
        _ bytes: [UInt8], into output: inout [UInt8], _ text: String, _ place: Range<Int>?, _ depth: Int
    ) throws(FilterError) {
        var reader = MacroCallReader(bytes)
        while let piece = reader.next() {
            switch piece {
            case .text(let range): output += bytes[range]
            case .unclosed(let start):
                throw FilterError(text, at: place ?? start..<start + 2, "a macro ends with }: ${name:first;second}")
            case .call(let call):
                let at = place ?? call.place
                guard let body = texts[call.name] else {
                    // The name of a field has a point, and that of a macro cannot.
                    if call.isFunction || call.name.utf8.contains(UInt8(ascii: ".")) {
                        output += bytes[call.place]
                        continue
                    }
                    let near = names.isEmpty ? "none are defined" : "there are \(names.joined(separator: ", "))"
                    throw FilterError(text, at: at, "there is no macro \"\(call.name)\"; \(near)")
                }
                guard depth < Self.maximumDepth else {
                    throw FilterError(text, at: at, "macros stand in each other too deeply, or in themselves")
                }
                let wanted = argumentCount(of: call.name)
                guard call.arguments.count == wanted else {
                    throw FilterError(
                        text, at: at,
                        "the macro \(call.name) wants \(wanted) argument\(wanted == 1 ? "" : "s"), and here are "
                            + "\(call.arguments.count): it stands for \(body)")
                }
                var filled: [UInt8] = []
                MacroText.forEachPiece(of: Array(body.utf8)) { piece in
                    switch piece {
                    case .text(let bytes): filled += bytes
                    case .argument(let number): filled += call.arguments[number - 1]
                    }
                }
                guard filled.count + output.count <= Self.maximumLength else {
                    throw FilterError(text, at: at, "what this macro stands for is too long")
                }
                try expand(filled, into: &output, text, at, depth + 1)
                guard output.count <= Self.maximumLength else {
                    throw FilterError(text, at: at, "what this macro stands for is too long")
                }
            }
        }
    }
}
