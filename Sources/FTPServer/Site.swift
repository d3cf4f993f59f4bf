package import Bytes
package import FTPProtocol
import NIOCore
package import Transport

/// What is served to those who come to one address or ask for one host name.
package final class Site: Sendable {
    package let policy: ServerPolicy
    package let accounts: any Accounts
    package let tls: TLSContext?
    package let passive: PassiveSettings
    package let limits: SessionLimits
    /// Load balancers, which tell by the PROXY protocol who is really there. Nobody else may.
    package let balancers: [IPAddress]

    package init(
        policy: ServerPolicy, accounts: any Accounts, tls: TLSContext? = nil,
        passive: PassiveSettings = PassiveSettings(), limits: SessionLimits = SessionLimits(),
        balancers: [IPAddress] = []
    ) {
        self.policy = policy
        self.accounts = accounts
        self.tls = tls
        self.passive = passive
        self.limits = limits
        self.balancers = balancers
    }
}

/// Where data connections are waited for.
package struct PassiveSettings: Sendable, Hashable {
    /// Nil for any port that the system has free.
    package var ports: ClosedRange<UInt16>?
    /// What PASV says instead of the address that the client has reached, where a router translates addresses.
    package var externalAddress: IPAddress?

    package init() {}
}

/// How long, and how many.
package struct SessionLimits: Sendable, Hashable {
    package var sessions = 1000
    package var sessionsPerAddress = 50
    /// Until the login is complete.
    package var loginSeconds = 60
    /// Without a command, while nothing is transferred.
    package var idleSeconds = 300
    /// Until the data connection is there.
    package var connectSeconds = 30
    /// Without a byte of a transfer.
    package var stallSeconds = 300
    package var requiresSessionReuse = true
    /// How late a wrong login is answered.
    package var failedLoginMilliseconds = 500

    package init() {}
}

extension SessionLimits {
    var failedLoginDelay: TimeAmount { .milliseconds(Int64(failedLoginMilliseconds)) }
}
