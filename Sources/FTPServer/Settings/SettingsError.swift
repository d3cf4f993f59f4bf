import Yams

/// What is wrong with a configuration: the file, the line, what it says, and what could stand there.
package struct SettingsError: Error, CustomStringConvertible, Hashable {
    package let description: String

    init(_ file: String, line: Int? = nil, _ what: String) {
        description = file + (line.map { ":\($0)" } ?? "") + ": " + what
    }

    static func twice(_ name: String, _ file: String, line: Int, first: Int) -> Self {
        Self(file, line: line, "\(name): is there twice\(line == first ? "" : ", the first time in line \(first)")")
    }
}

extension SettingsError {
    /// What makes `text`, which `file` holds, no YAML.
    init(_ file: String, _ error: any Error, in text: String) {
        switch error as? YamlError {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            // Where the reader stumbles is not always where the slip is.
            let start = context.map { " (\($0.text), which begins in line \($0.mark.line))" } ?? ""
            self.init(file, line: mark.line, problem + start)
        case .reader(let problem, let offset, _, _):
            let before = offset.map { text.prefix($0) }
            self.init(file, line: before.map { $0.count { $0.isNewline } + 1 }, problem)
        case .duplicatedKeysInMapping(let keys, let context):
            let (key, mark) = (keys.first ?? "", context.mark)
            self = .twice(
                key, file, line: Self.line(of: key, again: mark, in: text) ?? mark.line, first: mark.line)
        default: self.init(file, "\(error)".split(whereSeparator: \.isNewline).joined(separator: " "))
        }
    }

    /// The line below `mark` in which the same key begins in the same column; nil if it is in the same line.
    private static func line(of key: String, again mark: Mark, in text: String) -> Int? {
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        return lines.indices.dropFirst(mark.line).first { place in
            let rest = lines[place].dropFirst(mark.column - 1)
            let isKey = [key, "\"\(key)\"", "'\(key)'"].contains {
                rest.hasPrefix($0) && rest.dropFirst($0.count).first { $0 != " " } == ":"
            }
            return isKey && lines[place].prefix(mark.column - 1).allSatisfy { $0 == " " || $0 == "-" }
        }.map { $0 + 1 }
    }
}
