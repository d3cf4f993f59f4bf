/// SITE: what is this server's own (RFC 959 §4.1.3).
extension ServerSession {
    mutating func site(_ command: Command, _ actions: inout [ServerAction]) {
        let parts = command.argument.split(separator: ASCII.space, maxSplits: 1, omittingEmptySubsequences: true)
        let rest = parts.count > 1 ? Array(parts[1]) : []
        guard let word = parts.first, let verb = Verb(word) else {
            actions.append(reply(501, Self.wrongArgument))
            return
        }
        let isChange: Set<Verb> = ["CHMOD", "UTIME", "SYMLINK", "MKDIR", "RMDIR", "COPY", "CPFR", "CPTO"]
        if isChange.contains(verb), rest.isEmpty {
            actions.append(reply(501, Phrase(en: "SITE \(verb) takes arguments.", zh: "SITE \(verb) 需要参数。")))
            return
        }
        switch verb {
        case "HELP": siteHelp(&actions)
        case "CHMOD": changeMode(rest, &actions)
        case "UTIME": changeTime(rest, &actions)
        case "SYMLINK" where policy.settings.allowsSymbolicLinks: link(rest, &actions)
        case "MKDIR":
            guard let path = place(rest, &actions) else { return }
            ask(.makeDirectory(path), .make(path), &actions)
        case "RMDIR":
            guard let path = place(rest, &actions) else { return }
            change(.removeDirectory(path, recursively: false), Self.directoryRemoved, &actions)
        case "COPY": copy(rest, &actions)
        case "CPFR":
            guard let path = place(rest, &actions) else { return }
            copySource = nil
            ask(.entry(path), .copyFrom(path), &actions)
        case "CPTO":
            guard let source = copySource else {
                actions.append(reply(503, Phrase(en: "SITE CPFR comes first.", zh: "必须先发送 SITE CPFR。")))
                return
            }
            guard let path = place(rest, &actions) else { return }
            copySource = nil
            change(.copy(from: source, to: path), Self.copied, &actions)
        case "IDLE": idle(rest, &actions)
        case "WHO" where policy.settings.showsSessions:
            state = .waiting(.sessions)
            actions.append(.askSessions)
        default:
            actions.append(reply(504, Phrase(en: "SITE HELP lists what is known.", zh: "SITE HELP 列出支持的命令。")))
        }
    }

    private static let copied = Phrase(en: "The file is copied.", zh: "文件已复制。")

    func siteHelp(_ actions: inout [ServerAction]) {
        var lines = [
            "CHMOD <mode> <pathname>", "UTIME <YYYYMMDDhhmmss> <pathname>", "MKDIR <pathname>", "RMDIR <pathname>",
            "COPY <pathname> <pathname>", "CPFR <pathname>", "CPTO <pathname>", "IDLE [<seconds>]", "HELP",
        ]
        if policy.settings.allowsSymbolicLinks { lines.append("SYMLINK <target> <pathname>") }
        if policy.settings.showsSessions { lines.append("WHO") }
        let first = Phrase(en: "These SITE commands are known:", zh: "支持的 SITE 命令：")
        let last = Phrase(en: "End.", zh: "结束。")
        actions.append(
            .reply(
                Reply(
                    214,
                    lines: [Array(first[language].utf8)] + lines.map { Array(" \($0)".utf8) }
                        + [Array(last[language].utf8)])))
    }

    private mutating func changeMode(_ rest: [UInt8], _ actions: inout [ServerAction]) {
        let parts = rest.split(separator: ASCII.space, maxSplits: 1)
        guard parts.count == 2, (1...4).contains(parts[0].count), let mode = UInt16(displayText(parts[0]), radix: 8)
        else {
            actions.append(reply(501, Self.wrongArgument))
            return
        }
        guard let path = place(parts[1], &actions) else { return }
        change(
            .setAttributes(path, FileAttributes(mode: mode)), Phrase(en: "The mode is set.", zh: "权限已设置。"), code: 200,
            &actions)
    }

    /// Two forms are in use: `time name`, and `name access-time modification-time creation-time UTC`.
    private mutating func changeTime(_ rest: [UInt8], _ actions: inout [ServerAction]) {
        let parts = rest.split(separator: ASCII.space, maxSplits: 1)
        var found: (time: FTPTime, name: ArraySlice<UInt8>)?
        if parts.count == 2, let time = Self.time(parts[0]) {
            found = (time, parts[1])
        } else {
            let words = rest.split(separator: ASCII.space)
            if words.count >= 5, words[words.count - 1].elementsEqual("UTC".utf8),
                let time = Self.time(words[words.count - 3])
            {
                let end = words[words.count - 4].startIndex
                found = (time, rest[..<end].dropLast())
            }
        }
        guard let found else {
            actions.append(reply(501, Self.wrongArgument))
            return
        }
        guard let path = place(found.name, &actions) else { return }
        change(
            .setAttributes(path, FileAttributes(modified: found.time)),
            Phrase(en: "The time is set.", zh: "时间已设置。"), code: 200, &actions)
    }

    /// With or without seconds.
    private static func time(_ word: ArraySlice<UInt8>) -> FTPTime? {
        FTPTime(word.count == 12 ? Array(word) + Array("00".utf8) : Array(word))
    }

    private mutating func link(_ rest: [UInt8], _ actions: inout [ServerAction]) {
        let names = Self.words(rest)
        guard names.count == 2 else {
            actions.append(reply(501, Self.wrongArgument))
            return
        }
        guard let path = place(names[1], &actions), ServerPath(names[0]) != nil else { return }
        change(.link(at: path, to: names[0]), Phrase(en: "The link is made.", zh: "链接已创建。"), code: 200, &actions)
    }

    private mutating func copy(_ rest: [UInt8], _ actions: inout [ServerAction]) {
        let names = Self.words(rest)
        guard names.count == 2 else {
            actions.append(reply(501, Phrase(en: "Two names; those with spaces in quotes.", zh: "需要两个名称，含空格的要加引号。")))
            return
        }
        guard let source = place(names[0], &actions), let target = place(names[1], &actions) else { return }
        change(.copy(from: source, to: target), Self.copied, &actions)
    }

    private mutating func idle(_ rest: [UInt8], _ actions: inout [ServerAction]) {
        let limit = policy.settings.maximumIdleSeconds
        if rest.isEmpty {
            let seconds = idleSeconds ?? policy.settings.idleSeconds
            actions.append(
                reply(
                    200,
                    Phrase(
                        en: "The idle limit is \(seconds) s, \(limit) s at most.",
                        zh: "空闲时限为 \(seconds) 秒，最长 \(limit) 秒。")))
            return
        }
        guard let seconds = ASCII.number(ASCII.trimmed(rest), as: Int.self), (30...limit).contains(seconds) else {
            actions.append(
                reply(501, Phrase(en: "The idle limit may be 30 … \(limit) s.", zh: "空闲时限须在 30 至 \(limit) 秒之间。")))
            return
        }
        idleSeconds = seconds
        actions.append(.setIdleLimit(seconds: seconds))
        actions.append(reply(200, Phrase(en: "The idle limit is \(seconds) s.", zh: "空闲时限为 \(seconds) 秒。")))
    }

    mutating func sessions(_ lines: [[UInt8]], _ actions: inout [ServerAction]) {
        guard case .waiting(.sessions) = state else { return }
        let first = Phrase(en: "Sessions:", zh: "会话：")[language]
        let last = Phrase(en: "End.", zh: "结束。")[language]
        actions.append(
            .reply(
                Reply(211, lines: [Array(first.utf8)] + lines.map { [ASCII.space] + $0 } + [Array(last.utf8)])))
        becomeReady(&actions)
    }
}
