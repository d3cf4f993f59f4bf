/// The command line as getopt reads it, which is how scripts made for tshark are written (POSIX.1-2024 XBD 12.2).
///
/// The parser takes letters that stand together, and values that stand with their letter, but not both at once, and
/// not a value with an equals sign in it: `-nYtcp.port==21` says as much as `-n -Y tcp.port==21`.
struct Arguments {
    /// Letters of options without a value, and with one.
    let flags: String
    let valued: String

    static let ofRead = Arguments(flags: "VxPqn2lv", valued: "SNudoRasifbBGrTeEOjJcwFztY")
    static let ofGraph = Arguments(flags: "", valued: "oY")
    static let ofCapture = Arguments(flags: "pIDLq", valued: "ifwFcabsBy")
    static let ofOthers = Arguments(flags: "", valued: "Y")

    /// Those of the command of that name.
    static func of(_ name: String) -> Arguments {
        switch name {
        case "read": ofRead
        case "graph": ofGraph
        case "capture": ofCapture
        default: ofOthers
        }
    }

    /// Each option by itself, and each value behind its option. What is unknown stays as it is, for the parser to tell.
    func parted(_ arguments: some Sequence<String>) -> [String] {
        var parted: [String] = []
        var isValue = false
        var isOver = false
        for argument in arguments {
            defer { isOver = isOver || !isValue && argument == "--" }
            guard !isValue, !isOver, let group = group(argument) else {
                parted.append(argument)
                isValue = false
                continue
            }
            parted += group.parts
            isValue = group.lacksValue
        }
        return parted
    }

    private func group(_ argument: String) -> (parts: [String], lacksValue: Bool)? {
        guard argument.first == "-", argument.count > 1 else { return nil }
        var parts: [String] = []
        for place in argument.indices.dropFirst() {
            let letter = argument[place]
            guard valued.contains(letter) || flags.contains(letter) else { return nil }
            parts.append("-\(letter)")
            guard valued.contains(letter) else { continue }
            let value = argument[argument.index(after: place)...]
            if !value.isEmpty { parts.append(String(value)) }
            return (parts, value.isEmpty)
        }
        return (parts, false)
    }
}
