import Bytes

/// Logging in and out (RFC 959 §4.1.1, RFC 7151).
extension ServerSession {
    mutating func access(_ command: Command, _ actions: inout [ServerAction]) {
        switch command.verb {
        case "USER": user(command.argument, &actions)
        case "PASS": password(command.argument, &actions)
        case "ACCT":
            actions.append(reply(202, Phrase(en: "No account is needed.", zh: "不需要账户。")))
        case "HOST": host(command.argument, &actions)
        case "REIN": reinitialize(&actions)
        default: leave(221, Phrase(en: "Goodbye.", zh: "再见。"), &actions)
        }
    }

    private mutating func user(_ name: [UInt8], _ actions: inout [ServerAction]) {
        if policy.settings.requiresTLS, !isSecure {
            actions.append(
                reply(534, Phrase(en: "Log in over TLS: send AUTH TLS first.", zh: "必须使用 TLS 登录：请先发送 AUTH TLS。")))
            return
        }
        // A user who is logged in may become another one (RFC 959 §4.1.1); what was agreed on before is gone.
        if hasLoggedIn { logOut(&actions) }
        login = .named(name)
        // The same words for every name: a stranger shall not learn which of them exist.
        let isGuest = policy.settings.allowsGuests && Self.isGuest(name)
        actions.append(
            isGuest
                ? reply(
                    331,
                    Phrase(en: "Guest: any password, your e-mail address by custom.", zh: "匿名登录：请输入任意密码，习惯上用电子邮件地址。"))
                : reply(331, Phrase(en: "Password, please.", zh: "请输入密码。")))
    }

    /// The two names of guests (RFC 1635).
    package static func isGuest(_ name: [UInt8]) -> Bool {
        let name = name.map { Verb.folded($0) ?? $0 }
        return name.elementsEqual("ANONYMOUS".utf8) || name.elementsEqual("FTP".utf8)
    }

    private mutating func password(_ password: [UInt8], _ actions: inout [ServerAction]) {
        guard case .named(let name) = login else {
            actions.append(
                hasLoggedIn
                    ? reply(503, Phrase(en: "You are logged in already.", zh: "您已经登录。"))
                    : reply(503, Phrase(en: "Give the name with USER first.", zh: "请先用 USER 给出用户名。")))
            return
        }
        login = .nobody
        state = .waiting(.authentication(user: name))
        actions.append(.authenticate(user: name, password: password))
    }

    mutating func authenticated(_ result: Authentication, _ actions: inout [ServerAction]) {
        guard case .waiting(.authentication(let user)) = state else { return }
        switch result {
        case .accepted(let directory, let message):
            login = .user(user)
            self.directory = directory
            loginAttempts = 0
            let text = Phrase(en: "You are logged in.", zh: "登录成功。")[language]
            let lines = (message ?? "").split(separator: "\n", omittingEmptySubsequences: false)
                .map { Array($0.utf8) }
            actions.append(.reply(Reply(230, lines: (message == nil ? [] : lines) + [Array(text.utf8)])))
            becomeReady(&actions)
        case .rejected:
            loginAttempts += 1
            let text = Phrase(en: "That login is not right.", zh: "用户名或密码不正确。")
            guard loginAttempts < policy.settings.maximumLoginAttempts else {
                actions.append(reply(530, text))
                return leave(421, Phrase(en: "Too many attempts.", zh: "尝试次数过多。"), &actions)
            }
            actions.append(reply(530, text))
            becomeReady(&actions)
        case .refused(let why): leave(421, why, &actions)
        }
    }

    private mutating func host(_ name: [UInt8], _ actions: inout [ServerAction]) {
        // RFC 7151 §3.2: only before the login begins.
        guard case .nobody = login else {
            actions.append(reply(503, Phrase(en: "HOST comes before USER.", zh: "HOST 必须在 USER 之前。")))
            return
        }
        guard HostName.isLawful(name) else {
            actions.append(reply(501, Self.wrongArgument))
            return
        }
        state = .waiting(.host)
        actions.append(.selectHost(name))
    }

    mutating func hostSelected(_ policy: ServerPolicy?, _ actions: inout [ServerAction]) {
        guard case .waiting(.host) = state else { return }
        if let policy {
            self.policy = policy
            actions.append(reply(220, Phrase(en: "That host is served here.", zh: "本服务器提供该主机的服务。")))
        } else {
            actions.append(reply(504, Phrase(en: "No such host is served here.", zh: "本服务器不提供该主机的服务。")))
        }
        becomeReady(&actions)
    }

    /// REIN: as it was after the greeting. TLS that AUTH has brought is to end then (RFC 4217 has it so); it does when the client
    /// ends it or goes on in clear, for many know nothing of that and go on as they were. Until then its site stays as well.
    private mutating func reinitialize(_ actions: inout [ServerAction]) {
        logOut(&actions)
        language = .en
        idleSeconds = nil
        actions.append(reply(220, Phrase(en: "Ready for a new user.", zh: "可以重新登录。")))
        if !isImplicit { (hasBufferSize, protection, wasSecure) = (false, .clear, isSecure) }
        guard isSecure, !isImplicit else { return forgetHost(&actions) }
        actions.append(.setIdleLimit(seconds: policy.settings.idleSeconds))
        actions.append(.letTLSEnd)
    }

    private mutating func forgetHost(_ actions: inout [ServerAction]) {
        policy = arrivalPolicy
        actions.append(.reinitialize)
    }

    mutating func unsecured(_ actions: inout [ServerAction]) {
        if case .changingSecurity = state {
            state = .ready
            return
        }
        guard isSecure else { return }
        // Nobody is logged in, for only REIN lets it end.
        guard isReady, !hasLoggedIn, !isImplicit else {
            return leave(421, Phrase(en: "TLS has ended.", zh: "TLS 已结束。"), &actions)
        }
        // A name that was given under TLS is not gone on with in clear.
        logOut(&actions)
        (isSecure, wasSecure, hasBufferSize, protection) = (false, false, false, .clear)
        forgetHost(&actions)
    }

    /// Nothing of a user, or of what was agreed on with one, stays.
    mutating func logOut(_ actions: inout [ServerAction]) {
        if hasLoggedIn { actions.append(.loggedOut) }
        if case .passive = dataPort { actions.append(.stopListening) }
        login = .nobody
        directory = .root
        dataPort = .none
        isExtendedOnly = false
        (type, structure, mode) = (.initial, .initial, .initial)
        (offset, length) = (0, nil)
        (renameSource, copySource) = (nil, nil)
        facts = .initial
        digestAlgorithm = .sha256
        compressionLevel = 6
    }
}
