import Analysis
import FTPProtocol

/// `-z credentials`: who logged in where. Passwords are not part of it.
struct CredentialStatistic: Statistic {
    private let credentials: [Credential]
    let tap: (any FrameTap)? = nil

    init(_ source: StatisticsSource) {
        credentials = source.credentials
    }

    func write(_ write: (String) -> Void) {
        let rule = String(repeating: "=", count: 67)
        write(rule)
        write(line("Packet", "Protocol", "Username", "Info"))
        write("------     --------         --------         --------")
        for credential in credentials {
            guard let frame = credential.passwordFrame else { continue }
            write(
                line(
                    "\(frame + 1)", "FTP", displayText(credential.user),
                    "Username in packet: \(credential.userFrame + 1)"))
        }
        write(rule)
    }

    private func line(_ packet: String, _ layer: String, _ user: String, _ info: String) -> String {
        packet.left(10) + " " + layer.left(16) + " " + user.left(16) + " " + info.left(16)
    }

    var document: any Encodable {
        credentials.map {
            CredentialDocument(
                session: $0.session + 1, user: displayText($0.user), userFrame: $0.userFrame + 1,
                passwordFrame: $0.passwordFrame.map { $0 + 1 }, password: nil, accepted: $0.isAccepted)
        }
    }
}

struct CredentialDocument: Encodable {
    let session: Int
    let user: String
    let userFrame: UInt32
    let passwordFrame: UInt32?
    /// Masked unless it was asked for.
    let password: String?
    let accepted: Bool
}
