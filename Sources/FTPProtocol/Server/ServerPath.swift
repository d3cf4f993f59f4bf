/// A place in a server's tree as a client names it: absolute, `/` between names, nothing above the root.
///
/// `.` and `..` are resolved by the text alone, and names are bytes: nothing is folded, normalised or unescaped, so that
/// what is checked is what is opened. Backslashes and drive letters belong to names.
package struct ServerPath: Hashable, Sendable {
    /// `/`, or a `/` before each name and none at the end.
    package let bytes: [UInt8]

    /// Where everything begins.
    package static let root = ServerPath(normalized: [ASCII.slash])

    private init(normalized bytes: [UInt8]) { self.bytes = bytes }

    /// The place that `argument` means to a client that works in `directory`; nil if it holds NUL, CR or LF, which no
    /// reply or listing could repeat.
    package init?(_ argument: some Collection<UInt8>, in directory: ServerPath = .root) {
        var names: [ArraySlice<UInt8>] = []
        let argument = Array(argument)
        guard !argument.contains(where: { $0 == 0 || $0 == UInt8(ascii: "\r") || $0 == UInt8(ascii: "\n") }) else {
            return nil
        }
        if argument.first != ASCII.slash { names = directory.bytes.split(separator: ASCII.slash) }
        for name in argument.split(separator: ASCII.slash) {
            if name.elementsEqual("..".utf8) {
                _ = names.popLast()
            } else if !name.elementsEqual(".".utf8) {
                names.append(name)
            }
        }
        bytes = names.isEmpty ? [ASCII.slash] : names.reduce(into: []) { $0 += [ASCII.slash] + $1 }
    }

    /// A path written in the source or a configuration.
    package init?(_ text: String) { self.init(Array(text.utf8)) }

    package var isRoot: Bool { bytes.count == 1 }

    /// The directory that holds it; the root's is the root.
    package var parent: ServerPath {
        guard let slash = bytes.lastIndex(of: ASCII.slash), slash > 0 else { return .root }
        return ServerPath(normalized: Array(bytes[..<slash]))
    }

    /// The last name; empty for the root.
    package var name: [UInt8] {
        guard let slash = bytes.lastIndex(of: ASCII.slash) else { return bytes }
        return Array(bytes[(slash + 1)...])
    }

    /// The names from the root on.
    package var names: [ArraySlice<UInt8>] { bytes.split(separator: ASCII.slash) }

    /// The entry `name`, which holds no `/`, of this directory.
    package func appending(_ name: some Collection<UInt8>) -> ServerPath {
        ServerPath(normalized: (isRoot ? [] : bytes) + [ASCII.slash] + name)
    }

    /// Whether it is `other`, or lies below it.
    package func isWithin(_ other: ServerPath) -> Bool {
        if other.isRoot { return true }
        guard bytes.starts(with: other.bytes) else { return false }
        return bytes.count == other.bytes.count || bytes[other.bytes.count] == ASCII.slash
    }

    /// The path relative to the root, as openat wants it: `.` for the root.
    package var relative: [UInt8] { isRoot ? [UInt8(ascii: ".")] : Array(bytes.dropFirst()) }
}

extension ServerPath: CustomStringConvertible {
    /// For eyes; see ``displayText(_:)``.
    package var description: String { displayText(bytes) }
}
