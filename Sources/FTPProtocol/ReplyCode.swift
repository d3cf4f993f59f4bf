/// The three digits that begin every reply of a server, 100 to 699 (RFC 959 §4.2, RFC 2228 §5).
package struct ReplyCode: Hashable, Sendable, RawRepresentable {
    /// 100 … 699.
    package let rawValue: UInt16

    /// Nil outside 100 … 699: no RFC gives any meaning to another first digit.
    package init?(rawValue: UInt16) {
        guard (100...699).contains(rawValue) else { return nil }
        self.rawValue = rawValue
    }

    /// Reads the code at the start of a line; nil unless the line begins with three digits of the range.
    package init?(startOf line: [UInt8]) {
        guard line.count >= 3 else { return nil }
        var value: UInt16 = 0
        for byte in line[..<3] {
            guard ASCII.isDigit(byte) else { return nil }
            value = value * 10 + UInt16(byte - UInt8(ascii: "0"))
        }
        self.init(rawValue: value)
    }

    /// As for an array.
    package init?(startOf line: some Collection<UInt8>) { self.init(startOf: Array(line.prefix(3))) }

    /// What the first digit says: how the command fares.
    package var kind: ReplyKind {
        switch rawValue / 100 {
        case 1: .preliminary
        case 2: .completion
        case 3: .intermediate
        case 4: .transientNegative
        case 5: .permanentNegative
        default: .protected
        }
    }

    /// What the second digit says: which part of the protocol speaks; nil for 6 … 9, which mean nothing.
    package var group: ReplyGroup? { ReplyGroup(rawValue: UInt8(rawValue / 10 % 10)) }

    /// 4yz or 5yz.
    package var isError: Bool { kind == .transientNegative || kind == .permanentNegative }
}

extension ReplyCode: ExpressibleByIntegerLiteral, Comparable, CustomStringConvertible {
    /// A code written in the source; one outside 100 … 699 is a bug of ours and stops the program.
    package init(integerLiteral value: UInt16) {
        guard let code = ReplyCode(rawValue: value) else { preconditionFailure("\(value) is not an FTP reply code") }
        self = code
    }

    /// In numerical order.
    package static func < (left: ReplyCode, right: ReplyCode) -> Bool { left.rawValue < right.rawValue }

    /// The three digits.
    package var description: String { String(rawValue) }
}

/// The first digit of a reply code (RFC 959 §4.2.1; 6 is of RFC 2228 §5).
package enum ReplyKind: UInt8, Sendable, CaseIterable {
    case preliminary = 1
    case completion
    case intermediate
    case transientNegative
    case permanentNegative
    case protected

    /// What the digit says.
    package var meaning: Phrase {
        switch self {
        case .preliminary:
            Phrase(
                en: "The action has begun; another reply will follow when it ends.",
                zh: "操作已经开始；结束时服务器还会再发一个应答。")
        case .completion:
            Phrase(
                en: "The command succeeded; the client may send the next one.",
                zh: "命令已成功完成；客户端可以发送下一条命令。")
        case .intermediate:
            Phrase(
                en: "So far so good, but the server needs one more command to complete the action.",
                zh: "到目前为止一切正常，但服务器还需要一条命令才能完成操作。")
        case .transientNegative:
            Phrase(
                en: "The command failed for a reason that may pass; sending it again later can succeed.",
                zh: "命令失败，但原因可能是暂时的；稍后重试也许会成功。")
        case .permanentNegative:
            Phrase(
                en: "The command failed, and the same command will fail again unless something is changed.",
                zh: "命令失败；如果不作改变，同样的命令再次发送仍会失败。")
        case .protected:
            Phrase(
                en: "The real reply is inside, protected by the security mechanism and written in base64.",
                zh: "真正的应答在里面，受安全机制保护，并以 base64 编码。")
        }
    }
}

/// The second digit of a reply code (RFC 959 §4.2.1).
package enum ReplyGroup: UInt8, Sendable, CaseIterable {
    case syntax = 0
    case information
    case connections
    case authentication
    case unspecified
    case fileSystem

    /// What the digit says.
    package var meaning: Phrase {
        switch self {
        case .syntax:
            Phrase(en: "It is about how the command was written.", zh: "与命令的写法（语法）有关。")
        case .information:
            Phrase(en: "It gives information, such as status or help.", zh: "提供信息，例如状态或帮助。")
        case .connections:
            Phrase(en: "It is about the control or data connection.", zh: "与控制连接或数据连接有关。")
        case .authentication:
            Phrase(en: "It is about login, accounts and security.", zh: "与登录、账户和安全有关。")
        case .unspecified:
            Phrase(en: "RFC 959 gives this group no subject.", zh: "RFC 959 没有为这一组规定主题。")
        case .fileSystem:
            Phrase(en: "It is about the server's files.", zh: "与服务器上的文件有关。")
        }
    }
}
