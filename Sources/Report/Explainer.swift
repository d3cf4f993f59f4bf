import Analysis
import Bytes
import FTPProtocol

/// Chooses the plain sentences that explain a step: what the verb or code means, and what it means just here.
struct Explainer {
    private let text: TextStory
    private let session: Session

    init(_ text: TextStory, _ session: Session) {
        self.text = text
        self.session = session
    }

    private var language: Language { text.options.language }

    func explain(_ command: Command, _ control: ControlLine, _ negotiation: Negotiation?) {
        if let row = VerbTable.row(command.verb) { text.explain(text: row.explanation[language]) }
        switch command.verb {
        case "USER" where session.isAnonymous: text.explain(.explainAnonymous)
        case "PASS": text.explain(session.isAnonymous ? .explainAnonymousPassword : .explainPassword)
        case "PORT", "EPRT", "LPRT":
            if let negotiation {
                explainPort(negotiation)
                text.explain(.explainActiveFirewall)
            }
        default: break
        }
        if !control.telnet.isEmpty { text.explain(.explainTelnet) }
    }

    func explain(_ reply: Reply, _ negotiation: Negotiation?) {
        if reply.code.rawValue == 234, session.decrypted == .explicitTLS {
            text.explain(.explainRecordedInClear)
        } else {
            text.explain(text: reply.code.explanation[language])
        }
        guard let negotiation, let announced = negotiation.announced else { return }
        explainPort(negotiation)
        text.explain(.explainPassiveFirewall, "\(announced.port)")
    }

    private func explainPort(_ negotiation: Negotiation) {
        guard let announced = negotiation.announced else { return }
        if let hostPort = negotiation.hostPort {
            let numbers = hostPort.octets.map(String.init).joined(separator: ",")
            text.explain(
                negotiation.isPassive ? .explainPassivePort : .explainActivePort, numbers, "\(announced.address)",
                hostPort.arithmetic)
        } else {
            text.explain(
                negotiation.isPassive ? .explainExtendedPassivePort : .explainActivePort, "\(announced.port)",
                "\(announced.address)", "\(announced.port)")
        }
        guard negotiation.isThirdParty else { return }
        let used = negotiation.streams.first.map { text.story.index.streams[$0].responder.address }
        if let used, used != announced.address {
            text.explain(negotiation.isPassive ? .explainNAT : .explainClientNAT, "\(announced.address)", "\(used)")
        } else {
            text.explain(.explainThirdParty, "\(announced.address)")
        }
    }
}

extension TCPStream.ControlMessage {
    /// What the ICMP message says, in the words of RFC 792, 1812 and 4443.
    var name: String {
        let names: [UInt8: String] =
            isV6
            ? [0: "no route", 1: "administratively prohibited", 3: "address unreachable", 4: "port unreachable"]
            : [
                0: "network unreachable", 1: "host unreachable", 3: "port unreachable", 4: "fragmentation needed",
                9: "network prohibited", 10: "host prohibited", 13: "administratively prohibited",
            ]
        let isUnreachable = isV6 ? type == 1 : type == 3
        return (isV6 ? "ICMPv6" : "ICMP") + " "
            + (isUnreachable ? names[code] ?? "unreachable, code \(code)" : "type \(type), code \(code)")
    }
}
