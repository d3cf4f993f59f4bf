import Bytes

/// Directories, and changes of files (RFC 959 §4.1.3, drafts MFxx and streamlined FTP).
extension ServerSession {
    mutating func fileAction(_ command: Command, _ actions: inout [ServerAction]) {
        switch command.verb {
        case "CDUP": return ask(.mayEnter(directory.parent), .enter(directory.parent), &actions)
        case "SMNT":
            actions.append(reply(202, Phrase(en: "All file systems are mounted.", zh: "所有文件系统均已挂载。")))
            return
        case "MFMT", "MFCT": return setTime(command, &actions)
        case "MFF": return setFacts(command.argument, &actions)
        case "COMB": return combine(command.argument, &actions)
        default: break
        }
        guard let path = place(command.argument, &actions) else { return }
        switch command.verb {
        case "CWD": ask(.mayEnter(path), .enter(path), &actions)
        case "MKD": ask(.makeDirectory(path), .make(path), &actions)
        case "RMD": change(.removeDirectory(path, recursively: false), Self.directoryRemoved, &actions)
        case "RMDA": change(.removeDirectory(path, recursively: true), Self.directoryRemoved, &actions)
        case "DELE": change(.delete(path), Phrase(en: "The file is deleted.", zh: "文件已删除。"), &actions)
        case "RNFR": ask(.mayRename(path), .renameFrom(path), &actions)
        case "RNTO": rename(to: path, &actions)
        default: actions.append(reply(502, Self.notImplemented))
        }
    }

    /// The place that an argument names; answers 553 where none can be.
    func place(_ argument: some Collection<UInt8>, _ actions: inout [ServerAction]) -> ServerPath? {
        let path = ServerPath(argument, in: directory)
        if path == nil { actions.append(reply(.nameNotAllowed)) }
        return path
    }

    mutating func ask(_ request: FileRequest, _ question: FileQuestion, _ actions: inout [ServerAction]) {
        state = .waiting(.file(question))
        actions.append(.perform(request))
    }

    /// Asks for a change whose only answer is that it was made.
    mutating func change(
        _ request: FileRequest, _ text: Phrase, code: ReplyCode = 250, _ actions: inout [ServerAction]
    ) {
        ask(request, .change(code, text), &actions)
    }

    static let directoryRemoved = Phrase(en: "The directory is removed.", zh: "目录已删除。")

    private mutating func rename(to path: ServerPath, _ actions: inout [ServerAction]) {
        guard let source = renameSource else {
            actions.append(reply(503, Phrase(en: "RNFR comes first.", zh: "必须先发送 RNFR。")))
            return
        }
        renameSource = nil
        change(.rename(from: source, to: path), Phrase(en: "The file is renamed.", zh: "文件已重命名。"), &actions)
    }

    /// `MFMT YYYYMMDDhhmmss name` (draft-somers-ftp-mfxx §3, §4).
    private mutating func setTime(_ command: Command, _ actions: inout [ServerAction]) {
        let parts = command.argument.split(separator: ASCII.space, maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[1].isEmpty else {
            actions.append(reply(501, Phrase(en: "Syntax error: a time and a name are needed.", zh: "语法错误：需要时间和名称。")))
            return
        }
        guard let time = FTPTime(parts[0]) else {
            actions.append(reply(501, Phrase(en: "Invalid time format.", zh: "时间格式无效。")))
            return
        }
        guard let path = place(parts[1], &actions) else { return }
        let attributes = command.verb == "MFMT" ? FileAttributes(modified: time) : FileAttributes(created: time)
        ask(.setAttributes(path, attributes), .attributes(of: Array(parts[1])), &actions)
    }

    /// `MFF modify=20240131120000;UNIX.mode=0644; name` (draft-somers-ftp-mfxx §5): all of them, or none.
    private mutating func setFacts(_ argument: [UInt8], _ actions: inout [ServerAction]) {
        guard let facts = Facts(line: argument), !facts.list.isEmpty else {
            actions.append(reply(501, Self.wrongArgument))
            return
        }
        guard let path = place(facts.name, &actions) else { return }
        var attributes = FileAttributes()
        for fact in facts.list {
            let isUnderstood: Bool
            switch fact.name {
            case "modify": (attributes.modified, isUnderstood) = (facts.modified, facts.modified != nil)
            case "create": (attributes.created, isUnderstood) = (facts.created, facts.created != nil)
            case "unix.mode": (attributes.mode, isUnderstood) = (facts.mode, facts.mode != nil)
            default: isUnderstood = false
            }
            guard isUnderstood else {
                actions.append(
                    reply(504, Phrase(en: "\(fact.name) cannot be set so.", zh: "无法这样设置属性 \(fact.name)。")))
                return
            }
        }
        ask(.setAttributes(path, attributes), .attributes(of: facts.name), &actions)
    }

    /// `COMB target source …`; names that hold spaces stand in quotes.
    private mutating func combine(_ argument: [UInt8], _ actions: inout [ServerAction]) {
        let names = Self.words(argument)
        guard names.count >= 2 else {
            actions.append(reply(501, Self.wrongArgument))
            return
        }
        let paths = names.compactMap { ServerPath($0, in: directory) }
        // None twice: what was taken is gone, and what is added to cannot be taken.
        guard paths.count == names.count, Set(paths).count == paths.count else {
            actions.append(reply(.nameNotAllowed))
            return
        }
        change(
            .combine(paths[0], Array(paths.dropFirst())), Phrase(en: "The files are combined.", zh: "文件已合并。"), &actions)
    }

    /// Words apart by spaces, in which quotes keep spaces together and a doubled quote is a quote.
    static func words(_ text: some Collection<UInt8>) -> [[UInt8]] {
        var words: [[UInt8]] = []
        var word: [UInt8]?
        var isQuoted = false
        var rest = Array(text)[...]
        while let byte = rest.popFirst() {
            if byte == ASCII.quote {
                if isQuoted, rest.first == ASCII.quote {
                    word?.append(byte)
                    rest = rest.dropFirst()
                } else {
                    isQuoted.toggle()
                    word = word ?? []
                }
            } else if byte == ASCII.space, !isQuoted {
                if let word { words.append(word) }
                word = nil
            } else {
                word = (word ?? []) + [byte]
            }
        }
        return words + (word.map { [$0] } ?? [])
    }
}

/// Questions about one file (RFC 3659, draft-bryan-ftpext-hash, and the checksums in use).
extension ServerSession {
    mutating func fileInformation(_ command: Command, _ actions: inout [ServerAction]) {
        switch command.verb {
        case "HASH", "XCRC", "XMD5", "XSHA", "XSHA1", "XSHA256", "XSHA512": return digest(command, &actions)
        case "SIZE" where !hasCountableBytes:
            // What would go over the wire could only be told by reading the whole file (RFC 3659 §4).
            actions.append(
                reply(
                    550,
                    structure == .file
                        ? Phrase(en: "SIZE is not known in ASCII type; use TYPE I.", zh: "ASCII 类型下无法得知大小，请使用 TYPE I。")
                        : Phrase(en: "SIZE is not known of records; use STRU F.", zh: "记录结构下无法得知大小，请使用 STRU F。")))
            return
        default: break
        }
        guard let path = place(command.argument, &actions) else { return }
        switch command.verb {
        case "SIZE": ask(.size(path), .size, &actions)
        case "MDTM": modified(command.argument, path, &actions)
        case "MLST": ask(.entry(path), .facts(path), &actions)
        default: actions.append(reply(502, Self.notImplemented))
        }
    }

    /// MDTM, and the form in which some clients set times by it: `MDTM 20240131120000 name`, if no file has that name.
    private mutating func modified(_ argument: [UInt8], _ path: ServerPath, _ actions: inout [ServerAction]) {
        let parts = argument.split(separator: ASCII.space, maxSplits: 1, omittingEmptySubsequences: false)
        if parts.count == 2, let time = FTPTime(parts[0]), let target = ServerPath(parts[1], in: directory) {
            return ask(.entry(path), .modified(orSet: (target, time)), &actions)
        }
        ask(.entry(path), .modified(orSet: nil), &actions)
    }

    private mutating func digest(_ command: Command, _ actions: inout [ServerAction]) {
        if command.verb == "HASH" {
            guard let path = place(command.argument, &actions) else { return }
            let range = offset > 0 || length != nil ? offset..<(length.map { offset + $0 } ?? UInt64(Int64.max)) : nil
            (offset, length) = (0, nil)
            return ask(
                .digest(path, digestAlgorithm, range), .digest(.hash(digestAlgorithm), command.argument), &actions)
        }
        let algorithm: DigestAlgorithm =
            switch command.verb {
            case "XCRC": .crc32
            case "XMD5": .md5
            case "XSHA256": .sha256
            case "XSHA512": .sha512
            default: .sha1
            }
        let (name, range) = Self.nameAndRange(command.argument)
        guard range.map({ $0.first <= $0.end }) ?? true else {
            actions.append(reply(501, Phrase(en: "That range ends before it begins.", zh: "该范围的终点在起点之前。")))
            return
        }
        guard let path = place(name, &actions) else { return }
        ask(.digest(path, algorithm, range.map { $0.first..<$0.end }), .digest(.bare, name), &actions)
    }

    /// `name [start [end]]`; a name that holds spaces stands in quotes, or has no number behind it.
    private static func nameAndRange(
        _ argument: [UInt8]
    ) -> (name: [UInt8], range: (first: UInt64, end: UInt64)?) {
        guard argument.first == ASCII.quote else { return (argument, nil) }
        let words = words(argument)
        let numbers = words.dropFirst().compactMap { ASCII.number($0, as: UInt64.self) }
        guard let name = words.first, numbers.count == words.count - 1 else { return (argument, nil) }
        switch numbers.count {
        case 0: return (name, nil)
        case 1: return (name, (numbers[0], max(numbers[0], UInt64(Int64.max))))
        default: return (name, (numbers[0], numbers[1]))
        }
    }
}

// MARK: - Answers

extension ServerSession {
    mutating func performed(_ result: FileResult, _ actions: inout [ServerAction]) {
        guard case .waiting(.file(let question)) = state else { return }
        if case .modified(let other?) = question, result == .failed(.notFound), !isAborting {
            return change(
                .setAttributes(other.file, FileAttributes(modified: other.time)),
                Phrase(en: "The time is set.", zh: "时间已设置。"), code: 213, &actions)
        }
        answer(question, result, &actions)
        answerAbort(wasInTime: result == .failed(.aborted), &actions)
        becomeReady(&actions)
    }

    private mutating func answer(
        _ question: FileQuestion, _ result: FileResult, _ actions: inout [ServerAction]
    ) {
        if case .failed(let error) = result {
            // Where to begin was meant for what should have followed.
            (offset, length) = (0, nil)
            actions.append(reply(error))
            return
        }
        switch (question, result) {
        case (.enter(let path), _):
            directory = path
            actions.append(
                reply(
                    250,
                    Phrase(en: "The working directory is \(path).", zh: "当前目录为 \(path)。")))
        case (.make(let path), _):
            let text = Phrase(en: " is made.", zh: " 已创建。")[language]
            actions.append(reply(257, Pathname.quoted(path.bytes) + Array(text.utf8)))
        case (.renameFrom(let path), _):
            renameSource = path
            actions.append(reply(350, Phrase(en: "Now RNTO and the new name.", zh: "请用 RNTO 给出新名称。")))
        case (.size, .number(let size)): actions.append(reply(213, Array(String(size).utf8)))
        // RFC 3659 §3.1 knows a time of files only.
        case (.modified, .entry(let entry)) where entry.kind != .file:
            actions.append(reply(550, Phrase(en: "That is not a plain file.", zh: "这不是普通文件。")))
        case (.modified, .entry(let entry)): actions.append(reply(213, Array("\(entry.modified.wholeSeconds)".utf8)))
        case (.facts(let path), .entry(let entry)): actions.append(.reply(factsReply(path, entry)))
        case (.digest(let form, let name), .digest(let digest, let range)):
            actions.append(digestReply(form, name, digest, range))
        case (.list(let name), .lines(let lines, let isCut)):
            actions.append(.reply(listReply(name, lines, isCut)))
        case (.available, .number(let count)), (.directorySize, .number(let count)):
            actions.append(reply(213, Array(String(count).utf8)))
        case (.change(let code, let text), _): actions.append(reply(code, text))
        case (.attributes(let name), .attributes(let attributes)):
            actions.append(reply(213, Self.text(of: attributes) + [ASCII.space] + name))
        case (.copyFrom(let path), .entry(let entry)) where entry.kind == .file:
            copySource = path
            actions.append(reply(350, Phrase(en: "Now SITE CPTO and the new name.", zh: "请用 SITE CPTO 给出新名称。")))
        case (.copyFrom, .entry(let entry)): actions.append(reply(entry.kind == .directory ? .isDirectory : .forbidden))
        default: actions.append(reply(.failed))
        }
    }

    private func factsReply(_ path: ServerPath, _ entry: FileEntry) -> Reply {
        var line: [UInt8] = [ASCII.space]
        ListingWriter(.facts(facts), now: 0)
            .appendFacts(facts, of: entry, named: path.bytes, type: nil, to: &line)
        let (first, last) = (Phrase(en: "What is known of it:", zh: "文件信息："), Phrase(en: "End.", zh: "结束。"))
        return Reply(250, lines: [Array(first[language].utf8), line, Array(last[language].utf8)])
    }

    private func digestReply(
        _ form: DigestReply, _ name: [UInt8], _ digest: [UInt8], _ range: Range<UInt64>
    ) -> ServerAction {
        var text: [UInt8] = []
        switch form {
        case .hash(let algorithm):
            // draft-bryan-ftpext-hash §3.2: the last position is part of the range.
            let last = range.isEmpty ? range.lowerBound : range.upperBound - 1
            text += "\(algorithm.rawValue) \(range.lowerBound)-\(last) ".utf8
            text.append(hexadecimal: digest)
            text += [ASCII.space] + name
            return reply(213, text)
        case .bare:
            text.append(hexadecimal: digest)
            return reply(250, text)
        }
    }

    /// `Modify=20240131120000;UNIX.mode=0644;`
    private static func text(of attributes: FileAttributes) -> [UInt8] {
        var text = ""
        if let time = attributes.modified { text += "Modify=\(time);" }
        if let time = attributes.created { text += "Create=\(time);" }
        if let mode = attributes.mode { text += "UNIX.mode=0\(String(mode, radix: 8));" }
        return Array(text.utf8)
    }

    private func listReply(_ name: [UInt8], _ lines: [UInt8], _ isCut: Bool) -> Reply {
        let first = Phrase(en: "Status of ", zh: "状态：")[language]
        let last =
            isCut
            ? Phrase(en: "There is more; LIST gives all of it.", zh: "还有更多内容，请用 LIST 查看全部。")[language]
            : Phrase(en: "End of status.", zh: "状态结束。")[language]
        let rows = lines.split(separator: UInt8(ascii: "\n")).map { $0.filter { $0 != UInt8(ascii: "\r") } }
        return Reply(213, lines: [Array(first.utf8) + name] + rows.map { [ASCII.space] + $0 } + [Array(last.utf8)])
    }
}
