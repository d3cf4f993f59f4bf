import Analysis
import FTPProtocol

/// What of a session may be shown: passwords are masked unless asked for, but not the e-mail address that anonymous
/// users give by custom (RFC 1635).
enum Secrets {
    /// Always the same length: how long a password is, is nobody's business either.
    static let mask = "••••••••"

    static func argument(of command: Command, isMasked: Bool) -> String {
        isMasked && !command.argument.isEmpty ? mask : command.argumentText
    }

    static func text(of command: Command, isMasked: Bool) -> String {
        let argument = argument(of: command, isMasked: isMasked)
        return argument.isEmpty ? "\(command.verb)" : "\(command.verb) \(argument)"
    }

    static func verb(of transfer: Transfer) -> String { transfer.verb?.description ?? "?" }
}
