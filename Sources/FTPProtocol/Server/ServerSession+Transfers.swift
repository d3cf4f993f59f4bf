/// Files and listings over data connections (RFC 959 §4.1.3, RFC 3659 §7).
extension ServerSession {
    mutating func transfer(_ command: Command, _ actions: inout [ServerAction]) {
        switch command.verb {
        case "RETR": begin(.retrieve, command.argument, &actions)
        case "STOR": begin(.store, command.argument, &actions)
        case "APPE": begin(.append, command.argument, &actions)
        case "STOU": begin(.storeUnique, command.argument.isEmpty ? Array("upload".utf8) : command.argument, &actions)
        case "LIST": begin(.list(.people), Self.withoutOptions(command.argument), &actions)
        case "NLST":
            let argument = Self.withoutOptions(command.argument)
            begin(.list(.names(prefix: Self.prefix(of: argument))), argument, &actions)
        case "MLSD": begin(.list(.facts(facts)), command.argument, &actions)
        default: actions.append(reply(502, Self.notImplemented))
        }
    }

    /// `-la name` without what clients write for the `ls` of other servers.
    static func withoutOptions(_ argument: [UInt8]) -> [UInt8] {
        var rest = argument[...]
        while rest.first == UInt8(ascii: "-") {
            let word = rest.prefix { $0 != ASCII.space }
            guard word.count > 1, word.dropFirst().allSatisfy({ ASCII.isLetter($0) || $0 == UInt8(ascii: "1") }) else {
                break
            }
            rest = rest.dropFirst(word.count).drop(while: ASCII.isSpace)
        }
        return Array(rest)
    }

    /// What a listing of names repeats before each: `NLST dir` gives names that can be used as they are.
    private static func prefix(of argument: [UInt8]) -> [UInt8] {
        if argument.isEmpty || argument.elementsEqual(".".utf8) { return [] }
        return argument.last == ASCII.slash ? argument : argument + [ASCII.slash]
    }

    private mutating func begin(
        _ kind: TransferRequest.Kind, _ argument: [UInt8], _ actions: inout [ServerAction]
    ) {
        let (offset, length) = (self.offset, self.length)
        (self.offset, self.length) = (0, nil)
        guard let path = place(argument, &actions) else { return }
        if policy.settings.requiresTLS, protection != .private {
            actions.append(
                reply(522, Phrase(en: "Data have to be protected: PBSZ 0, PROT P.", zh: "数据必须加密：请发送 PBSZ 0 和 PROT P。")))
            return
        }
        var request = TransferRequest(
            kind: kind, path: path, type: type, structure: structure, mode: mode, offset: offset, length: length,
            target: nil, isProtected: protection == .private, compressionLevel: compressionLevel)
        if offset > 0 {
            // What is added behind a file, or to a file that is not there yet, has no place to begin at.
            switch kind {
            case .append, .storeUnique:
                actions.append(reply(450, Phrase(en: "REST does not go with that command.", zh: "该命令不能与 REST 一起使用。")))
                return
            case .list: request.offset = 0
            case .retrieve, .store: break
            }
        }
        guard hasCountableBytes || request.isListing || (offset == 0 && length == nil) else {
            actions.append(reply(504, Phrase(en: "Offsets need TYPE I and STRU F.", zh: "偏移量需要 TYPE I 和 STRU F。")))
            return
        }
        switch dataPort {
        case .none:
            actions.append(
                reply(425, Phrase(en: "Say PASV, EPSV, PORT or EPRT first.", zh: "请先发送 PASV、EPSV、PORT 或 EPRT。")))
            return
        case .active(let endpoint): request.target = endpoint
        case .passive: break
        }
        state = .waiting(.preparation(request))
        actions.append(.prepare(request))
    }

    mutating func notPrepared(_ error: FileError, _ actions: inout [ServerAction]) {
        guard case .waiting(.preparation(let request)) = state else { return }
        // The port that was agreed on serves the next command: a client that lists what is not there tries again.
        if case .list(.facts) = request.kind, error == .notDirectory {
            // RFC 3659 §7.2.1
            actions.append(reply(501, error.text))
        } else {
            actions.append(reply(error))
        }
        becomeReady(&actions)
    }

    mutating func prepared(_ prepared: PreparedTransfer, _ actions: inout [ServerAction]) {
        guard case .waiting(.preparation(var request)) = state else { return }
        request.path = prepared.path
        dataPort = .none
        isAborting = false
        state = .transferring(request)
        actions.append(opening(request, prepared.size))
        actions.append(.move)
    }

    private func opening(_ request: TransferRequest, _ size: UInt64?) -> ServerAction {
        // RFC 1123 §4.1.2.9 has the name of a STOU in just this form, in 125 and 150.
        if request.kind == .storeUnique { return reply(150, Array("FILE: ".utf8) + request.path.name) }
        if request.isListing { return reply(150, Phrase(en: "Here comes the listing.", zh: "开始发送列表。")) }
        let mode =
            switch request.type {
            case .ascii: "ASCII"
            case .ebcdic: "EBCDIC"
            case .image, .local: "BINARY"
            }
        let count = size.map { " (\($0) bytes)" } ?? ""
        return reply(
            150,
            Array("Opening \(mode) mode data connection for ".utf8) + request.path.name + Array("\(count).".utf8))
    }

    mutating func transferEnded(_ outcome: TransferOutcome, _ actions: inout [ServerAction]) {
        guard case .transferring(let request) = state else { return }
        actions.append(ending(outcome, request))
        let isComplete = if case .complete = outcome { true } else { false }
        answerAbort(wasInTime: !isComplete, &actions)
        becomeReady(&actions)
    }

    /// RFC 959 §5.4: 226 if something was cut, 225 if it had just ended by itself.
    mutating func answerAbort(wasInTime: Bool, _ actions: inout [ServerAction]) {
        guard isAborting else { return }
        isAborting = false
        actions.append(
            wasInTime
                ? reply(226, Phrase(en: "It was aborted.", zh: "已中止。"))
                : reply(225, Phrase(en: "It is over; nothing is left to abort.", zh: "已经结束，没有可中止的操作。")))
    }

    private func ending(_ outcome: TransferOutcome, _ request: TransferRequest) -> ServerAction {
        switch outcome {
        case .complete:
            return request.isListing
                ? reply(226, Phrase(en: "The listing is complete.", zh: "列表发送完毕。"))
                : reply(226, Phrase(en: "Transfer complete.", zh: "传输完成。"))
        case .noConnection:
            return reply(425, Phrase(en: "No data connection came about.", zh: "未能建立数据连接。"))
        case .tlsFailed:
            return reply(425, Phrase(en: "TLS failed on the data connection.", zh: "数据连接的 TLS 握手失败。"))
        case .sessionNotReused:
            return reply(
                522,
                Phrase(
                    en: "The data connection has to resume the TLS session of the control connection.",
                    zh: "数据连接必须复用控制连接的 TLS 会话。"))
        case .connectionLost:
            return reply(
                426, Phrase(en: "The data connection was lost; the transfer is not whole.", zh: "数据连接中断，传输不完整。"))
        case .stalled:
            return reply(426, Phrase(en: "Nothing moved for too long; the transfer is cut.", zh: "长时间没有数据，传输被中止。"))
        case .aborted: return reply(426, Phrase(en: "The transfer is aborted.", zh: "传输已中止。"))
        case .malformed:
            return reply(451, Phrase(en: "The data do not follow the agreed mode and structure.", zh: "数据不符合约定的模式和结构。"))
        // 450 and 550 are about commands; once data have moved, it is 451 or 552 (RFC 959 §5.4).
        case .fileFailed(.noSpace): return reply(452, FileError.noSpace.text)
        case .fileFailed(.quotaExceeded): return reply(552, FileError.quotaExceeded.text)
        case .fileFailed(let error): return reply(451, error.text)
        }
    }
}
