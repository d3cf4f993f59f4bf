import Analysis
import FTPProtocol

/// Who logged in, and whether the server let them: with passwords only where they were asked for.
struct LoginStatistic: Statistic {
    private let credentials: [Credential]
    private let options: StatisticCatalog.Options
    let tap: (any FrameTap)? = nil

    init(_ source: StatisticsSource, _ options: StatisticCatalog.Options) {
        credentials = source.credentials
        self.options = options
    }

    private func say(_ message: Message) -> String { message.text(options.language, []) }

    func write(_ write: (String) -> Void) {
        guard !credentials.isEmpty else {
            write(say(.statisticsNoLogins))
            return
        }
        var table = OwnTable(
            [say(.session, ""), say(.frameColumn), say(.userColumn), say(.passwordColumn), say(.acceptedColumn)],
            numbers: [0, 1])
        for credential in credentials {
            table.add([
                "\(credential.session + 1)", "\((credential.passwordFrame ?? credential.userFrame) + 1)",
                displayText(credential.user), password(credential) ?? "–",
                say(credential.isAccepted ? .yes : .no),
            ])
        }
        table.write(write)
    }

    private func say(_ message: Message, _ argument: String) -> String {
        message.text(options.language, [argument]).trimmingPrefix(" ").split(separator: " ").joined(separator: " ")
    }

    private func password(_ credential: Credential) -> String? {
        guard let password = credential.password else { return nil }
        if credential.isPasswordSecret, !options.showsSecrets, !password.isEmpty { return Secrets.mask }
        return displayText(password)
    }

    var document: any Encodable {
        credentials.map {
            CredentialDocument(
                session: $0.session + 1, user: displayText($0.user), userFrame: $0.userFrame + 1,
                passwordFrame: $0.passwordFrame.map { $0 + 1 }, password: password($0), accepted: $0.isAccepted)
        }
    }
}
