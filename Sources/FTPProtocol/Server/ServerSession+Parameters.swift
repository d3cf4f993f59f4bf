import Bytes

/// What holds for later transfers (RFC 959 §4.1.2, RFC 2389, 2428, 2640, 3659).
extension ServerSession {
    mutating func parameter(_ command: Command, _ actions: inout [ServerAction]) {
        switch command.verb {
        case "TYPE": type(command.argument, &actions)
        case "STRU": structure(command.argument, &actions)
        case "MODE": mode(command.argument, &actions)
        case "REST": restart(command.argument, &actions)
        case "RANG": range(command.argument, &actions)
        case "ALLO": allocate(command.argument, &actions)
        case "OPTS": options(command.argument, &actions)
        case "LANG": language(command.argument, &actions)
        default: actions.append(reply(502, Self.notImplemented))
        }
    }

    private mutating func type(_ argument: [UInt8], _ actions: inout [ServerAction]) {
        guard let type = RepresentationType(argument: argument) else {
            actions.append(reply(501, Self.wrongArgument))
            return
        }
        switch type {
        // Carriage control would need a printer to make sense of it.
        case .ascii(.carriageControl), .ebcdic(.carriageControl), .local(bits: 0...7), .local(bits: 9...255):
            actions.append(
                reply(
                    504,
                    Phrase(en: "Types are A, A N, A T, E, E N, E T, I and L 8.", zh: "支持的类型：A、A N、A T、E、E N、E T、I、L 8。")
                ))
        default:
            self.type = type
            actions.append(
                reply(200, Phrase(en: "Type is \(type.name.en).", zh: "类型为\(type.name.zh)。")))
        }
    }

    private mutating func structure(_ argument: [UInt8], _ actions: inout [ServerAction]) {
        guard let structure = FileStructure(argument: argument) else {
            actions.append(reply(501, Self.wrongArgument))
            return
        }
        // Page structure is for files with holes, which no client makes today; RFC 1123 §4.1.2.4 advises against it.
        guard structure != .page else {
            actions.append(reply(504, Phrase(en: "Structures are F and R.", zh: "支持的结构：F 和 R。")))
            return
        }
        self.structure = structure
        actions.append(
            reply(200, Phrase(en: "Structure is \(structure.name.en).", zh: "结构为\(structure.name.zh)。")))
    }

    private mutating func mode(_ argument: [UInt8], _ actions: inout [ServerAction]) {
        guard let mode = TransferMode(argument: argument) else {
            actions.append(reply(504, Phrase(en: "Modes are S, B, C and Z.", zh: "支持的模式：S、B、C、Z。")))
            return
        }
        self.mode = mode
        actions.append(reply(200, Phrase(en: "Mode is \(mode.name.en).", zh: "模式为\(mode.name.zh)。")))
    }

    /// Markers are offsets in bytes of the file (RFC 3659 §5); those that Wharf makes in MODE B are as well.
    private mutating func restart(_ argument: [UInt8], _ actions: inout [ServerAction]) {
        (offset, length) = (0, nil)
        guard let offset = ASCII.number(ASCII.trimmed(argument), as: UInt64.self), offset <= UInt64(Int64.max) else {
            actions.append(reply(501, Self.wrongArgument))
            return
        }
        if offset > 0, !hasCountableBytes {
            actions.append(
                reply(
                    504,
                    structure == .file
                        ? Phrase(
                            en: "Offsets have no meaning in type \(type.letter).", zh: "类型 \(type.letter) 下偏移量没有意义。")
                        : Phrase(en: "Offsets have no meaning among records.", zh: "记录结构下偏移量没有意义。")))
            return
        }
        self.offset = offset
        actions.append(
            reply(350, Phrase(en: "The next transfer begins at byte \(offset).", zh: "下一次传输从第 \(offset) 字节开始。")))
    }

    /// Whether a place on the wire is a place in the file.
    var hasCountableBytes: Bool {
        switch type {
        case .image, .local: structure == .file
        case .ascii, .ebcdic: false
        }
    }

    private mutating func range(_ argument: [UInt8], _ actions: inout [ServerAction]) {
        let words = argument.split(whereSeparator: ASCII.isSpace)
        guard words.count == 2, let first = ASCII.number(words[0], as: UInt64.self),
            let last = ASCII.number(words[1], as: UInt64.self), last < UInt64(Int64.max)
        else {
            actions.append(reply(501, Self.wrongArgument))
            return
        }
        // draft-bryan-ftp-range §3: "1 0" takes the range back.
        if first == 1, last == 0 {
            (offset, length) = (0, nil)
            actions.append(reply(350, Phrase(en: "The range is taken back.", zh: "范围已取消。")))
            return
        }
        guard first <= last else {
            actions.append(reply(501, Self.wrongArgument))
            return
        }
        guard hasCountableBytes else {
            actions.append(reply(504, Phrase(en: "Ranges need type I.", zh: "范围需要类型 I。")))
            return
        }
        (offset, length) = (first, last - first + 1)
        actions.append(
            reply(
                350,
                Phrase(
                    en: "The next transfer is of bytes \(first) to \(last).", zh: "下一次传输的范围是第 \(first) 至 \(last) 字节。")))
    }

    private mutating func allocate(_ argument: [UInt8], _ actions: inout [ServerAction]) {
        let words = argument.split(whereSeparator: ASCII.isSpace)
        guard let first = words.first, ASCII.number(first, as: UInt64.self) != nil, words.count == 1 || words.count == 3
        else {
            actions.append(reply(501, Self.wrongArgument))
            return
        }
        actions.append(reply(202, Phrase(en: "No room has to be set aside.", zh: "不需要预留空间。")))
    }

    private mutating func language(_ argument: [UInt8], _ actions: inout [ServerAction]) {
        // RFC 2640 §4.1: a tag may be longer than what is known of it; without one, the default.
        let tag = displayText(ASCII.trimmed(argument)).lowercased()
        let primary = tag.split(separator: "-").first.map(String.init) ?? "en"
        guard let language = Language(rawValue: primary) else {
            actions.append(reply(504, Phrase(en: "Languages are EN and ZH.", zh: "支持的语言：EN 和 ZH。")))
            return
        }
        self.language = language
        actions.append(reply(200, Phrase(en: "Replies are in English.", zh: "应答使用中文。")))
    }

    private mutating func options(_ argument: [UInt8], _ actions: inout [ServerAction]) {
        let words = displayText(argument).split(separator: " ").map { $0.uppercased() }
        switch words.first {
        case "UTF8", "UTF-8":
            // Names are UTF-8 from the start (RFC 2640); this is for clients that ask all the same.
            actions.append(
                words.count < 2 || words[1] == "ON"
                    ? reply(200, Phrase(en: "Names are in UTF-8.", zh: "文件名使用 UTF-8。"))
                    : reply(504, Phrase(en: "Names are in UTF-8 always.", zh: "文件名始终使用 UTF-8。")))
        case "MLST": chooseFacts(words.dropFirst().joined(separator: " "), &actions)
        case "HASH": chooseDigest(words.dropFirst().first, &actions)
        case "MODE": chooseLevel(words, &actions)
        default: actions.append(reply(501, Phrase(en: "That has no options.", zh: "没有这样的选项。")))
        }
    }

    /// RFC 3659 §7.9: the reply names the facts that will be sent; unknown ones are passed over.
    private mutating func chooseFacts(_ list: String, _ actions: inout [ServerAction]) {
        facts = list.split(separator: ";").compactMap { FileFact(name: $0) }
            .reduce(into: []) { $0.insert(FileFacts($1)) }
        let chosen = FileFact.allCases.filter { facts.contains($0) }.map { $0.name + ";" }.joined()
        actions.append(reply(200, Array((chosen.isEmpty ? "MLST OPTS" : "MLST OPTS " + chosen).utf8)))
    }

    private mutating func chooseDigest(_ name: String?, _ actions: inout [ServerAction]) {
        if let name {
            guard let algorithm = DigestAlgorithm(name: name) else {
                actions.append(reply(501, Phrase(en: "That algorithm is not known.", zh: "未知的算法。")))
                return
            }
            digestAlgorithm = algorithm
        }
        actions.append(reply(200, Array(digestAlgorithm.rawValue.utf8)))
    }

    private mutating func chooseLevel(_ words: [String], _ actions: inout [ServerAction]) {
        guard words.count == 4, words[1] == "Z", words[2] == "LEVEL", let level = UInt8(words[3]), level <= 9 else {
            actions.append(reply(501, Self.wrongArgument))
            return
        }
        compressionLevel = level
        actions.append(reply(200, Phrase(en: "MODE Z LEVEL set to \(level).", zh: "MODE Z LEVEL 设为 \(level)。")))
    }
}

/// Where data connections come from (RFC 959 §4.1.2, RFC 2428).
extension ServerSession {
    mutating func dataPort(_ command: Command, _ actions: inout [ServerAction]) {
        let isExtended = command.verb == "EPSV" || command.verb == "EPRT"
        if isExtendedOnly, command.verb != "EPSV" {
            // RFC 2428 §4: a client behind NAT has said that it will use nothing else.
            actions.append(reply(503, Phrase(en: "EPSV ALL was said before.", zh: "之前已发送 EPSV ALL。")))
            return
        }
        switch command.verb {
        case "PORT":
            guard let place = HostPort.port(argument: command.argument) else {
                actions.append(reply(501, Self.wrongArgument))
                return
            }
            connect(to: place.endpoint, &actions)
        case "EPRT":
            // The reader is lenient about the last delimiter, RFC 2428 §2 is not.
            guard let place = ExtendedPort.eprt(argument: command.argument),
                command.argument.last == command.argument.first
            else {
                actions.append(reply(501, Self.wrongArgument))
                return
            }
            guard let address = place.address, address.isV4 == peer.isV4 else { return refuseFamily(&actions) }
            connect(to: Endpoint(address, place.port), &actions)
        case "PASV":
            guard peer.isV4 else {
                actions.append(
                    reply(
                        425,
                        Phrase(en: "PASV cannot name an IPv6 address; use EPSV.", zh: "PASV 不能表示 IPv6 地址，请使用 EPSV。")))
                return
            }
            listen(extended: false, &actions)
        default: extendedPassive(ASCII.trimmed(command.argument), isExtended, &actions)
        }
    }

    private mutating func extendedPassive(_ argument: [UInt8], _ isExtended: Bool, _ actions: inout [ServerAction]) {
        let word = displayText(argument).uppercased()
        switch word {
        case "ALL":
            isExtendedOnly = true
            if case .active = dataPort { dataPort = .none }
            actions.append(reply(200, Phrase(en: "Only EPSV from now on.", zh: "此后只接受 EPSV。")))
        case "", peer.isV4 ? "1" : "2": listen(extended: true, &actions)
        case "1", "2": refuseFamily(&actions)
        default:
            if ASCII.number(argument, as: UInt32.self) != nil { return refuseFamily(&actions) }
            actions.append(reply(501, Self.wrongArgument))
        }
    }

    private func refuseFamily(_ actions: inout [ServerAction]) {
        let family = peer.isV4 ? 1 : 2
        actions.append(
            reply(522, Phrase(en: "Network protocol not supported, use (\(family))", zh: "不支持该网络协议，请使用 (\(family))")))
    }

    private mutating func listen(extended: Bool, _ actions: inout [ServerAction]) {
        if case .passive = dataPort { actions.append(.stopListening) }
        dataPort = .none
        state = .waiting(.port(extended: extended))
        actions.append(.listen(inV4: !extended))
    }

    mutating func listening(_ endpoint: Endpoint, _ actions: inout [ServerAction]) {
        guard case .waiting(.port(let extended)) = state else { return }
        dataPort = .passive
        if extended {
            let place = ExtendedPort(address: nil, port: endpoint.port)
            actions.append(reply(229, Array(place.epsvReplyText.utf8)))
        } else if let place = HostPort(endpoint) {
            actions.append(reply(227, Array(place.passiveReplyText.utf8)))
        } else {
            actions.append(.stopListening)
            dataPort = .none
            actions.append(reply(425, Phrase(en: "Use EPSV.", zh: "请使用 EPSV。")))
        }
        becomeReady(&actions)
    }

    mutating func notListening(_ actions: inout [ServerAction]) {
        guard case .waiting(.port) = state else { return }
        actions.append(reply(425, Phrase(en: "No port is free for a data connection.", zh: "没有可用的数据端口。")))
        becomeReady(&actions)
    }

    /// RFC 2577 §3: connecting wherever a client says would lend it our address.
    private mutating func connect(to endpoint: Endpoint, _ actions: inout [ServerAction]) {
        // lftp gives :: over IPv6 and means itself.
        let endpoint = endpoint.address == .unspecified ? Endpoint(peer, endpoint.port) : endpoint
        let isForeign = endpoint.address != peer && !policy.settings.allowsForeignAddresses
        guard !isForeign, endpoint.port >= 1024 else {
            actions.append(
                isForeign
                    ? reply(504, Phrase(en: "Data go to your own address only.", zh: "数据只能发送到您自己的地址。"))
                    : reply(504, Phrase(en: "Data do not go to ports below 1024.", zh: "数据不能发送到 1024 以下的端口。")))
            return
        }
        if case .passive = dataPort { actions.append(.stopListening) }
        dataPort = .active(endpoint)
        actions.append(reply(200, Self.ok))
    }
}
