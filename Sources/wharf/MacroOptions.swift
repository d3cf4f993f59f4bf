import ArgumentParser
import DisplayFilter
import Foundation

/// Macros of display filters: those that Wireshark keeps, and those given on the command line.
struct MacroOptions: ParsableArguments {
    @Option(
        name: .customLong("macro"), parsing: .unconditionalSingleValue,
        help: ArgumentHelp(
            "A macro for display filters, used as ${NAME:first;second}; may be given several times.",
            valueName: "NAME=TEXT"))
    var macros: [String] = []

    /// Those on the command line come before those of the same name in Wireshark's file.
    func all() throws -> FilterMacros {
        var all = FilterMacros()
        if let path = Self.path, let file = FileManager.default.contents(atPath: path) {
            for line in all.read(String(decoding: file, as: UTF8.self)) { warn("\(path):\(line): this is no macro") }
        }
        for macro in macros {
            guard let equals = macro.firstIndex(of: "=") else {
                throw ValidationError("a macro is given as NAME=TEXT, and \"\(macro)\" has no =")
            }
            do {
                try all.define(String(macro[..<equals]), String(macro[macro.index(after: equals)...]))
            } catch {
                throw ValidationError(error.description)
            }
        }
        return all
    }

    /// As Wireshark finds its personal configuration.
    private static var path: String? {
        let name = "wireshark/dfilter_macros"
        if let folder = environment("XDG_CONFIG_HOME"), !folder.isEmpty { return "\(folder)/\(name)" }
        return environment("HOME").map { "\($0)/.config/\(name)" }
    }
}
