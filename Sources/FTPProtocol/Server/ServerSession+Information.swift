/// Questions about the server and the session (RFC 959 §4.1.3, RFC 2389 §3).
extension ServerSession {
    mutating func information(_ command: Command, _ actions: inout [ServerAction]) {
        switch command.verb {
        case "PWD":
            let text = Phrase(en: " is the working directory.", zh: " 是当前目录。")[language]
            actions.append(reply(257, Pathname.quoted(directory.bytes) + Array(text.utf8)))
        case "SYST": actions.append(reply(215, Array("UNIX Type: L8".utf8)))
        case "NOOP": actions.append(reply(200, Self.ok))
        case "ABOR":
            // Nothing is under way; a port that waits for its connection is closed (RFC 959 §4.1.3).
            if case .passive = dataPort { actions.append(.stopListening) }
            dataPort = .none
            actions.append(reply(225, Phrase(en: "There is nothing to abort.", zh: "没有正在进行的传输。")))
        case "FEAT": actions.append(.reply(featureReply()))
        case "HELP": help(command.argument, &actions)
        case "STAT": status(command.argument, &actions)
        case "CLNT": actions.append(reply(200, Self.ok))
        case "CSID":
            actions.append(reply(200, Array("Name=Wharf; CaseSensitive=1; DirSep=/; Linesep=1;".utf8)))
        case "AVBL": askNumber(command.argument, .available, &actions)
        case "DSIZ": askNumber(command.argument, .directorySize, &actions)
        default: actions.append(reply(502, Self.notImplemented))
        }
    }

    private mutating func askNumber(
        _ argument: [UInt8], _ question: FileQuestion, _ actions: inout [ServerAction]
    ) {
        guard let path = place(argument, &actions) else { return }
        if case .available = question {
            ask(.available(path), question, &actions)
        } else {
            ask(.directorySize(path), question, &actions)
        }
    }

    /// What this server really does, and with these settings (RFC 2389 §3.2).
    private func featureReply() -> Reply {
        var features: [String] = []
        if policy.settings.hasTLS {
            features += ["AUTH TLS", "PBSZ", "PROT"]
            if policy.settings.allowsClearCommandChannel, !policy.settings.requiresTLS { features.append("CCC") }
        }
        let mark = { (fact: FileFact) in fact.name + (facts.contains(fact) ? "*" : "") + ";" }
        let algorithms = DigestAlgorithm.allCases.map { $0.rawValue + ($0 == digestAlgorithm ? "*" : "") }
        features += [
            "AVBL", "CLNT", "COMB", "CSID", "DSIZ", "EPRT", "EPSV", "HASH " + algorithms.joined(separator: ";"), "HOST",
            "LANG "
                + Language.allCases.map { $0.rawValue.uppercased() + ($0 == language ? "*" : "") }
                .joined(separator: ";"),
            "MDTM", "MFCT", "MFF Create;Modify;UNIX.mode;", "MFMT", "MLST " + FileFact.allCases.map(mark).joined(),
            "MODE Z", "RANG STREAM", "REST STREAM", "RMDA", "SITE CHMOD", "SITE COPY", "SITE IDLE", "SITE MKDIR",
            "SITE RMDIR",
        ]
        if policy.settings.allowsSymbolicLinks { features.append("SITE SYMLINK") }
        features += ["SITE UTIME"]
        if policy.settings.showsSessions { features.append("SITE WHO") }
        features += ["SIZE", "TVFS", "UTF8", "XCRC", "XMD5", "XSHA", "XSHA1", "XSHA256", "XSHA512"]
        let (first, last) = (Phrase(en: "Features:", zh: "功能："), Phrase(en: "End", zh: "结束"))
        return Reply(
            211,
            lines: [Array(first[language].utf8)] + features.map { Array(" \($0)".utf8) } + [Array(last[language].utf8)])
    }

    private mutating func help(_ argument: [UInt8], _ actions: inout [ServerAction]) {
        let words = argument.split(whereSeparator: ASCII.isSpace)
        if let first = words.first {
            guard let named = Verb(first), case let verb = Self.aliases[named] ?? named, let row = VerbTable.row(verb),
                Self.implemented.contains(verb)
            else {
                actions.append(reply(504, Phrase(en: "There is no such command here.", zh: "没有这个命令。")))
                return
            }
            if verb == "SITE" { return siteHelp(&actions) }
            actions.append(
                reply(
                    214,
                    Phrase(
                        en: "\(row.syntax): \(row.summary.en) (\(row.standard))",
                        zh: "\(row.syntax)：\(row.summary.zh)（\(row.standard)）")))
            return
        }
        let verbs = Self.implemented.map(\.description).sorted()
        var lines = [Array(Phrase(en: "These commands are known:", zh: "支持的命令：")[language].utf8)]
        for start in stride(from: 0, to: verbs.count, by: 8) {
            let row = verbs[start..<min(start + 8, verbs.count)].map {
                $0 + String(repeating: " ", count: 8 - $0.utf8.count)
            }
            lines.append(Array(" \(row.joined(separator: " "))".utf8))
        }
        lines.append(Array(Phrase(en: "HELP with a command tells more.", zh: "HELP 加命令名可查看详细说明。")[language].utf8))
        actions.append(.reply(Reply(214, lines: lines)))
    }

    private mutating func status(_ argument: [UInt8], _ actions: inout [ServerAction]) {
        let argument = Self.withoutOptions(argument)
        guard !argument.isEmpty else {
            actions.append(.reply(statusReply()))
            return
        }
        guard hasLoggedIn, let path = place(argument, &actions) else { return }
        ask(.list(path, .people), .list(argument), &actions)
    }

    /// STAT without an argument: the session, and the transfer under way (RFC 959 §4.1.3).
    func statusReply() -> Reply {
        let user = displayText(user ?? [])
        var lines = [
            Phrase(en: "Wharf FTP server", zh: "Wharf FTP 服务器"),
            Phrase(en: " Connected from \(peer)", zh: " 客户端地址 \(peer)"),
            hasLoggedIn
                ? Phrase(en: " Logged in as \(user)", zh: " 已登录用户 \(user)")
                : Phrase(en: " Not logged in", zh: " 尚未登录"),
            Phrase(
                en: " TYPE: \(type.name.en); STRUcture: \(structure.name.en); MODE: \(mode.name.en)",
                zh: " 类型：\(type.name.zh)；结构：\(structure.name.zh)；模式：\(mode.name.zh)"),
            isSecure
                ? Phrase(en: " The control connection is encrypted", zh: " 控制连接已加密")
                : Phrase(en: " The control connection is in clear", zh: " 控制连接为明文"),
        ]
        switch (transfer, dataPort) {
        case (let transfer?, _):
            lines.append(
                transfer.isUpload
                    ? Phrase(en: " Receiving \(transfer.path)", zh: " 正在接收 \(transfer.path)")
                    : Phrase(en: " Sending \(transfer.path)", zh: " 正在发送 \(transfer.path)"))
        case (nil, .active(let endpoint)): lines.append(Phrase(en: " Data go to \(endpoint)", zh: " 数据发往 \(endpoint)"))
        case (nil, .passive): lines.append(Phrase(en: " Waiting for the data connection", zh: " 等待数据连接"))
        case (nil, .none): lines.append(Phrase(en: " No data connection", zh: " 没有数据连接"))
        }
        lines.append(Phrase(en: "End of status", zh: "状态结束"))
        return Reply(211, lines: lines.map { Array($0[language].utf8) })
    }
}
