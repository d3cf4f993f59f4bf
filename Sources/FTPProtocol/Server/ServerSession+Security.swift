/// TLS (RFC 2228, RFC 4217).
extension ServerSession {
    mutating func security(_ command: Command, _ actions: inout [ServerAction]) {
        switch command.verb {
        case "AUTH": authenticate(ASCII.trimmed(command.argument), &actions)
        case "PBSZ": bufferSize(command.argument, &actions)
        case "PROT": protect(command.argument, &actions)
        case "CCC": clearCommandChannel(&actions)
        default: actions.append(reply(502, Self.notImplemented))
        }
    }

    private mutating func authenticate(_ mechanism: [UInt8], _ actions: inout [ServerAction]) {
        let name = String(decoding: mechanism, as: UTF8.self).uppercased()
        guard policy.settings.hasTLS else {
            actions.append(reply(502, Phrase(en: "TLS is not set up here.", zh: "服务器没有配置 TLS。")))
            return
        }
        guard ["TLS", "TLS-C", "SSL", "TLS-P"].contains(name) else {
            actions.append(reply(504, Phrase(en: "AUTH TLS is the one that is known.", zh: "只支持 AUTH TLS。")))
            return
        }
        guard !isSecure else {
            actions.append(reply(503, Phrase(en: "TLS is in use already.", zh: "已经在使用 TLS。")))
            return
        }
        // Whoever listened before knows what was said; the login begins anew (RFC 4217 §4.1).
        logOut(&actions)
        hasBufferSize = false
        protection = .clear
        actions.append(reply(234, Phrase(en: "Begin the TLS handshake.", zh: "请开始 TLS 握手。")))
        state = .changingSecurity
        actions.append(.startTLS)
    }

    mutating func secured(_ actions: inout [ServerAction]) {
        guard case .changingSecurity = state else { return }
        isSecure = true
        wasSecure = true
        becomeReady(&actions)
    }

    private mutating func bufferSize(_ argument: [UInt8], _ actions: inout [ServerAction]) {
        guard isSecure else {
            actions.append(reply(503, Phrase(en: "PBSZ comes after AUTH.", zh: "PBSZ 必须在 AUTH 之后。")))
            return
        }
        guard ASCII.number(ASCII.trimmed(argument), as: UInt32.self) != nil else {
            actions.append(reply(501, Self.wrongArgument))
            return
        }
        hasBufferSize = true
        actions.append(reply(200, Array("PBSZ=0".utf8)))
    }

    private mutating func protect(_ argument: [UInt8], _ actions: inout [ServerAction]) {
        guard isSecure || wasSecure, hasBufferSize else {
            actions.append(reply(503, Phrase(en: "PROT comes after PBSZ.", zh: "PROT 必须在 PBSZ 之后。")))
            return
        }
        guard let level = ProtectionLevel(argument: argument) else {
            actions.append(reply(504, Self.wrongArgument))
            return
        }
        switch level {
        case .safe, .confidential:
            actions.append(reply(536, Phrase(en: "TLS has the levels C and P.", zh: "TLS 只有 C 和 P 两个级别。")))
        case .clear where policy.settings.requiresTLS:
            actions.append(reply(534, Phrase(en: "Data have to be protected here.", zh: "这里的数据必须加密。")))
        case .clear, .private:
            protection = level
            actions.append(
                level == .clear
                    ? reply(200, Phrase(en: "Data will go in clear.", zh: "数据将以明文传输。"))
                    : reply(200, Phrase(en: "Data will be protected.", zh: "数据将加密传输。")))
        }
    }

    private mutating func clearCommandChannel(_ actions: inout [ServerAction]) {
        guard isSecure else {
            actions.append(reply(533, Phrase(en: "There is no TLS to take off.", zh: "当前没有使用 TLS。")))
            return
        }
        guard policy.settings.allowsClearCommandChannel, !policy.settings.requiresTLS else {
            actions.append(reply(534, Phrase(en: "Commands have to stay protected.", zh: "命令必须保持加密。")))
            return
        }
        actions.append(reply(200, Phrase(en: "Commands go in clear from now on.", zh: "此后命令以明文传输。")))
        isSecure = false
        state = .changingSecurity
        actions.append(.stopTLS)
    }
}
