import FTPProtocol

/// A user name that somebody logged in with, and where it was said.
package struct Credential: Sendable {
    package let session: Int
    package let user: [UInt8]
    /// Nil where none was said in clear.
    package let password: [UInt8]?
    package let isPasswordSecret: Bool
    /// Indices of the frames with USER and with PASS.
    package let userFrame: UInt32
    package let passwordFrame: UInt32?
    /// Whether the server let the user in.
    package let isAccepted: Bool
}

extension Story {
    /// Every login attempt of every session, in the order of the frames with their last part.
    package var credentials: [Credential] {
        var found: [Credential] = []
        for session in sessions {
            var user: (name: [UInt8], frame: UInt32)?
            for (number, step) in session.steps.enumerated() {
                guard case .command(let command, _, let isSecret) = step.kind else { continue }
                switch command.verb {
                case "USER": user = (command.argument, step.frame)
                case "PASS":
                    guard let name = user else { continue }
                    found.append(
                        Credential(
                            session: session.id, user: name.name, password: command.argument,
                            isPasswordSecret: isSecret, userFrame: name.frame, passwordFrame: step.frame,
                            isAccepted: isAccepted(number, session)))
                    user = nil
                default: break
                }
            }
            if let user {
                found.append(
                    Credential(
                        session: session.id, user: user.name, password: nil, isPasswordSecret: false,
                        userFrame: user.frame, passwordFrame: nil, isAccepted: session.isLoggedIn))
            }
        }
        return found.sorted { ($0.passwordFrame ?? $0.userFrame) < ($1.passwordFrame ?? $1.userFrame) }
    }

    /// Whether the answer to the command at `step` let the user in.
    private func isAccepted(_ step: Int, _ session: Session) -> Bool {
        for later in session.steps[step...] {
            if case .reply(let reply, let answers, _) = later.kind, answers == step {
                return reply.code.rawValue / 100 == 2
            }
        }
        return false
    }
}
